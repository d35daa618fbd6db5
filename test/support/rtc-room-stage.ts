import { defineRtcRoom } from '../../components/rtc-room/define-rtc-room'
import type { RoomEventDetail } from '../../components/shared/room-events'
import type { Member } from '../../src/model'
import { createDefaultPolicy } from '../../src/room/default-policy'
import { RoomSession } from '../../src/room/room-session'
import { createFakePlatform } from './fake-platform'
import type { FakePlatform } from './fake-platform'
import { createFakeProvider, joinResultOf } from './fake-provider'
import type { FakeProvider, FakeProviderSession } from './fake-provider'
import { registerComponent, render } from './simulate'
import type { Node, Rendered } from './simulate'
import { VirtualClock } from './virtual-clock'

/** `<rtc-room>` with the real session over a provider whose answers the test gives, in virtual time. */
export class RtcRoomStage {
  readonly clock = new VirtualClock()
  readonly platform: FakePlatform = createFakePlatform({ clock: this.clock })
  readonly provider: FakeProvider = createFakeProvider()
  /** What start() meets: set to an error to have no session, as without a login. */
  refusal: Error | null = null
  /** Details of `onRoomEvent`, oldest first. */
  readonly events: RoomEventDetail[] = []
  /** Payloads of the component's own setData, oldest first. */
  readonly commits: Record<string, unknown>[] = []
  readonly id = registerComponent('rtc-room/rtc-room', () =>
    defineRtcRoom((host, seats) => {
      if (this.refusal) throw this.refusal
      const { platform, provider } = this
      const policy = createDefaultPolicy(platform)
      return new RoomSession({ platform, provider, providerConfig: {}, policy, host, seats })
    }),
  )

  /** Renders the component and notes what it tells the page and what it sets. */
  render(properties: Record<string, unknown> = {}): Rendered {
    const room = render(this.id, properties)
    room.addEventListener('onRoomEvent', ({ detail }) => this.events.push(detail as RoomEventDetail))
    const { setData } = room.instance
    room.instance.setData = (changes: Record<string, unknown>, done?: () => void) => {
      const ofTheStage = Object.keys(changes).every((key) => /^(view|windows)\b/.test(key))
      if (ofTheStage) this.commits.push(changes)
      setData(changes, done)
    }
    return room
  }

  /** start(), joined with these members, everything rendered. */
  async joined(room: Rendered, ...members: Member[]): Promise<FakeProviderSession> {
    const started = room.instance.start()
    await this.settle()
    const session = this.session
    session.joins.at(-1)?.resolve(joinResultOf(...members))
    await started
    await this.settle()
    return session
  }

  /** The provider's session that was opened last. */
  get session(): FakeProviderSession {
    const session = this.provider.sessions.at(-1)
    if (!session) throw new Error('No session was opened')
    return session
  }

  /** Lets everything that waits for no time happen. */
  settle(): Promise<void> {
    return this.clock.advance(0)
  }

  tagsOf(tag: string): string[] {
    return this.events.filter((event) => event.tag === tag).map((event) => String(event.detail))
  }
}

export function textsOf(room: Rendered, selector: string): string[] {
  return room.querySelectorAll(selector).map((node: Node) => node.dom?.textContent ?? '')
}
