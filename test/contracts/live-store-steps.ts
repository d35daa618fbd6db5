import type { JoinRoom, LinkOp } from '../../server/src/store/store-ops'
import type { Store } from '../../server/src/store/store'
import type { StoredMember } from '../../server/src/store/stored-room'
import type { StoreEvent } from '../../server/src/store/store-event'
import type { LinkAction, LinkState, UserInfo } from '../../src/model'
import type { StoreHarness } from './store-harness'

export const SECOND = 1000
export const GUESTS = 2
export const AUDIENCE = 6

/** What the suites do to the one live room of a test, `r`. */
export class LiveStoreSteps {
  readonly events: StoreEvent[] = []
  /** The store's time. */
  private now = 0

  private constructor(readonly harness: StoreHarness) {}

  static async start(start: () => Promise<StoreHarness>): Promise<LiveStoreSteps> {
    const harness = await start()
    const steps = new LiveStoreSteps(harness)
    const { store } = harness
    await steps.join('clock', 'pat')
    steps.now = (await store.message({ room: 'clock', userID: 'pat', kind: 'text', data: '', request: '' })).time
    await store.destroy({ room: 'clock', userID: 'pat' })
    await harness.settled()
    store.subscribe((event) => steps.events.push(event))
    return steps
  }

  get store(): Store {
    return this.harness.store
  }

  /** When what is asked now runs out. */
  get inHalfAMinute(): number {
    return this.now + 30 * SECOND
  }

  async advance(ms: number): Promise<void> {
    this.now += ms
    await this.harness.advance(ms)
  }

  /** @returns whether anyone is left who can become overdue */
  sweep(): Promise<boolean> {
    return this.store.sweep()
  }

  join(room: string, userID: string, more: Partial<JoinRoom> = {}) {
    return this.store.join({
      room,
      fresh: false,
      role: 'anchor',
      roomName: 'name',
      kind: 'live_room',
      capacity: { multi_room: 3, double_room: 2, live_room: 1 + GUESTS, webrtc_room: 3 },
      maxAudience: AUDIENCE,
      member: memberOf(userID),
      holder: { via: 'socket', connection: `socket of ${userID}` },
      request: '',
      ...more,
    })
  }

  watch(userID: string, more: Partial<JoinRoom> = {}) {
    return this.join('r', userID, { role: 'audience', ...more })
  }

  publish(userID: string) {
    return this.join('r', userID, { role: 'pusher', holder: { via: 'http' } })
  }

  link(userID: string, action: LinkAction, target = userID, more: Partial<LinkOp & { request: string }> = {}) {
    const op = { room: 'r', userID, target, action, expiresAt: this.inHalfAMinute, seats: 1 + GUESTS, request: '' }
    return this.store.link({ ...op, ...more })
  }

  async seat(...userIDs: string[]): Promise<void> {
    for (const userID of userIDs) {
      await this.watch(userID)
      await this.link(userID, 'request')
      await this.link('pat', 'accept', userID)
    }
  }

  leave(userID: string) {
    return this.store.leave({ room: 'r', userID, request: '' })
  }

  lose(userID: string, connection = `socket of ${userID}`) {
    return this.store.lose({ room: 'r', userID, connection })
  }

  say(userID: string) {
    return this.store.message({ room: 'r', userID, kind: 'text', data: 'hello', request: '' })
  }

  async live() {
    return (await this.store.get('r'))?.live
  }

  async publishing() {
    return (await this.store.get('r'))?.members.map((each) => each.userID)
  }

  async heard<T extends StoreEvent['type']>(type: T) {
    await this.harness.settled()
    return this.events.filter((event): event is Extract<StoreEvent, { type: T }> => event.type === type)
  }

  async notices() {
    return (await this.heard('notice')).map(({ notice }) => notice)
  }

  async links(): Promise<LinkState[]> {
    return (await this.heard('link')).map((event) => event.link)
  }
}

export function userOf(userID: string): UserInfo {
  return { userID, userName: `${userID}'s name`, userAvatar: '' }
}

export function memberOf(userID: string): StoredMember {
  return { ...userOf(userID), audio: true, video: true, aux: false, stream: '' }
}
