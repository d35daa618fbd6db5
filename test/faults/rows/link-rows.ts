import { ME } from '../../support/session/scripted-session'
import { callRow, type Break } from '../call-row'
import type { FaultCall } from '../fault-call'
import type { FaultRow } from '../fault-row'

const ROOM_EVENTS = ['stateChange reconnecting', 'reconnecting room', 'stateChange joined', 'reconnected room']

/** Sockets are gone for this long. The next try comes at most 8 s after the last, and needs three round trips. */
const LONGEST_TRY_MS = 8_500

function socketDownFor(ms: number): Break {
  return async (call) => {
    call.socketsDown()
    await call.wait(ms)
    call.socketsUp()
  }
}

/** No network at all for this long; the phone tells when it is back, so that nobody has to wait for the next try. */
function networkDownFor(ms: number): Break {
  return async (call) => {
    call.networkDown()
    await call.wait(ms)
    call.networkUp()
  }
}

const SOCKET_ROWS: readonly FaultRow[] = [
  callRow({
    fault: 'room socket down',
    variant: '1 s',
    breaks: [socketDownFor(1_000)],
    withinMs: 1_500,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'room socket down',
    variant: '30 s, longer than the grace period',
    breaks: [socketDownFor(30_000)],
    withinMs: LONGEST_TRY_MS,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'room socket down',
    variant: '60 s',
    breaks: [socketDownFor(60_000)],
    withinMs: LONGEST_TRY_MS,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'room socket down',
    variant: '5 min, nobody talks',
    breaks: [socketDownFor(300_000)],
    withinMs: LONGEST_TRY_MS,
    events: ROOM_EVENTS,
    silent: true,
  }),
  callRow({
    fault: 'room socket down',
    variant: 'three times 1 s',
    breaks: [socketDownFor(1_000), socketDownFor(1_000), socketDownFor(1_000)],
    withinMs: 1_500,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'room socket down',
    variant: 'somebody joins and somebody leaves meanwhile',
    breaks: [
      async (call) => {
        call.socketsDown()
        await call.wait(3_000)
        call.leave('user2')
        call.enter('user3')
        await call.wait(3_000)
        call.socketsUp()
      },
    ],
    withinMs: LONGEST_TRY_MS,
    events: [
      'stateChange reconnecting',
      'reconnecting room',
      'memberLeave user2',
      'memberJoin user3',
      'stateChange joined',
      'reconnected room',
    ],
    choicesMayDiffer: true,
  }),
  callRow({
    fault: 'room socket down',
    variant: 'and the server fails three times when asked for what was missed',
    breaks: [
      async (call) => {
        call.refuseNext('resume', 'SERVER_ERROR', 3)
        await socketDownFor(3_000)(call)
      },
    ],
    withinMs: 3 * LONGEST_TRY_MS,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'room socket dead without a word',
    variant: 'found out by the next message',
    breaks: [
      async (call) => {
        call.link.silence()
        await call.wait(8_000)
        await untilTold(call, 'reconnecting')
      },
    ],
    withinMs: 1_500,
    events: ROOM_EVENTS,
  }),
]

/** The socket has to be lost before anything can be mended. */
async function untilTold(call: FaultCall, tag: 'reconnecting'): Promise<void> {
  for (let waited = 0; !call.events.some((event) => event.tag === tag); waited += 10) {
    if (waited > 60_000) throw new Error(`${tag} was never told`)
    await call.wait(10)
  }
}

const NETWORK_ROWS: readonly FaultRow[] = [
  callRow({
    fault: 'network switch',
    variant: 'Wi-Fi to mobile in 800 ms',
    breaks: [networkDownFor(800)],
    withinMs: 2_000,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'network switch',
    variant: 'the old socket stays open and says nothing',
    breaks: [
      (call) => {
        call.link.silence()
        call.platform.goOnline()
      },
    ],
    withinMs: 5_000,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'no network',
    variant: '10 s',
    breaks: [networkDownFor(10_000)],
    withinMs: 1_000,
    events: [
      'stateChange reconnecting',
      'reconnecting room',
      'reconnecting publisher',
      'reconnecting player',
      'stateChange joined',
      'reconnected room',
      'reconnected player',
      'reconnected publisher',
    ],
  }),
]

const SERVER_ROWS: readonly FaultRow[] = [
  callRow({
    fault: 'RoomService restarted with an empty memory',
    breaks: [(call) => call.world.restartServer()],
    withinMs: 1_500,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'RoomService restarted with an empty memory',
    variant: 'away for 10 s',
    breaks: [
      async (call) => {
        call.socketsDown()
        for (const name of call.crowd.names) {
          const link = call.crowd.device(name)?.link
          link?.cut()
          if (link) link.refusing = true
        }
        await call.wait(10_000)
        call.world.restartServer()
        for (const name of call.crowd.names) {
          const link = call.crowd.device(name)?.link
          if (link) link.refusing = false
        }
        call.socketsUp()
      },
    ],
    withinMs: 2 * LONGEST_TRY_MS,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'RoomService restarted with an empty memory',
    variant: 'and once more while the room is being rebuilt',
    breaks: [
      async (call) => {
        call.world.restartServer()
        await untilAsked(call, 'join')
        // the join is answered, and the answer to what follows it is not
        await call.wait(150)
        call.world.restartServer()
      },
    ],
    withinMs: 3_000,
    events: ROOM_EVENTS,
  }),
  callRow({
    fault: 'token expired during the drop',
    breaks: [
      async (call) => {
        await endToken(call)
        call.link.cut()
      },
    ],
    withinMs: 1_500,
    events: ROOM_EVENTS,
  }),
]

/** The next request of this kind is on its way. */
async function untilAsked(call: FaultCall, op: string): Promise<void> {
  const { up } = call.link.frames
  const isAsked = (text: string): boolean => (JSON.parse(text) as { op: string }).op === op
  for (const sent = up.length; !up.slice(sent).some(isAsked);) await call.wait(5)
}

/** The token that the socket was opened with is worth nothing any more; the userSig still is. */
async function endToken(call: FaultCall): Promise<void> {
  const { connections, store } = call.world.hub.context
  for (const { session } of connections) {
    if (session?.userID === ME) await store.revokeToken(session.id, session.expiresAt)
  }
}

const isNotice = (ev: string) => (text: string) => text.includes('"notice"') && text.includes(`"${ev}"`)

function onNotices(variant: string, spoil: (call: FaultCall) => void, events: readonly string[]): FaultRow {
  return callRow({
    fault: 'room notices lost, doubled or out of order',
    variant,
    breaks: [
      async (call) => {
        spoil(call)
        call.enter('user8')
        await call.wait(100)
        call.leave('user2')
        await call.wait(100)
        call.enter('user9')
        await call.wait(1_000)
      },
    ],
    withinMs: 2_000,
    events,
    choicesMayDiffer: true,
    template: 'grid',
  })
}

const CHANGES = ['memberJoin user8', 'memberLeave user2', 'memberJoin user9']

const NOTICE_ROWS: readonly FaultRow[] = [
  onNotices('a join is lost', (call) => call.link.loseNext('down', isNotice('memberJoined')), CHANGES),
  onNotices('a leave is lost', (call) => call.link.loseNext('down', isNotice('memberLeft')), CHANGES),
  onNotices('a message is lost', (call) => call.link.loseNext('down', isNotice('message')), CHANGES),
  onNotices(
    'each comes twice',
    (call) => {
      for (const ev of ['memberJoined', 'memberLeft', 'message', 'memberJoined']) {
        call.link.repeatNext('down', isNotice(ev))
      }
    },
    CHANGES,
  ),
  onNotices(
    'a join overtaken by a leave',
    (call) => call.link.delayNext('down', 400, isNotice('memberJoined')),
    CHANGES,
  ),
  onNotices('a message overtaken by others', (call) => call.link.delayNext('down', 900, isNotice('message')), CHANGES),
]

export const LINK_ROWS: readonly FaultRow[] = [...SOCKET_ROWS, ...NETWORK_ROWS, ...SERVER_ROWS, ...NOTICE_ROWS]
