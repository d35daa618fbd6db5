/** What Chromium knows of a camera's light, and TypeScript's DOM library does not. */
interface TorchSetting {
  readonly torch?: boolean
}

/** Throws where this camera has no light. */
export async function toggleTorch(camera: MediaStreamTrack): Promise<void> {
  if (!(camera.getCapabilities() as TorchSetting).torch) throw new Error('this camera has no torch')
  await light(camera, !isLit(camera))
}

/** Before a camera is let go: another phone of this window may keep the device open. */
export function extinguish(camera: MediaStreamTrack): void {
  if (isLit(camera)) light(camera, false).catch(() => {})
}

function isLit(camera: MediaStreamTrack): boolean {
  return (camera.getSettings() as TorchSetting).torch === true
}

function light(camera: MediaStreamTrack, torch: boolean): Promise<void> {
  return camera.applyConstraints({ advanced: [{ torch } satisfies TorchSetting as MediaTrackConstraintSet] })
}
