import { hub } from '../phone-hub'
import { findCaptureHost, type CaptureKind } from './capture-host'
import { openTestTrack } from './test-source'

/** `camera=none|denied` and `microphone=none|denied` in the address stand for a machine or a person that differs from this one. */
const SWITCH: Record<CaptureKind, string> = { video: 'camera', audio: 'microphone' }

/** Thrown when the person refused, or the device cannot be opened. */
export class CaptureRefused extends Error {
  constructor(
    readonly kind: CaptureKind,
    /** false = the device failed, nobody refused it */
    readonly byPerson: boolean,
    reason: string,
  ) {
    super(reason)
  }
}

/** Opens camera or microphone. Where the machine has none, a drawn picture or a quiet tone stands in, and the log says so. */
export async function openCapture(kind: CaptureKind): Promise<MediaStreamTrack> {
  const device = SWITCH[kind]
  try {
    pretend(kind)
    return await findCaptureHost().acquire(kind)
  } catch (error) {
    const { name, message } = error as Error
    if (name !== 'NotFoundError')
      throw new CaptureRefused(kind, name === 'NotAllowedError', `${device}: ${message || name}`)
    hub.log(
      'warn',
      kind === 'video'
        ? '没有摄像头，改用测试画面 / no camera: a test picture stands in'
        : '没有麦克风，改用测试音 / no microphone: a test tone stands in',
    )
    return openTestTrack(kind)
  }
}

/** The page around the phone, or its address, has the person refuse this device. */
export function isPretendedRefusal(kind: CaptureKind): boolean {
  return (kind === 'video' && hub.has('camera')) || asked(kind) === 'denied'
}

function pretend(kind: CaptureKind): void {
  if (isPretendedRefusal(kind)) throw new DOMException('refused', 'NotAllowedError')
  if (asked(kind) === 'none') throw new DOMException('absent', 'NotFoundError')
}

function asked(kind: CaptureKind): string | null {
  return new URLSearchParams(location.search).get(SWITCH[kind])
}
