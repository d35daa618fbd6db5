import type { Music } from '../../../examples/playground/runtime/media/background-music'
import { SoundMix } from '../../../examples/playground/runtime/media/sound-mix'

const STREAM = { sampleRate: 1000, channels: 1 }
const NOBODY_SPEAKS = 0
const LOUD = 0.75

interface Request {
  readonly url: string
  readonly signal: AbortSignal
  readonly resolve: (music: Music) => void
  readonly reject: (error: Error) => void
}

let requests: Request[]
let told: string[]
let mix: SoundMix

beforeEach(() => {
  requests = []
  told = []
  mix = new SoundMix(
    (url, signal) => new Promise((resolve, reject) => requests.push({ url, signal, resolve, reject })),
    {
      onStart: () => told.push('start'),
      onProgress: (progress, duration) => told.push(`progress ${progress} ${duration}`),
      onComplete: () => told.push('complete'),
      onFailed: (reason) => told.push(`failed ${reason}`),
    },
  )
})

const constant = (level: number, length = 1000): Music => ({
  sampleRate: STREAM.sampleRate,
  planes: [new Float32Array(length).fill(level)],
})

/** The first sample of what is sent when the microphone gives `spoken`. */
function sent(spoken: number, { muted = false, samples = 10 } = {}): number {
  const sound = new Float32Array(samples).fill(spoken)
  mix.apply(sound, STREAM, muted)
  return sound[0] ?? NaN
}

async function playing(music: Music): Promise<void> {
  const answer = mix.play('https://music.test/a.mp3')
  requests.at(-1)?.resolve(music)
  await answer
}

test('without music the microphone is sent as it is, at its volume, and not at all while muted', () => {
  expect(sent(0.5)).toBe(0.5)
  mix.setVolume('microphone', 0.5)
  expect(sent(0.5)).toBe(0.25)
  expect(sent(0.5, { muted: true })).toBe(0)
})

test('music is heard beside the microphone, each at its volume, and also while the microphone is muted', async () => {
  await playing(constant(0.5))
  expect(sent(0.25)).toBe(0.75)
  mix.setVolume('music', 0.5)
  mix.setVolume('microphone', 0)
  expect(sent(0.25)).toBe(0.25)
  expect(sent(LOUD, { muted: true })).toBe(0.25)
  mix.setVolume('music', 0)
  expect(sent(LOUD, { muted: true })).toBe(0)
})

test('volumes beyond the range are its bounds', async () => {
  await playing(constant(0.5))
  mix.setVolume('music', 7)
  mix.setVolume('microphone', -1)
  expect(sent(LOUD)).toBe(0.5)
})

test('what is louder together than a sample can be is cut', async () => {
  await playing(constant(LOUD))
  expect(sent(LOUD)).toBe(1)
  expect(sent(-1)).toBe(-0.25)
})

test('nothing is mixed before the music has been loaded', async () => {
  const answer = mix.play('https://music.test/a.mp3')
  expect(requests.map(({ url }) => url)).toEqual(['https://music.test/a.mp3'])
  expect(sent(NOBODY_SPEAKS)).toBe(0)
  expect(told).toEqual([])
  requests[0]?.resolve(constant(0.5))
  await answer
  expect(sent(NOBODY_SPEAKS)).toBe(0.5)
  expect(told).toEqual(['start', 'progress 10 1000'])
})

test('paused music is silent and stands still, then goes on where it was', async () => {
  await playing({ sampleRate: STREAM.sampleRate, planes: [Float32Array.of(0.125, 0.25, 0.5)] })
  expect(sent(NOBODY_SPEAKS, { samples: 1 })).toBe(0.125)
  mix.pause()
  expect(sent(0.25)).toBe(0.25)
  mix.resume()
  expect(sent(NOBODY_SPEAKS, { samples: 1 })).toBe(0.25)
})

test('music that was paused while it was loading waits for resume()', async () => {
  const answer = mix.play('https://music.test/a.mp3')
  mix.pause()
  requests[0]?.resolve(constant(0.5))
  await answer
  expect(sent(NOBODY_SPEAKS)).toBe(0)
  mix.resume()
  expect(sent(NOBODY_SPEAKS)).toBe(0.5)
})

test('says once that the music is complete, and then there is none', async () => {
  await playing(constant(0.5, 15))
  sent(NOBODY_SPEAKS)
  expect(told).not.toContain('complete')
  sent(NOBODY_SPEAKS)
  sent(NOBODY_SPEAKS)
  expect(told).toEqual(['start', 'progress 10 15', 'progress 15 15', 'complete'])
  expect(() => mix.pause()).toThrow('no music is playing')
  expect(() => mix.resume()).toThrow('no music is playing')
})

test('stopped music is over at once, and not complete', async () => {
  await playing(constant(0.5))
  sent(NOBODY_SPEAKS)
  mix.stop()
  mix.stop()
  expect(sent(0.25)).toBe(0.25)
  expect(told).not.toContain('complete')
})

test('other music takes the place of the first, from its beginning and not paused', async () => {
  await playing(constant(0.5))
  sent(NOBODY_SPEAKS)
  mix.pause()
  await playing(constant(0.25))
  expect(sent(NOBODY_SPEAKS)).toBe(0.25)
  expect(told.filter((each) => each === 'start')).toHaveLength(2)
})

test('stopping ends a download, and what it was for is told that it was stopped', async () => {
  const answer = mix.play('https://music.test/a.mp3')
  mix.stop()
  expect(requests[0]?.signal.aborted).toBe(true)
  requests[0]?.reject(new Error('aborted'))
  await expect(answer).rejects.toThrow('stopped before the music was loaded')
  expect(told).toEqual([])
})

test('music that comes although it was stopped is not played', async () => {
  const first = mix.play('https://music.test/a.mp3')
  const second = mix.play('https://music.test/b.mp3')
  requests[1]?.resolve(constant(0.25))
  await second
  requests[0]?.resolve(constant(0.5))
  await expect(first).rejects.toThrow('stopped before the music was loaded')
  expect(sent(NOBODY_SPEAKS)).toBe(0.25)
})

test('music that cannot be had is told to whoever asked and to the listener', async () => {
  const answer = mix.play('https://music.test/none.mp3')
  requests[0]?.reject(new Error('HTTP 404'))
  await expect(answer).rejects.toThrow('HTTP 404')
  expect(told).toEqual(['failed HTTP 404'])
  expect(() => mix.pause()).toThrow('no music is playing')
})
