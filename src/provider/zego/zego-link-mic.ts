import { RoomError, toRoomError } from '../../errors'
import type { LinkAction, LinkState, UserInfo } from '../../model'
import type { Platform } from '../../platform/platform'
import { deferred, type Deferred } from '../../util/deferred'
import type { TypedEmitter, Unsubscribe } from '../../util/emitter'
import type { LinkMicRequest, ProviderEvents, ProviderSession } from '../provider'
import { listenTo } from './engine-listeners'
import type { ZegoEngine, ZegoUser } from './engine'
import { readLinkCommand, writeLinkCommand, type LinkCommand } from './link-commands'
import { linkAfter, OF_THE_PRESENTER } from './link-rules'
import { zegoErrorOf } from './room-codes'

const MAX_GUESTS = 3
const PENDING_MS = 30_000
/** The presenter's phone answers by itself, whatever the presenter does. */
const ANSWER_MS = 5_000
const ACTIONS: readonly LinkAction[] = ['request', 'cancel', 'acceptInvite', 'rejectInvite', 'leave']

/** A state with what follows from it: a push URL where it is a seat of one's own. */
type Taken = Awaited<ReturnType<NonNullable<ProviderSession['linkMic']>>>

export interface LinkMicPort {
  readonly engine: ZegoEngine
  readonly platform: Platform
  readonly roomId: string
  readonly events: Pick<TypedEmitter<ProviderEvents>, 'emit'>
  readonly self: UserInfo
  readonly isPresenter: boolean
  /** '' while there is none in the room */
  presenter(): string
  userOf(user: ZegoUser): UserInfo
  /** A seat was granted. @returns the push URL */
  publish(): Promise<string>
  unpublish(): void
}

/**
 * Link-mic of a ZEGO room, which has none of its own: the presenter's phone keeps who stands where and decides, the
 * others ask it by custom commands.
 */
export class ZegoLinkMic {
  private readonly links = new Map<string, LinkState>()
  private readonly expiries = new Map<string, Unsubscribe>()
  private readonly waiting = new Map<number, Deferred<LinkState>>()
  private asked = 0
  /** Of oneself, while one watches. */
  private taken: Promise<Taken> | null = null
  /** From the clock, so that it rises when the presenter begins anew. */
  private rev: number
  private readonly unlisten: Unsubscribe

  constructor(private readonly port: LinkMicPort) {
    this.rev = port.platform.now()
    this.unlisten = listenTo(port.engine, {
      IMRecvCustomCommand: (id, from, text) => {
        const command = id === port.roomId ? readLinkCommand(text) : null
        if (command) this.heard(from, command)
      },
      roomUserUpdate: (id, type, users) => {
        if (id === port.roomId && type === 'DELETE') for (const { userID } of users) this.gone(userID)
      },
    })
  }

  /** The presenter's view of everyone who is not off, or oneself. */
  get list(): LinkState[] {
    return [...this.links.values()].filter(({ phase }) => phase !== 'off')
  }

  /** @throws RoomError by the promise: FORBIDDEN, NOT_REQUESTED, SEATS_FULL, TIMEOUT, NETWORK */
  async act({ action, userID, reason, timeoutMs }: LinkMicRequest): Promise<Taken> {
    const { isPresenter, self } = this.port
    if (OF_THE_PRESENTER.has(action) !== isPresenter) throw new RoomError('FORBIDDEN')
    if (!isPresenter) return this.ask(action, timeoutMs)
    if (userID === undefined || userID === self.userID) throw new RoomError('BAD_PARAMETER', 'zego: userID is missing')
    const user = this.links.get(userID)?.user ?? this.port.userOf({ userID })
    const link = this.decide(user, action, timeoutMs, reason)
    try {
      await this.tell(userID, action === 'mute' ? { muted: true } : { told: link })
    } catch (error) {
      // a seat that nobody knows of is none
      if (action !== 'mute' && link.phase !== 'off') this.change({ user, phase: 'off', reason: 'lost' })
      throw error
    }
    return { link, publishUrl: '' }
  }

  end(): void {
    this.unlisten()
    for (const cancel of this.expiries.values()) cancel()
    this.expiries.clear()
    for (const { reject } of this.waiting.values()) reject(new RoomError('CANCELLED'))
    this.waiting.clear()
  }

  private phaseOf(userID: string): LinkState['phase'] {
    return this.links.get(userID)?.phase ?? 'off'
  }

  private decide(user: UserInfo, action: LinkAction, timeoutMs = PENDING_MS, text = ''): LinkState {
    const { userID } = user
    const stand = linkAfter(this.phaseOf(userID), action)
    if (!stand) return this.links.get(userID) ?? { user, phase: 'off', rev: this.rev }
    const guests = this.list.filter(({ phase }) => phase === 'on').length
    if (stand.phase === 'on' && guests >= MAX_GUESTS) throw new RoomError('SEATS_FULL')
    return this.change({ user, ...stand, ...(stand.reason === 'rejected' && text && { text }) }, timeoutMs)
  }

  /** The presenter's phone: sets it down, tells its own page, and arms the end of what waits for an answer. */
  private change(link: Omit<LinkState, 'rev' | 'expiresAt'>, timeoutMs = PENDING_MS): LinkState {
    const { platform, events } = this.port
    const { userID } = link.user
    const isPending = link.phase === 'requesting' || link.phase === 'invited'
    this.rev += 1
    const next = { ...link, rev: this.rev, ...(isPending && { expiresAt: platform.now() + timeoutMs }) }
    this.links.set(userID, next)
    this.expiries.get(userID)?.()
    this.expiries.delete(userID)
    if (isPending)
      this.expiries.set(
        userID,
        platform.setTimer(timeoutMs, () => this.expire(link.user)),
      )
    events.emit('linkChanged', next, '')
    return next
  }

  private expire(user: UserInfo): void {
    this.tellQuietly(user.userID, { told: this.change({ user, phase: 'off', reason: 'timeout' }) })
  }

  private gone(userID: string): void {
    const link = this.links.get(userID)
    if (this.port.isPresenter && link && link.phase !== 'off') {
      this.change({ user: link.user, phase: 'off', reason: 'ended' })
    }
  }

  private heard(from: ZegoUser, command: LinkCommand): void {
    if ('ask' in command) return this.port.isPresenter ? this.answer(from, command) : undefined
    // nobody else grants seats
    if (from.userID !== this.port.presenter()) return
    if ('muted' in command) return this.port.events.emit('mutedByPresenter', command.muted)
    const waiting = command.id === undefined ? undefined : this.waiting.get(command.id)
    if ('refused' in command) return waiting?.reject(new RoomError(command.refused))
    if (command.told.user.userID !== this.port.self.userID) return
    if (waiting) waiting.resolve(command.told)
    else void this.take(command.told)
  }

  private answer(from: ZegoUser, { ask, id, timeoutMs }: Extract<LinkCommand, { ask: LinkAction }>): void {
    try {
      if (!ACTIONS.includes(ask)) throw new RoomError('FORBIDDEN')
      this.tellQuietly(from.userID, { told: this.decide(this.port.userOf(from), ask, timeoutMs), id })
    } catch (error) {
      this.tellQuietly(from.userID, { refused: toRoomError(error).code, id })
    }
  }

  private async ask(action: LinkAction, timeoutMs?: number): Promise<Taken> {
    const { platform, presenter } = this.port
    // one's own seat is free at once, also when the presenter cannot be told
    if (action === 'leave' || action === 'cancel') this.port.unpublish()
    if (presenter() === '') throw new RoomError('LINK_TIMEOUT', 'zego: the presenter is not in the room')
    this.asked += 1
    const id = this.asked
    const answer = deferred<LinkState>()
    this.waiting.set(id, answer)
    const cancel = platform.setTimer(ANSWER_MS, () => answer.reject(new RoomError('TIMEOUT')))
    try {
      this.tell(presenter(), { ask: action, id, ...(timeoutMs !== undefined && { timeoutMs }) }).catch(answer.reject)
      return await this.take(await answer.promise)
    } finally {
      this.waiting.delete(id)
      cancel()
    }
  }

  /** One's own state, as the presenter's phone tells it: who brings an older one is given what is known, URL and all. */
  private take(link: LinkState): Promise<Taken> {
    const known = this.links.get(this.port.self.userID)
    if (this.taken && known && known.rev >= link.rev) return this.taken
    this.links.set(this.port.self.userID, link)
    this.taken = this.follow(link, known?.phase)
    return this.taken
  }

  private async follow(link: LinkState, before: LinkState['phase'] = 'off'): Promise<Taken> {
    const { events, publish, unpublish } = this.port
    let publishUrl = ''
    if (link.phase === 'on') publishUrl = await publish().catch((error: RoomError) => this.withoutUrl(error))
    else if (before === 'on') unpublish()
    events.emit('linkChanged', link, publishUrl)
    return { link, publishUrl }
  }

  /** The seat is there: its tag asks for the URL again. */
  private withoutUrl({ message }: RoomError): string {
    this.port.platform.log('warn', `No push URL yet: ${message}`)
    return ''
  }

  private async tell(userID: string, command: LinkCommand): Promise<void> {
    const { engine, roomId } = this.port
    const sent = engine.sendCustomCommand(roomId, writeLinkCommand(command), [userID])
    const answer = await sent.catch((thrown: unknown) => {
      throw zegoErrorOf(thrown, 'NETWORK')
    })
    if (answer.errorCode !== 0) throw zegoErrorOf(answer, 'SERVER_ERROR')
  }

  private tellQuietly(userID: string, command: LinkCommand): void {
    this.tell(userID, command).catch((error: RoomError) => {
      this.port.platform.log('warn', `Link-mic could not be told: ${error.message}`)
    })
  }
}
