import { callRow, type Break } from '../call-row'
import type { FaultRow } from '../fault-row'

const SUSPENDED_EVENTS = [
  'reconnecting publisher',
  'reconnecting player',
  'reconnected player',
  'reconnected publisher',
]
const EVERYTHING = [
  'stateChange reconnecting',
  'reconnecting room',
  'reconnecting publisher',
  'reconnecting player',
  'stateChange joined',
  'reconnected room',
  'reconnected player',
  'reconnected publisher',
]

/** The phone holds JavaScript still in the background and lets the sockets die. */
function frozenFor(ms: number, dropSockets: Break): Break {
  return async (call) => {
    call.background()
    await call.wait(1_000)
    call.platform.freeze()
    await dropSockets(call)
    await call.wait(ms)
    call.socketsUp()
    call.foreground()
  }
}

export const APP_ROWS: readonly FaultRow[] = [
  callRow({
    fault: 'background',
    variant: '10 s, sockets stay',
    breaks: [
      async (call) => {
        call.background()
        await call.wait(10_000)
        call.foreground()
      },
    ],
    withinMs: 1_000,
    events: SUSPENDED_EVENTS,
  }),
  callRow({
    fault: 'background',
    variant: '10 s, JavaScript held still',
    breaks: [frozenFor(10_000, () => undefined)],
    withinMs: 1_000,
    events: SUSPENDED_EVENTS,
  }),
  callRow({
    fault: 'background',
    variant: '10 min, sockets cut',
    breaks: [frozenFor(600_000, (call) => call.socketsDown())],
    withinMs: 1_500,
    events: EVERYTHING,
    silent: true,
  }),
  callRow({
    fault: 'background',
    variant: '10 min, sockets dead without a word',
    breaks: [frozenFor(600_000, (call) => call.link.silence())],
    withinMs: 5_000,
    events: [
      'reconnecting publisher',
      'reconnecting player',
      'stateChange reconnecting',
      'reconnecting room',
      'stateChange joined',
      'reconnected room',
      'reconnected player',
      'reconnected publisher',
    ],
    silent: true,
  }),
  callRow({
    fault: 'phone call (5001)',
    breaks: [
      async (call) => {
        call.phoneCall()
        await call.wait(40_000)
        call.foreground()
      },
    ],
    withinMs: 1_000,
    events: SUSPENDED_EVENTS,
  }),
  callRow({
    fault: 'player suspended (6000)',
    breaks: [
      async (call) => {
        call.playerTag(0).die(6000)
        await call.wait(3_000)
        call.foreground()
      },
    ],
    withinMs: 1_000,
    events: ['reconnecting player', 'reconnected player'],
  }),
  callRow({
    fault: 'background',
    variant: 'the user had paused',
    before: (call) => call.room.pause(),
    breaks: [
      async (call) => {
        call.background()
        await call.wait(5_000)
        call.foreground()
      },
    ],
    withinMs: 1_000,
    events: SUSPENDED_EVENTS,
  }),
  callRow({
    fault: 'background',
    variant: 'the page itself pauses in onHide and resumes in onShow',
    breaks: [
      async (call) => {
        await call.room.pause()
        call.background()
        await call.wait(5_000)
        call.foreground()
        await call.room.resume()
      },
      async (call) => {
        call.background()
        await call.room.pause()
        await call.wait(5_000)
        await call.room.resume()
        call.foreground()
      },
    ],
    withinMs: 1_000,
    events: SUSPENDED_EVENTS,
  }),
  callRow({
    fault: 'everything at once',
    variant: 'and another layout than at the start',
    members: 3,
    before: async (call) => {
      call.set({ template: 'grid' })
      await call.wait(100)
    },
    breaks: [
      async (call) => {
        call.networkDown()
        await call.wait(10_000)
        call.networkUp()
      },
      (call) => call.publisherTag.die(),
      async (call) => {
        call.background()
        await call.wait(10_000)
        call.foreground()
      },
    ],
    withinMs: 1_500,
    events: EVERYTHING,
  }),
]
