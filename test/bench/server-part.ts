import { PEER_SERVER } from './peers'
import { ratioText, spreadOf, spreadText, text, type Part, type Row, type Spread } from './report'
import { measureHttpCalls, type HttpCallName, type HttpCosts } from './server/http-calls'
import { measureRooms, type RoomCosts } from './server/room-costs'
import { measureSocketCalls } from './server/socket-calls'

const HEARTBEATS = { least: 20_000, ofBare: 0.6 }
const LEAST: Readonly<Partial<Record<HttpCallName, number>>> = { get_room_list: 12_000, cycle: 4_600 }
const MOST_BYTES_PER_ROOM = 2_048
/** How much more a whole call may cost with a hundred times the rooms: the processor's caches no longer hold them. */
const MOST_GROWTH = 1.25
const CALL_OF = { heartbeat: 'pusher_heartbeat', get: 'get_pushers', list20: 'get_room_list' } as const

const FIGURES: Readonly<Record<HttpCallName, string>> = {
  pusher_heartbeat: 'heartbeats',
  get_pushers: 'get_pushers',
  get_push_url: 'get_push_url',
  get_room_list: 'get_room_list(20)',
  cycle: 'create + add + delete',
}

export async function serverPart(): Promise<Part> {
  const http = await measureHttpCalls()
  const socket = await measureSocketCalls()
  const rooms = await measureRooms()
  const sockets = Object.fromEntries(
    Object.entries(socket).map(([name, rates]) => [name, spreadOf(rates.perCpuSecond)]),
  )
  const rows = [
    { figure: 'a bare Fastify route, a CPU-second', ours: spreadText(http.bare) },
    ...Object.entries(http.calls).map(([name, { rate, ofBare }]) => httpRow(name as HttpCallName, rate, ofBare)),
    ...Object.entries(sockets).map(([name, rate]): Row => ({
      figure: `socket: ${name}, a CPU-second`,
      ours: spreadText(rate),
    })),
    ...roomRows(rooms, http.calls),
  ]
  return { rows, results: { server: { bareRoute: http.bare, http: http.calls, socket: sockets, rooms } } }
}

function httpRow(name: HttpCallName, rate: Spread, ofBare: Spread): Row {
  const peer = PEER_SERVER[name]
  const row = {
    figure: `HTTP: ${FIGURES[name]}, a CPU-second`,
    ours: `${spreadText(rate)}, ×${text(ofBare.median)} of the bare route`,
    peers: text(peer),
    ratio: ratioText(rate.median, peer),
  }
  if (name === 'pusher_heartbeat') {
    return {
      ...row,
      target: `≥ ${text(HEARTBEATS.least)}, ≥ ×${HEARTBEATS.ofBare} of the bare route`,
      holds: rate.median >= HEARTBEATS.least && ofBare.median >= HEARTBEATS.ofBare,
      why: 'What it does beside the bare route: parse the query, recognise its token, check the body, touch the room, one more header.',
    }
  }
  const least = LEAST[name]
  if (least === undefined) return row
  return {
    ...row,
    target: `≥ ${text(least)}`,
    holds: rate.median >= least,
    why: 'Nearly all of it is writing the answer to the socket; on a machine with other work that costs more.',
  }
}

function roomRows({ bytesPerRoom, bytesOfLog, bySize }: RoomCosts, calls: HttpCosts['calls']): Row[] {
  const [few, ...more] = bySize
  const rows: Row[] = [
    {
      figure: 'heap a room of three, without replay log and tokens',
      ours: `${text(bytesPerRoom)} B`,
      peers: PEER_SERVER.bytesPerRoom.map(text).join('–'),
      target: `≤ ${text(MOST_BYTES_PER_ROOM)} B`,
      holds: bytesPerRoom <= MOST_BYTES_PER_ROOM,
      why: 'A room is kept as tables of rows, one of seats, persons, deadlines and counts each, so that any store can hold it.',
    },
    { figure: 'heap of its replay log, for two minutes', ours: `${text(bytesOfLog)} B` },
  ]
  for (const name of ['heartbeat', 'get', 'list20'] as const) {
    const costs = bySize.map(({ rooms, us }) => `${text(rooms)}: ${text(us[name])} µs`).join(', ')
    const call = 1e6 / calls[CALL_OF[name]].rate.median
    const growth = Math.max(...more.map(({ us }) => (call + us[name] - (few?.us[name] ?? NaN)) / call))
    rows.push({
      figure: `store: ${name} with so many rooms; what a whole call costs with the most of them`,
      ours: `${costs}; ×${text(growth)}`,
      target: `flat (≤ ×${MOST_GROWTH})`,
      holds: growth <= MOST_GROWTH,
      why: 'What grows is waiting for memory that no cache of the processor holds.',
    })
  }
  const sweeps = bySize.map(({ rooms, us }) => `${text(rooms)}: ${text(us.sweep / 1000)} ms`).join(', ')
  return [...rows, { figure: 'store: a sweep of so many rooms, every 5 s', ours: sweeps }]
}
