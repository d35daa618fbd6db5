import type { RoomError } from '../errors'
import type { CloseReason, Member, Role } from '../model'
import type { LiveState } from './live-step'
import type { Phase } from './phases'

/** Everything that a session knows, plain JSON. */
export interface RoomState {
  readonly phase: Phase
  /** Number of the join; every asynchronous result carries it, stale ones are dropped. */
  readonly epoch: number
  /** Number of the running reconnect try, 0 while none runs. */
  readonly attempt: number
  /** How long the last break of the room's connection lasted, ms; 0 = none in this stay. */
  readonly awayMs: number
  readonly roomId: string
  readonly roomName: string
  readonly creator: string
  readonly selfId: string
  readonly role: Role
  /** Everyone but oneself, keyed by userID, in the order of joining. */
  readonly roster: ReadonlyMap<string, Member>
  /** null in a call, which is no broadcast */
  readonly live: LiveState | null
  /** Why the room is closed: an error, or what the server said. */
  readonly error?: RoomError
  readonly closeReason?: CloseReason
}

export const IDLE_ROOM: RoomState = {
  phase: 'idle',
  epoch: 0,
  attempt: 0,
  awayMs: 0,
  roomId: '',
  roomName: '',
  creator: '',
  selfId: '',
  role: 'anchor',
  roster: new Map(),
  live: null,
}
