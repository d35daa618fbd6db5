import { figuresOf } from '../../../src/media/quality'

const INFO = { videoWidth: 360, videoHeight: 640, videoFPS: 14.6, videoBitrate: 380.4, audioBitrate: 31 }

test('the debug line has size, frames and bitrate, and the jitter of tags that measure it', () => {
  expect(figuresOf(INFO)).toBe('360×640 · 15 fps · 411 kbps')
  expect(figuresOf({ ...INFO, netJitter: 12.4 })).toBe('360×640 · 15 fps · 411 kbps · jitter 12 ms')
})
