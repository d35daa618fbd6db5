import type { MediaState } from '../media/media-state'
import type { LinkAction } from '../model'
import type { ProviderSession } from '../provider/provider'
import type { TypedEmitter, Unsubscribe } from '../util/emitter'
import type { RoomSessionOptions } from './call-session'
import type { LiveEvent } from './live-step'
import type { RoomState } from './room-state'
import type { BroadcastSteps } from './room-step'
import type { RoomSessionEvents } from './session-events'

/** What a broadcast has beside a call: link-mic, the audience, the presenter. */
export interface Broadcasts extends BroadcastSteps {
  /** Hears what the provider's session tells of it. */
  follow(session: ProviderSession): Unsubscribe[]
  /** One's own step of link-mic, decided by the machine. */
  ask(action: LinkAction): void
  /** The media have moved. */
  update(): void
  /** The room is over. */
  close(): void
}

/** What a session lends its {@link Broadcasts}. */
export interface BroadcastPort {
  readonly options: RoomSessionOptions
  readonly emitter: TypedEmitter<RoomSessionEvents>
  /** null while there is no room */
  session(): ProviderSession | null
  room(): RoomState
  media(): MediaState
  dispatch(event: LiveEvent): void
}
