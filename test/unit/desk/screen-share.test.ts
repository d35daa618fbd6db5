/** @jest-environment jsdom */
import type { TagListener } from '../../../examples/playground/desk/media/desk-tags'
import { ScreenShare } from '../../../examples/playground/desk/screen-share'
import { RoomError } from '../../../src/errors'
import { createFakePlatform } from '../../support/fake-platform'
import { codeOf } from '../../support/room-world'
import { VirtualClock } from '../../support/virtual-clock'

const PUBLISHED = 1002
const GAVE_UP = -1307

class FakeTrack extends EventTarget {
  contentHint = ''
  readyState = 'live'

  /** By script; tracks tell nobody. */
  stop(): void {
    this.readyState = 'ended'
  }

  /** By the browser's own button, or because what was shared is closed. */
  end(): void {
    this.stop()
    this.dispatchEvent(new Event('ended'))
  }
}

interface Run {
  readonly url: string
  readonly listener: TagListener
  closed: boolean
}

let clock: VirtualClock
let track: FakeTrack
let screen: ScreenShare
/** What the server was asked, in order. */
let asked: boolean[]
let runs: Run[]
let failures: string[]
let answer: (on: boolean) => Promise<string>
let choose: () => Promise<unknown>

beforeEach(() => {
  clock = new VirtualClock()
  track = new FakeTrack()
  asked = []
  runs = []
  failures = []
  answer = (on) => Promise.resolve(on ? `rtmp://rooms.test/live/r.ann_aux?v=${asked.length}` : '')
  choose = () => Promise.resolve({ getVideoTracks: () => [track] })
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getDisplayMedia: () => choose() },
  })
  screen = new ScreenShare(createFakePlatform({ clock }), {
    share(on) {
      asked.push(on)
      return answer(on)
    },
    publisher(_track, listener) {
      const run = { url: '', listener, closed: false }
      runs.push(run)
      return {
        start: (url) => Object.assign(run, { url }),
        close: () => Object.assign(run, { closed: true }),
      }
    },
    changed: () => undefined,
    failed: ({ code }) => failures.push(code),
  })
})

afterEach(() => {
  screen.close()
  Reflect.deleteProperty(navigator, 'mediaDevices')
})

async function shared(): Promise<Run> {
  await screen.start()
  await clock.advance(0)
  const [run] = runs
  if (!run) throw new Error('nothing is published')
  run.listener.onCode(PUBLISHED, '')
  return run
}

test('publishes what the person has chosen to where the server says', async () => {
  const run = await shared()
  expect(asked).toEqual([true])
  expect(run.url).toBe('rtmp://rooms.test/live/r.ann_aux?v=1')
  expect(screen.phase).toBe('running')
  await screen.start()
  expect(runs).toHaveLength(1)
})

test('ends by the button: the screen is let go at once, the others hear of it before the stream ends', async () => {
  const run = await shared()
  let tell: (url: string) => void = () => undefined
  answer = () => new Promise((resolve) => (tell = resolve))
  screen.stop()
  expect(track.readyState).toBe('ended')
  expect([screen.isOn, run.closed]).toEqual([false, false])
  tell('')
  await clock.advance(0)
  expect(asked).toEqual([true, false])
  expect(run.closed).toBe(true)
})

test('ends by the browser’s own button as well, once', async () => {
  await shared()
  track.end()
  track.end()
  await clock.advance(0)
  expect(asked).toEqual([true, false])
  expect(screen.isOn).toBe(false)
})

test('comes back with a fresh URL when its stream breaks', async () => {
  const run = await shared()
  run.listener.onCode(GAVE_UP, 'lost')
  await clock.advance(5_000)
  expect(asked).toEqual([true, true])
  expect(run.closed).toBe(true)
  expect(runs[1]?.url).toBe('rtmp://rooms.test/live/r.ann_aux?v=2')
  // what an old run still says does not count
  run.listener.onCode(GAVE_UP, 'lost')
  runs[1]?.listener.onCode(PUBLISHED, '')
  expect(screen.phase).toBe('running')
})

test('is announced again after the membership was taken anew, and not without a screen', async () => {
  screen.announce()
  await shared()
  screen.announce()
  expect(asked).toEqual([true, true])
  expect(runs).toHaveLength(1)
})

test('what the server refuses is told, and the screen let go', async () => {
  answer = (on) => (on ? Promise.reject(new RoomError('FORBIDDEN')) : Promise.resolve(''))
  await screen.start()
  await clock.advance(0)
  expect(failures).toEqual(['FORBIDDEN'])
  expect([screen.isOn, track.readyState]).toEqual([false, 'ended'])
})

test('choosing no screen is CANCELLED, and nobody hears of it', async () => {
  choose = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  expect(await codeOf(screen.start())).toBe('CANCELLED')
  expect(asked).toEqual([])
  choose = () => Promise.reject(new DOMException('broken', 'NotReadableError'))
  expect(await codeOf(screen.start())).toBe('NOT_SUPPORTED')
})

test('a call that ends while the person is choosing shares nothing', async () => {
  let chosen: (stream: unknown) => void = () => undefined
  choose = () => new Promise((resolve) => (chosen = resolve))
  const starting = screen.start()
  screen.close()
  chosen({ getVideoTracks: () => [track] })
  await starting
  expect(track.readyState).toBe('ended')
  expect(asked).toEqual([])
})

test('a browser without getDisplayMedia says so', async () => {
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: {} })
  expect(ScreenShare.isSupported).toBe(false)
  expect(await codeOf(screen.start())).toBe('NOT_SUPPORTED')
})
