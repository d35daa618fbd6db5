import type { FastifyInstance } from 'fastify'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { HubContext } from '../room-hub'
import { registerCall, registerLogin } from './call-route'
import { sessionOf } from './http-request'
import { LIVE_CALLS } from './live-calls'
import type { RoomCall } from './room-call'
import { ROOM_CALLS } from './room-calls'

const KINDS: readonly RoomKind[] = ['multi_room', 'double_room', 'live_room']

/** The room calls of the public protocol, for an encapsulated instance whose prefix ends in `/weapp`. */
export function registerRoomCalls(app: FastifyInstance, hub: HubContext): void {
  for (const kind of KINDS) {
    registerLogin(app, hub, kind)
    for (const [name, call] of callsOf(kind)) {
      registerCall(app, { hub, kind, name, call, sessionOf: (request) => sessionOf(hub, request) })
    }
  }
}

function callsOf(kind: RoomKind): [string, RoomCall][] {
  return Object.entries(kind === 'live_room' ? { ...ROOM_CALLS, ...LIVE_CALLS } : ROOM_CALLS)
}
