import { PLAYER_CODES } from '../../../src/codes/player-codes'
import { PUBLISHER_CODES } from '../../../src/codes/publisher-codes'
import type { CodeRow } from '../../../src/codes/code-row'
import { signalOf } from '../../../src/codes/signals'
import type { MediaTarget } from '../../../src/codes/signals'
import { callRow, type Break } from '../call-row'
import type { FaultCall } from '../fault-call'
import type { FaultRow } from '../fault-row'
import type { NativeTag } from '../../support/session/native-tag'

/** After -1307 the push flows again within this, after -2301 the picture. */
const MEDIA_RECOVERY_MS = 1_000

/** The third try comes up to 600 ms late, the fourth 1.2 s. */
const BACKED_OFF_MS = 2_000
/** From the start of a tag to the code that says that the server is reached. */
const REACHED_AFTER_MS = 190
const RESTART_MS = 10_000
const STEP_MS = 5

type TagOf = (call: FaultCall) => NativeTag

function retryable(target: MediaTarget, codes: readonly CodeRow[]): CodeRow[] {
  return codes.filter(([code]) => signalOf(target, code) === 'retry')
}

/** The code comes while pictures flow, while the SDK has trouble already, and several times at once. */
function whileFlowing(tagOf: TagOf, code: number, trouble: number): Break[] {
  return [
    (call) => tagOf(call).die(code),
    async (call) => {
      tagOf(call).report(trouble)
      await call.wait(1_000)
      tagOf(call).die(code)
    },
    (call) => {
      tagOf(call).report(code)
      tagOf(call).report(code)
      tagOf(call).die(code)
    },
  ]
}

/** The code comes again before the restarted tag has reached the server, and once more when it has. */
function onTheWayBack(tagOf: TagOf, code: number): Break {
  return async (call) => {
    tagOf(call).die(code)
    await untilRunning(call, tagOf)
    tagOf(call).die(code)
    await untilRunning(call, tagOf)
    await call.wait(REACHED_AFTER_MS)
    tagOf(call).die(code)
  }
}

async function untilRunning(call: FaultCall, tagOf: TagOf): Promise<void> {
  for (let waited = 0; !tagOf(call).running; waited += STEP_MS) {
    if (waited > RESTART_MS) throw new Error(`the tag was not started again: ${call.condition}`)
    await call.wait(STEP_MS)
  }
}

interface Side {
  readonly fault: string
  readonly tagOf: TagOf
  readonly codes: readonly CodeRow[]
  readonly trouble: number
  readonly events: readonly string[]
}

const PUBLISHER: Side = {
  fault: 'live-pusher breaks',
  tagOf: (call) => call.publisherTag,
  codes: retryable('publisher', PUBLISHER_CODES),
  trouble: 1102,
  events: ['reconnecting publisher', 'reconnected publisher'],
}

const PLAYER: Side = {
  fault: 'live-player breaks',
  tagOf: (call) => call.playerTag(1),
  codes: retryable('player', PLAYER_CODES),
  trouble: 2103,
  events: ['reconnecting player', 'reconnected player'],
}

function rowsOf({ fault, tagOf, codes, trouble, events }: Side): FaultRow[] {
  return codes.flatMap(([code, name]) => [
    callRow({
      fault,
      variant: `${code} ${name}`,
      breaks: whileFlowing(tagOf, code, trouble),
      withinMs: MEDIA_RECOVERY_MS,
      events,
    }),
    callRow({
      fault,
      variant: `${code} again on the way back`,
      breaks: [onTheWayBack(tagOf, code)],
      withinMs: BACKED_OFF_MS,
      events,
    }),
  ])
}

const SPECIAL: readonly FaultRow[] = [
  callRow({
    fault: PUBLISHER.fault,
    variant: '-1307 five times, seconds apart',
    breaks: Array.from({ length: 5 }, () => (call: FaultCall) => call.publisherTag.die()),
    withinMs: MEDIA_RECOVERY_MS,
    events: PUBLISHER.events,
  }),
  callRow({
    fault: PUBLISHER.fault,
    variant: '-1307 five times in a row, each on the way back',
    breaks: [
      async (call) => {
        for (let times = 1; times < 5; times += 1) {
          call.publisherTag.die()
          await untilRunning(call, PUBLISHER.tagOf)
        }
        call.publisherTag.die()
      },
    ],
    withinMs: 6_000,
    events: PUBLISHER.events,
  }),
  callRow({
    fault: PUBLISHER.fault,
    variant: '-1307 again and again, then the network is back',
    breaks: [
      async (call) => {
        for (let times = 0; times < 7; times += 1) {
          call.publisherTag.die()
          await untilRunning(call, PUBLISHER.tagOf)
        }
        call.publisherTag.die()
        await call.wait(500)
        call.platform.goOnline()
      },
    ],
    withinMs: MEDIA_RECOVERY_MS,
    events: PUBLISHER.events,
  }),
  callRow({
    fault: PLAYER.fault,
    variant: '-2301 on one of eight',
    members: 8,
    template: 'grid',
    breaks: [(call) => call.playerTag(5).die()],
    withinMs: MEDIA_RECOVERY_MS,
    events: PLAYER.events,
  }),
  callRow({
    fault: PLAYER.fault,
    variant: '-2301 on all eight at once',
    members: 8,
    template: 'grid',
    breaks: [(call) => call.native.players.forEach((tag) => tag.die())],
    withinMs: MEDIA_RECOVERY_MS,
    events: PLAYER.events,
  }),
  callRow({
    fault: 'media URLs have expired',
    breaks: [
      (call) => {
        call.native.network.expireUrls()
        for (const tag of call.native.all) tag.die(3004)
      },
    ],
    withinMs: MEDIA_RECOVERY_MS,
    events: ['reconnecting publisher', 'reconnecting player', 'reconnected player', 'reconnected publisher'],
  }),
]

export const MEDIA_ROWS: readonly FaultRow[] = [...rowsOf(PUBLISHER), ...rowsOf(PLAYER), ...SPECIAL]
