import type { LiveRoomEventDetail } from '../../components/live-room/live-events'
import { ManualPhone } from './manual-phone'
import type { RoomWorld } from './room-world'
import { tagTells } from './simulate'
import type { Node, Rendered } from './simulate'

/** Longer than any chain of round trips to the server takes. */
const A_WHILE_MS = 2000
const PUSH_BEGIN = 1002
const SLOTS = 4

type Tag = LiveRoomEventDetail['tag']

/** A phone with one `<live-room>` before the real RoomService, in virtual time. */
export class LivePhone {
  private readonly phone: ManualPhone
  /** Details of `onRoomEvent`, oldest first. */
  readonly events: LiveRoomEventDetail[] = []
  readonly room: Rendered

  constructor(
    private readonly world: RoomWorld,
    readonly userID: string,
    properties: Record<string, unknown> = {},
  ) {
    this.phone = new ManualPhone(world, userID)
    this.room = this.phone.render('live-room', { userName: `${userID}'s name`, ...properties })
    this.room.addEventListener('onRoomEvent', ({ detail }) => this.events.push(detail as LiveRoomEventDetail))
  }

  /** Logged in and started; what start() answered, its promise if it was refused. */
  async enter(): Promise<this> {
    await this.phone.login()
    const started = this.room.instance.start() as Promise<unknown>
    started.catch(() => undefined)
    await this.world.clock.advance(A_WHILE_MS)
    return this
  }

  /** Calls a method of the component; the code it rejects with, or 'done'. */
  async call(method: string, ...args: unknown[]): Promise<string> {
    const outcome = (this.room.instance[method] as (...args: unknown[]) => Promise<unknown>)(...args).then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
    await this.world.clock.advance(A_WHILE_MS)
    return Promise.race([outcome, Promise.resolve('pending')])
  }

  /** The live-pusher tells that its stream is accepted. */
  async publishes(): Promise<void> {
    tagTells(this.room, 'statechange', { code: PUSH_BEGIN, message: '' })
    await this.world.clock.advance(A_WHILE_MS)
  }

  /** The network of the phone is gone, as when its browser was killed. */
  async vanish(): Promise<void> {
    this.phone.device.link.refusing = true
    this.phone.device.link.cut()
    await this.world.clock.advance(A_WHILE_MS)
  }

  async comesBack(): Promise<void> {
    this.phone.device.link.refusing = false
    await this.world.clock.advance(10_000)
  }

  /** Details of the events of one tag, oldest first. */
  told(tag: Tag): unknown[] {
    return this.events.filter((event) => event.tag === tag).map(({ detail }) => detail)
  }

  get tags(): string[] {
    return this.events.map(({ tag }) => tag)
  }

  /** Attributes of the live-pusher; null while there is none. */
  get publisher(): Record<string, unknown> | null {
    return this.room.querySelector('#publisher')?.data ?? null
  }

  /** Attributes of the live-players, by slot. */
  get players(): Record<string, unknown>[] {
    const slots = Array.from({ length: SLOTS }, (_, slot) => this.room.querySelector(`#player-${slot}`)?.data)
    return slots.filter((data) => data !== undefined)
  }

  texts(selector: string): string[] {
    return this.room.querySelectorAll(selector).map((node: Node) => node.dom?.textContent ?? '')
  }

  close(): void {
    this.room.detach()
  }
}
