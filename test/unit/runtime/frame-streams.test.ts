import { readFrames } from '../../../examples/playground/runtime/media/frame-streams'

interface Frame {
  readonly close: jest.Mock
}

/** What Chromium's processor gives: a frame for each read, whenever the camera has one. */
class Camera {
  readonly stop = jest.fn()
  readonly cancel = jest.fn(() => {
    this.waiting?.({ value: undefined, done: true })
    return Promise.resolve()
  })
  reads = 0
  private waiting: ((result: { value: Frame | undefined; done: boolean }) => void) | undefined
  readonly track = { stop: this.stop } as unknown as MediaStreamTrack
  readonly readable = {
    getReader: () => ({
      read: () => {
        this.reads += 1
        return new Promise((resolve) => (this.waiting = resolve))
      },
      cancel: this.cancel,
    }),
  }

  async film(): Promise<Frame> {
    const frame = { close: jest.fn() }
    this.waiting?.({ value: frame, done: false })
    await settled()
    return frame
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

let camera: Camera
const reported = jest.fn()

beforeEach(() => {
  camera = new Camera()
  reported.mockClear()
  Object.assign(globalThis, {
    MediaStreamTrackProcessor: jest.fn(() => ({ readable: camera.readable })),
    reportError: reported,
  })
})

test('every frame is handed over and closed', async () => {
  const seen: unknown[] = []
  readFrames(camera.track, 2, (frame) => seen.push(frame))
  const frames = [await camera.film(), await camera.film()]
  expect(seen).toEqual(frames)
  for (const frame of frames) expect(frame.close).toHaveBeenCalledTimes(1)
})

test('a frame that could not be used is closed all the same', async () => {
  readFrames(camera.track, 2, () => {
    throw new Error('no picture')
  })
  const frame = await camera.film()
  expect(frame.close).toHaveBeenCalledTimes(1)
  expect(reported).toHaveBeenCalledTimes(1)
})

test('the end waits for the frame under way, closes it unseen, and releases the track only then', async () => {
  const onFrame = jest.fn()
  const end = readFrames(camera.track, 2, onFrame)
  await camera.film()
  end()
  expect(camera.cancel).not.toHaveBeenCalled()
  expect(camera.stop).not.toHaveBeenCalled()

  const last = await camera.film()
  expect(onFrame).toHaveBeenCalledTimes(1)
  expect(last.close).toHaveBeenCalledTimes(1)
  expect(camera.cancel).toHaveBeenCalledTimes(1)
  expect(camera.stop).toHaveBeenCalledTimes(1)
  expect(camera.reads).toBe(2)
})

test('a track that gives nothing is not waited for', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] })
  try {
    const end = readFrames(camera.track, 2, () => undefined)
    end()
    jest.advanceTimersByTime(1000)
    await settled()
    expect(camera.stop).toHaveBeenCalled()
    expect(jest.getTimerCount()).toBe(0)
  } finally {
    jest.useRealTimers()
  }
})
