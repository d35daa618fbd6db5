import { RoomError } from '../../../src/errors'
import type { LeaveReason, LinkAction, LinkState, UserInfo } from '../../../src/model'
import type { RoomEnd } from '../events/room-event'
import { CustomFields, type CustomChange } from './custom-fields'
import type { LinkEvent } from './link-step'
import { LinkTable } from './link-table'
import { memberOfRoom, Room, userOf, type RoomOptions } from './room'
import { requireRight } from '../rights'
import { RoomTables, type Table } from './room-tables'
import type { JoinRoom, LinkOp } from './store-ops'
import type { StoredLive, StoredMember, StoredRoom, StoredViewer } from './stored-room'

const OF_THE_PRESENTER: ReadonlySet<LinkAction> = new Set(['accept', 'reject', 'invite', 'kick', 'mute'])

/**
 * A broadcast: its creator presents, and it lasts as long as the presenter stays. Whoever watches is in the room without
 * being a member of it; a guest is in both, with one seat.
 */
export class LiveRoom extends Room {
  /** Whoever watches, in the order of coming. */
  private readonly audience: Table<true>
  private readonly links: LinkTable
  private readonly custom: CustomFields

  constructor(options: RoomOptions, tables = new RoomTables()) {
    super(options, tables)
    this.audience = tables.table('audience')
    this.links = new LinkTable(tables)
    this.custom = new CustomFields(tables)
  }

  override get isOver(): boolean {
    return !this.seats.has(this.options.creator)
  }

  override get nextDue(): number {
    return Math.min(super.nextDue, this.links.nextDue)
  }

  /** Guests included. */
  get audienceCount(): number {
    return this.audience.size
  }

  override join(op: JoinRoom): void {
    const isCreator = op.member.userID === this.options.creator
    if (op.role === 'audience') requireRight('watch', { isCreator })
    if (op.role === 'anchor') requireRight('present', { isCreator })
    if (!isCreator && this.isOver) throw new RoomError('ROOM_NOT_FOUND', 'Nobody presents in the room')
    if (isCreator) super.join(op)
    else if (op.role === 'audience') this.watch(op)
    else this.sitDown(op)
    this.tellAway()
  }

  override resume(userID: string, connection: string): void {
    super.resume(userID, connection)
    this.tellAway()
  }

  override lose(userID: string, connection: string): void {
    super.lose(userID, connection)
    this.tellAway()
  }

  override update(info: StoredMember): void {
    const { userID } = info
    if (this.seats.has(userID)) super.update(info)
    // a screen ends with the seat it was shared from
    else this.people.set(userID, { ...this.person(userID), info: { ...info, aux: false } })
  }

  override remove(userID: string, reason: LeaveReason): void {
    const person = this.find(userID)
    if (!person) return
    this.lapse(userID, null)
    // the end of the room is told instead
    if (userID === this.options.creator) this.stepDown(userID, reason)
    else this.sendOff(person.info, person.connection, reason)
    this.forget(userID)
  }

  override end(reason: RoomEnd): void {
    for (const { phase, user } of this.links.list()) {
      if (phase === 'on') this.announce({ type: 'link.off', ...user, reason: 'ended' })
    }
    super.end(reason)
  }

  override sweep(): void {
    super.sweep()
    this.expire()
  }

  override snapshot(): StoredRoom & { readonly live: StoredLive } {
    const live = {
      audienceCount: this.audienceCount,
      presenterAway: this.isAway,
      links: this.links.list(),
      linkRev: this.links.rev,
      custom: this.custom.all(),
    }
    return { ...super.snapshot(), live }
  }

  /** One step of link-mic: the state that holds after it. */
  link(op: LinkOp): LinkState {
    const { grant } = this.person(op.userID)
    const isCreator = op.userID === this.options.creator
    requireRight(OF_THE_PRESENTER.has(op.action) ? 'decideLink' : 'askLink', { isCreator })
    if (!isCreator && op.target !== op.userID) requireRight('decideLink', { isCreator })
    if (op.action === 'request' || op.action === 'acceptInvite') requireRight('sit', { grant })
    this.expire()
    const target = op.target === this.options.creator ? undefined : this.find(op.target)
    if (!target) throw new RoomError('NOT_REQUESTED', 'That user is not in the audience')
    const { action, expiresAt, text } = op
    const event = { type: 'asked', action, expiresAt, text, seatFree: this.hasFreeSeat(op.seats) } as const
    const link = this.change(target.info, event)
    if (action === 'mute') {
      this.options.emit({ type: 'muted', room: this.options.room, userID: op.target })
      this.update({ ...target.info, audio: false })
    }
    return link
  }

  setCustom(userID: string, change: CustomChange): Record<string, unknown> {
    this.person(userID)
    this.custom.change(change)
    return this.custom.all()
  }

  /** The first `cnt` of the audience, in the order of coming. */
  listAudience(cnt: number): StoredViewer[] {
    const list: StoredViewer[] = []
    for (const userID of this.audience.keys()) {
      if (list.length >= cnt) break
      const { info, userInfo = '' } = this.person(userID)
      list.push({ ...userOf(info), userInfo })
    }
    return list
  }

  private get isAway(): boolean {
    const { creator } = this.options
    return this.seats.has(creator) && this.lapsing.has(creator) && this.person(creator).connection !== null
  }

  private watch(op: JoinRoom): void {
    const info = memberOfRoom(op.member)
    const { userID } = info
    const isNew = !this.audience.has(userID)
    if (isNew && this.audience.size >= op.maxAudience) throw new RoomError('ROOM_FULL', 'The audience is full')
    this.comeIn(op)
    // clients of the HTTP protocol send no heartbeats for those who only watch
    if (op.holder.via === 'http' && !this.seats.has(userID)) this.lapse(userID, null)
    if (op.userInfo !== undefined) this.people.set(userID, { ...this.person(userID), userInfo: op.userInfo })
    if (!isNew) return
    this.audience.set(userID, true)
    this.tellAudience({ entered: userOf(info) })
  }

  /** A guest who takes a seat without asking, as clients of the HTTP protocol do. */
  private sitDown(op: JoinRoom): void {
    requireRight('sit', op)
    this.expire()
    const seatFree = this.hasFreeSeat(op.capacity.live_room)
    if (!seatFree && !this.seats.has(op.member.userID)) throw new RoomError('SEATS_FULL')
    this.comeIn(op)
    this.change(op.member, { type: 'seated', seatFree }, op.seat)
  }

  /** Lets in who is not here, and updates who is. */
  private comeIn(op: JoinRoom): void {
    const info = memberOfRoom(op.member)
    if (!this.find(info.userID)) return this.admit(info, op)
    this.takeOver(info.userID, op)
    this.update(info)
  }

  private hasFreeSeat(seats: number): boolean {
    return this.seats.size < seats
  }

  private change(of: UserInfo, event: LinkEvent, seat?: string): LinkState {
    const { link, changed } = this.links.apply(userOf(of), event)
    if (!changed) return link
    if (link.phase === 'on') this.takeSeat(link, seat)
    else if (this.seats.has(of.userID)) this.standUp(of.userID, link)
    const { room, creator, emit } = this.options
    emit({ type: 'link', room, presenter: creator, link, seat: this.seatOf(of.userID) })
    return link
  }

  private takeSeat({ user }: LinkState, seat?: string): void {
    this.enter(user.userID, seat)
    this.announce({ type: 'link.on', ...user })
  }

  private standUp(userID: string, { user, reason = 'ended' }: LinkState): void {
    this.vacate(userID, reason === 'kicked' || reason === 'lost' ? reason : 'left')
    this.announce({ type: 'link.off', ...user, reason })
    this.update(this.person(userID).info)
    // whoever came over HTTP only to publish is gone; whoever watches as well stays, without heartbeats
    if (!this.audience.has(userID)) this.forget(userID)
    else if (this.person(userID).connection === null) this.lapse(userID, null)
  }

  /** Of the presenter. */
  private stepDown(userID: string, reason: LeaveReason): void {
    if (this.unseat(userID)) this.announce({ type: 'member.left', userID, reason })
  }

  /** Ends what somebody other than the presenter has in the room. */
  private sendOff(user: UserInfo, connection: string | null, reason: LeaveReason): void {
    const { userID } = user
    this.change(user, { type: 'gone', reason: reason === 'lost' ? 'lost' : 'ended' })
    if (!this.audience.delete(userID)) return
    this.tellAudience({ left: userOf(user) })
    const { room, emit } = this.options
    if (connection !== null) emit({ type: 'out', room, userID, connection })
  }

  /** What has run out is off before anything else is decided. */
  private expire(): void {
    const now = this.options.now()
    for (const { user } of this.links.due(now)) this.change(user, { type: 'timePassed', now })
  }

  /** Tells that the presenter is away or back, once. */
  private tellAway(): void {
    const away = this.isAway
    if (away === (this.counts.get('away') === 1)) return
    this.counts.set('away', away ? 1 : 0)
    this.options.emit({ type: 'away', room: this.options.room, away })
  }

  private tellAudience(who: { readonly entered?: UserInfo; readonly left?: UserInfo }): void {
    const { room, creator, emit } = this.options
    emit({ type: 'audience', room, presenter: creator, count: this.audienceCount, ...who })
  }
}
