import { RoomError } from '../../../src/errors'
import type { LeaveReason, LinkAction, LinkState, UserInfo } from '../../../src/model'
import { CustomFields, type CustomChange } from './custom-fields'
import type { LinkEvent } from './link-step'
import { LinkTable } from './link-table'
import { memberOfRoom, MemoryRoom, type Seat } from './memory-room'
import type { JoinRoom, LinkOp, StoredLive, StoredMember, StoredRoom } from './store'

const OF_THE_PRESENTER: ReadonlySet<LinkAction> = new Set(['accept', 'reject', 'invite', 'kick', 'mute'])

/**
 * A broadcast: its creator presents, and it lasts as long as the presenter stays. Whoever watches is in the room without
 * being a member of it; a guest is in both, with one seat.
 */
export class LiveRoom extends MemoryRoom {
  private readonly audience = new Map<string, Seat>()
  /** What those who came over HTTP have said about themselves, as they said it. */
  private readonly userInfos = new WeakMap<Seat, string>()
  private readonly links = new LinkTable()
  private readonly custom = new CustomFields()
  private toldAway = false

  override get isOver(): boolean {
    return !this.seats.has(this.options.creator)
  }

  /** Guests included. */
  get audienceCount(): number {
    return this.audience.size
  }

  override find(userID: string): Seat | undefined {
    return this.seats.get(userID) ?? this.audience.get(userID)
  }

  override join(op: JoinRoom): void {
    const isCreator = op.member.userID === this.options.creator
    if (isCreator && op.role === 'audience') throw new RoomError('FORBIDDEN', 'The creator of a room presents in it')
    if (!isCreator && op.role === 'anchor') throw new RoomError('FORBIDDEN', 'Only its creator presents in a room')
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

  override update(seat: Seat, info: StoredMember): void {
    if (this.seats.has(info.userID)) super.update(seat, info)
    // a screen ends with the seat it was shared from
    else seat.info = { ...info, aux: false }
  }

  override remove(userID: string, reason: LeaveReason): void {
    const seat = this.find(userID)
    if (!seat) return
    this.forget(seat)
    // the end of the room is told instead
    if (userID === this.options.creator) return void this.seats.delete(userID)
    this.change(seat, { type: 'gone', reason: reason === 'lost' ? 'lost' : 'ended' })
    if (!this.audience.delete(userID)) return
    this.tellAudience({ left: userOf(seat.info) })
    const { room, emit } = this.options
    if (seat.connection !== null) emit({ type: 'out', room, userID, connection: seat.connection })
  }

  override sweep(): boolean {
    const someLapse = super.sweep()
    this.expire()
    return someLapse || this.links.isPending
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
    this.person(op.userID)
    const isPresenter = op.userID === this.options.creator
    if (OF_THE_PRESENTER.has(op.action) !== isPresenter || (!isPresenter && op.target !== op.userID)) {
      throw new RoomError('FORBIDDEN', isPresenter ? 'The presenter is on anyway' : 'Only the presenter may do that')
    }
    this.expire()
    const seat = op.target === this.options.creator ? undefined : this.find(op.target)
    if (!seat) throw new RoomError('NOT_REQUESTED', 'That user is not in the audience')
    const { action, expiresAt, text } = op
    const link = this.change(seat, { type: 'asked', action, expiresAt, text, seatFree: this.hasFreeSeat(op.seats) })
    if (action === 'mute') {
      this.options.emit({ type: 'muted', room: this.options.room, userID: op.target })
      this.update(seat, { ...seat.info, audio: false })
    }
    return link
  }

  setCustom(userID: string, change: CustomChange): Record<string, unknown> {
    this.person(userID)
    this.custom.change(change)
    return this.custom.all()
  }

  /** The first `cnt` of the audience, in the order of coming. */
  listAudience(cnt: number): (UserInfo & { readonly userInfo: string })[] {
    const list = []
    for (const seat of this.audience.values()) {
      if (list.length >= cnt) break
      list.push({ ...userOf(seat.info), userInfo: this.userInfos.get(seat) ?? '' })
    }
    return list
  }

  private get isAway(): boolean {
    const presenter = this.seats.get(this.options.creator)
    return presenter !== undefined && presenter.connection !== null && presenter.lapsesAt !== null
  }

  private watch(op: JoinRoom): void {
    const info = memberOfRoom(op.member)
    const present = this.find(info.userID)
    const isNew = !this.audience.has(info.userID)
    if (isNew && this.audience.size >= op.maxAudience) throw new RoomError('ROOM_FULL', 'The audience is full')
    const seat = present ?? this.newSeat(info, op.holder)
    if (present) {
      this.holdBy(present, op.holder)
      this.update(present, info)
    }
    // clients of the HTTP protocol send no heartbeats for those who only watch
    if (op.holder.via === 'http' && !this.seats.has(info.userID)) this.lapse(seat, null)
    if (op.userInfo !== undefined) this.userInfos.set(seat, op.userInfo)
    if (!isNew) return
    this.audience.set(info.userID, seat)
    this.tellAudience({ entered: userOf(info) })
  }

  /** A guest who takes a seat without asking, as clients of the HTTP protocol do. */
  private sitDown(op: JoinRoom): void {
    const info = memberOfRoom(op.member)
    this.expire()
    const seatFree = this.hasFreeSeat(op.capacity.live_room)
    const present = this.find(info.userID)
    if (!seatFree && !this.seats.has(info.userID)) throw new RoomError('SEATS_FULL')
    const seat = present ?? this.newSeat(info, op.holder)
    if (present) {
      this.holdBy(present, op.holder)
      this.update(present, info)
    }
    this.change(seat, { type: 'seated', seatFree })
  }

  private hasFreeSeat(seats: number): boolean {
    return this.seats.size < seats
  }

  private change(seat: Seat, event: LinkEvent): LinkState {
    const { link, changed } = this.links.apply(userOf(seat.info), event)
    if (!changed) return link
    const { userID } = seat.info
    if (link.phase === 'on') this.enter(seat)
    else if (this.seats.has(userID)) this.standUp(seat, link)
    const { room, creator, emit } = this.options
    emit({ type: 'link', room, presenter: creator, link })
    return link
  }

  private standUp(seat: Seat, { reason }: LinkState): void {
    seat.info = { ...seat.info, aux: false }
    this.vacate(seat.info.userID, reason === 'kicked' || reason === 'lost' ? reason : 'left')
    // whoever came over HTTP only to publish is gone; whoever watches as well stays, without heartbeats
    if (seat.connection === null) this.lapse(seat, null)
  }

  /** What has run out is off before anything else is decided. */
  private expire(): void {
    const now = this.options.now()
    for (const { user } of this.links.due(now)) {
      const seat = this.find(user.userID)
      if (seat) this.change(seat, { type: 'timePassed', now })
    }
  }

  private tellAway(): void {
    const away = this.isAway
    if (away === this.toldAway) return
    this.toldAway = away
    this.options.emit({ type: 'away', room: this.options.room, away })
  }

  private tellAudience(who: { readonly entered?: UserInfo; readonly left?: UserInfo }): void {
    const { room, creator, emit } = this.options
    emit({ type: 'audience', room, presenter: creator, count: this.audienceCount, ...who })
  }
}

function userOf({ userID, userName, userAvatar }: UserInfo): UserInfo {
  return { userID, userName, userAvatar }
}
