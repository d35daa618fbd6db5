/** @jest-environment jsdom */
import { TransportChoice } from '../../../examples/playground/desk/media/transport-choice'
import type { Stream } from '../../../src/model'

const stream = (kind: 'main' | 'aux'): Stream => ({
  streamId: `ann_${kind}`,
  userID: 'ann',
  kind,
  url: `rtmp://rooms.test/live/r.ann_${kind}?e=1&s=2`,
  hasAudio: true,
  hasVideo: true,
})

/** Addresses that the gateway was asked about. */
let asked: string[]
let codec: 'aac' | 'opus'
const original = globalThis.fetch

beforeEach(() => {
  asked = []
  codec = 'opus'
  globalThis.fetch = (async (address: string) => {
    asked.push(address)
    return { ok: true, json: async () => ({ audio: codec }) }
  }) as unknown as typeof fetch
})

afterEach(() => {
  globalThis.fetch = original
})

function choiceFor(wanted: 'auto' | 'flv' | 'webrtc', ...streams: Stream[]) {
  const choice = new TransportChoice(wanted, { streams: () => streams, changed: () => undefined })
  return choice.factory(document.createElement('canvas'))
}

test('one publishes what everyone can hear: Opus only where all speak it', async () => {
  expect(await choiceFor('auto', stream('main')).toPublish()).toBe('webrtc')
  codec = 'aac'
  expect(await choiceFor('auto', stream('main')).toPublish()).toBe('flv')
  expect(await choiceFor('auto').toPublish()).toBe('flv')
})

test('a shared screen has no sound: it decides nothing, and nobody is asked what it speaks', async () => {
  const { toPublish, toPlay } = choiceFor('auto', stream('main'), stream('aux'))
  expect(await toPublish()).toBe('webrtc')
  expect(await toPlay('ann_aux', stream('aux').url)).toBe('flv')
  expect(asked).toHaveLength(1)
  expect(asked[0]).toContain('/whep/live/r.ann_main?')
})

test('what was chosen by hand holds for screens too', async () => {
  expect(await choiceFor('webrtc', stream('aux')).toPlay('ann_aux', stream('aux').url)).toBe('webrtc')
  expect(await choiceFor('flv', stream('aux')).toPublish()).toBe('flv')
})
