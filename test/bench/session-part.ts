import { MEASURED, type Measured } from '../support/session/measured-components'
import {
  COUNTS,
  measureSessions,
  RTTS_MS,
  type SessionFigures,
  type SessionTable,
} from '../support/session/measure-session'
import { PEER_LINK, PEER_LOGIN_ROUND_TRIPS, PEER_SESSIONS, PEER_SET_DATA, TRTC_ROOM_BYTES } from './peers'
import { ratioText, text, type Part, type Row } from './report'

const RTT_MS = 100
const MOST_BYTES: Readonly<Record<number, number>> = { 3: 3_500, 8: 6_000, 16: 10_000 }
const MOST_EXCESS = 1.1
const MOST_REQUESTS = 2

/** Exact: the same in every run and on every machine. */
export async function sessionPart(): Promise<Part> {
  const tables: Record<number, SessionTable> = {}
  for (const rttMs of RTTS_MS) tables[rttMs] = await measureSessions(rttMs)
  const { [RTT_MS]: session, ...sessionByRtt } = tables
  if (!session) throw new Error('the session was not measured at the round trip of the targets')
  const rows = MEASURED.flatMap((component) => [
    ...milestoneRows(component, session[component]),
    roundTripRow(component, tables),
    ...COUNTS.map((members) => setDataRow(component, members, figuresAt(session, component, members))),
    restRow(component, session[component]),
  ])
  return { rows, results: { session, sessionByRtt } }
}

function milestoneRows(component: Measured, bySize: Readonly<Record<number, SessionFigures>>): Row[] {
  const peer = PEER_SESSIONS[component]
  const figures = Object.values(bySize)
  const row = (figure: string, name: 'pushUrlMs' | 'allPlayersMs' | 'enteredMs' | 'changeMs'): Row[] => {
    const ours = Math.max(...figures.map((each) => each[name] ?? 0))
    const theirs = peer[name]
    if (!ours || theirs === null) return []
    return [{ figure: `${component}: ${figure}`, ours: ms(ours), peers: ms(theirs), ratio: ratioText(ours, theirs) }]
  }
  const link = figures.find((each) => each.link)?.link
  return [
    ...row('push URL on the page', 'pushUrlMs'),
    ...row('all players on the page', 'allPlayersMs'),
    ...row('in the room', 'enteredMs'),
    ...row('a member comes or goes → page', 'changeMs'),
    ...(link
      ? [
          {
            figure: `${component}: tap → push URL → on a seat, the presenter takes 1 s`,
            ours: `${ms(link.pushUrlMs)} → ${ms(link.onMs)}`,
            peers: `${ms(PEER_LINK.pushUrlMs)} → ${ms(PEER_LINK.onMs)}`,
            ratio: ratioText(link.onMs, PEER_LINK.onMs),
          },
        ]
      : []),
  ]
}

function roundTripRow(component: Measured, tables: Readonly<Record<number, SessionTable>>): Row {
  const all = Object.values(tables).flatMap((table) => Object.values(table[component]))
  const cold = Math.max(...all.map((each) => each.cold.roundTrips))
  const warm = Math.max(...all.map((each) => each.roundTrips))
  const login = PEER_LOGIN_ROUND_TRIPS[component]
  const peer = PEER_SESSIONS[component]
  const peerShown = Math.round((peer.allPlayersMs - 16) / RTT_MS)
  return {
    figure: `${component}: round trips until all is shown, cold / warm`,
    ours: `${cold} / ${warm}`,
    peers: `${login + peerShown} / ${peerShown}`,
    target: '2 / 1',
    holds: cold === 2 && warm === 1,
  }
}

function setDataRow(component: Measured, members: number, { setData }: SessionFigures): Row {
  const { calls, bytes, noop, needed } = setData
  const peer = PEER_SET_DATA[component]?.[members]
  const trtc = component === 'webrtc-room' ? TRTC_ROOM_BYTES[members] : undefined
  const most = component === 'rtc-room' ? MOST_BYTES[members] : undefined
  const theirs = peer && `${peer.calls} calls, ${text(peer.bytes)} B${peer.noop ? `, ${peer.noop} for nothing` : ''}`
  return {
    figure: `${component}: setData, ${members} others`,
    ours: `${calls} calls, ${text(bytes)} B (needed ${text(needed)}), ${noop} for nothing`,
    peers: [theirs, trtc && `trtc-room ${text(trtc)} B`].filter(Boolean).join('; '),
    ratio: peer ? ratioText(bytes, peer.bytes) : '',
    target: `≤ ×${MOST_EXCESS} of needed${most ? `, ≤ ${text(most)} B` : ''}, none for nothing`,
    holds: noop === 0 && bytes <= MOST_EXCESS * needed && (most === undefined || bytes <= most),
  }
}

function restRow(component: Measured, bySize: Readonly<Record<number, SessionFigures>>): Row {
  const figures = Object.values(bySize)
  const requests = Math.max(...figures.map((each) => each.requestsPerMinute))
  const left = Math.max(...figures.map((each) => each.left))
  return {
    figure: `${component}: requests a minute while idle; left behind after stop()`,
    ours: `${requests}; ${left}`,
    peers: `${PEER_SESSIONS[component].requestsPerMinute}; timers, logins, running players`,
    target: `≤ ${MOST_REQUESTS}; 0`,
    holds: requests <= MOST_REQUESTS && left === 0,
  }
}

function figuresAt(table: SessionTable, component: Measured, members: number): SessionFigures {
  const figures = table[component][members]
  if (!figures) throw new Error(`${component} was not measured with ${members} others`)
  return figures
}

function ms(value: number): string {
  return `${text(value)} ms`
}
