import { BackgroundMusic, type Music } from '../../../examples/playground/runtime/media/background-music'

const STREAM = { sampleRate: 1000, channels: 1 }
const FULL = 1
/** 100 ms of the stream */
const PART = 100

const told: unknown[][] = []
const listener = {
  onStart: () => told.push(['start']),
  onProgress: (...args: unknown[]) => told.push(['progress', ...args]),
}

beforeEach(() => told.splice(0))

/** Samples that count up, so that each says where in the music it stands. */
function counting(length: number, sampleRate = STREAM.sampleRate): Music {
  return { sampleRate, planes: [Float32Array.from({ length }, (_, index) => index)] }
}

function mixed(music: BackgroundMusic, length: number, format = STREAM): number[] {
  const samples = new Float32Array(length)
  music.mixInto(samples, format, FULL)
  return [...samples]
}

test('music goes on where the last part of the stream ended, and is added to what is there', () => {
  const music = new BackgroundMusic(counting(1000), {}, {})
  expect(mixed(music, 3)).toEqual([0, 1, 2])
  const samples = Float32Array.of(10, 20)
  music.mixInto(samples, STREAM, 0.5)
  expect([...samples]).toEqual([11.5, 22])
})

test('music of another rate than the stream’s is neither faster nor slower', () => {
  const slow = new BackgroundMusic(counting(500, STREAM.sampleRate / 2), {}, {})
  expect(mixed(slow, 5)).toEqual([0, 0.5, 1, 1.5, 2])
  const fast = new BackgroundMusic(counting(2000, STREAM.sampleRate * 2), {}, {})
  expect(mixed(fast, 3)).toEqual([0, 2, 4])
})

test('a stream with one channel has all channels of the music, one with two has each in its place', () => {
  const stereo: Music = { sampleRate: STREAM.sampleRate, planes: [Float32Array.of(1, 1), Float32Array.of(0, 0.5)] }
  expect(mixed(new BackgroundMusic(stereo, {}, {}), 2)).toEqual([0.5, 0.75])
  const pair = { ...STREAM, channels: 2 }
  expect(mixed(new BackgroundMusic(stereo, {}, {}), 4, pair)).toEqual([1, 0, 1, 0.5])
  expect(mixed(new BackgroundMusic(counting(2), {}, {}), 4, pair)).toEqual([0, 0, 1, 1])
})

test('tells its start once, its progress each half second of its own, and its end', () => {
  const music = new BackgroundMusic(counting(1250), {}, listener)
  expect(told).toEqual([])
  for (let part = 0; part < 13; part += 1) mixed(music, PART)
  expect(told).toEqual([
    ['start'],
    ['progress', 100, 1250],
    ['progress', 600, 1250],
    ['progress', 1100, 1250],
    ['progress', 1250, 1250],
  ])
  expect(music.isOver).toBe(true)
})

test('nothing is left of it in the part in which it ends', () => {
  expect(mixed(new BackgroundMusic(counting(2), {}, {}), 4)).toEqual([0, 1, 0, 0])
})

test.each([
  ['the whole', {}, 0, 2000],
  ['from a start', { startTimeMs: 500 }, 500, 2000],
  ['to an end', { endTimeMs: 1500 }, 0, 1500],
  ['between both', { startTimeMs: 500, endTimeMs: 1500 }, 500, 1500],
  ['a start before the beginning', { startTimeMs: -1 }, 0, 2000],
  ['a start beyond the end', { startTimeMs: 2000 }, 0, 2000],
  ['an end before the beginning', { endTimeMs: -1 }, 0, 2000],
  ['an end beyond the end', { endTimeMs: 2001 }, 0, 2000],
  ['an end at the start', { startTimeMs: 500, endTimeMs: 500 }, 500, 2000],
])('plays %s: %j', (_what, span, fromMs, toMs) => {
  const music = new BackgroundMusic(counting(2000), span, listener)
  expect(mixed(music, 1)).toEqual([fromMs])
  mixed(music, 2000)
  expect(told.at(-1)).toEqual(['progress', toMs, 2000])
})
