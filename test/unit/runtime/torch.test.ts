import { extinguish, toggleTorch } from '../../../examples/playground/runtime/media/torch'

/** A camera as Chromium tells of it; its light cannot be had without a phone. */
class Camera {
  lit = false
  refusal: Error | null = null

  constructor(private readonly capabilities: object) {}

  get track(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack
  }

  getCapabilities = (): object => this.capabilities
  getSettings = (): object => ('torch' in this.capabilities ? { torch: this.lit } : {})
  applyConstraints = ({ advanced }: { advanced: readonly [{ torch: boolean }] }): Promise<void> => {
    if (this.refusal) return Promise.reject(this.refusal)
    this.lit = advanced[0].torch
    return Promise.resolve()
  }
}

test('lights the torch, and puts it out the next time', async () => {
  const camera = new Camera({ torch: true })
  await toggleTorch(camera.track)
  expect(camera.lit).toBe(true)
  await toggleTorch(camera.track)
  expect(camera.lit).toBe(false)
})

test.each([{}, { torch: false }])('refuses where the camera has no light: %j', async (capabilities) => {
  await expect(toggleTorch(new Camera(capabilities).track)).rejects.toThrow('this camera has no torch')
})

test('hands on what the device refuses', async () => {
  const camera = new Camera({ torch: true })
  camera.refusal = new Error('the light is in use')
  await expect(toggleTorch(camera.track)).rejects.toThrow('the light is in use')
})

test('a camera that is let go is dark', async () => {
  const camera = new Camera({ torch: true })
  await toggleTorch(camera.track)
  extinguish(camera.track)
  expect(camera.lit).toBe(false)
})

test('a camera that refuses to be dark, or has no light, is let go all the same', () => {
  const camera = new Camera({ torch: true })
  camera.lit = true
  camera.refusal = new Error('gone')
  expect(() => extinguish(camera.track)).not.toThrow()
  expect(() => extinguish(new Camera({}).track)).not.toThrow()
})
