import { toRoomError } from '../errors'
import type { JoinRequest, JoinResult, ProviderSession } from '../provider/provider'
import type { Unsubscribe } from '../util/emitter'
import type { RoomFacts } from './room-step'

/** What a provider's session tells and the room's machine takes as it is. */
const FACTS = [
  'memberJoined',
  'memberUpdated',
  'memberLeft',
  'connectionLost',
  'connectionRetried',
  'connectionRestored',
  'closed',
] as const

/** Tells the room's machine what has happened in one join. */
export type Dispatch = <Name extends keyof RoomFacts>(name: Name, ...args: RoomFacts[Name]) => void

/** One join's provider session, its promises and events turned into facts of the room. */
export class RoomLink {
  private readonly failed: (thrown: unknown) => void

  /** `unsubscribes`: of whoever else listens to the session. */
  constructor(
    readonly session: ProviderSession,
    private readonly dispatch: Dispatch,
    private readonly unsubscribes: Unsubscribe[],
  ) {
    this.failed = (thrown) => dispatch('tryFailed', toRoomError(thrown, 'ENTER_FAILED'))
    for (const name of FACTS) {
      unsubscribes.push(
        session.events.on(name, (...args: unknown[]) => dispatch(name, ...(args as RoomFacts[typeof name]))),
      )
    }
  }

  join(request: JoinRequest, accepted: (result: JoinResult) => void): void {
    this.session.join(request).then((result) => {
      accepted(result)
      this.dispatch('joinAccepted', result)
    }, this.failed)
  }

  resume(): void {
    this.session.resume().then((snapshot) => this.dispatch('resumed', snapshot), this.failed)
  }

  /** Leaves; nothing is heard of the session after it. Never rejects. */
  close(): Promise<void> {
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
    return this.session.close().catch(() => undefined)
  }
}
