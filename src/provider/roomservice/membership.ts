import '../../service-errors'
import { RoomError, toRoomError } from '../../errors'
import type { CloseReason } from '../../model'
import type { Platform } from '../../platform/platform'
import type { SignalingConnection } from '../../signaling/connection'
import type { CallName, Calls, JoinParams, LiveInfo, NoticeFrame } from '../../signaling/protocol'
import type { CallOptions } from '../../signaling/request-table'
import type { Unsubscribe } from '../../util/emitter'
import type { LiveFeed } from './live-feed'
import type { RoomFeed } from './room-feed'
import { RoomReturn } from './room-return'

const JOIN_DEADLINE_MS = 30_000
/** Leaving is told to the server as far as it can be told quickly; else its grace period ends the membership. */
const LEAVE_DEADLINE_MS = 3_000
/** How often one thing that is asked may find the place lost: a server that takes every join and knows no member is broken. */
const MOST_LOSSES = 5

type JoinAnswer = Calls['join']['result']

export interface MembershipOptions {
  readonly connection: SignalingConnection
  readonly feed: RoomFeed
  readonly liveFeed: LiveFeed
  readonly platform: Pick<Platform, 'log' | 'now' | 'setTimer'>
  /** The server has ended it. */
  onClosed(reason: CloseReason): void
  /** It was lost, and there is no way back in. */
  onLost(error: RoomError): void
}

/** A place in a room: taken, kept true over drops, taken again when the server has given it away, and left. */
export class Membership {
  private phase: 'open' | 'over' = 'open'
  private request: JoinParams | null = null
  private catchingUp: Promise<void> | null = null
  private unlisten: Unsubscribe | null = null
  private readonly roomReturn: RoomReturn
  /** Owns the joins: they outlive the end, because the answer to one has to be undone. */
  private readonly joinOwner = {}

  constructor(private readonly options: MembershipOptions) {
    this.roomReturn = new RoomReturn(options.platform)
  }

  /** @returns the push URL */
  async enter(request: JoinParams): Promise<string> {
    this.request = request
    if (request.room !== '') this.listen(request.room)
    const { pushURL } = await this.options.connection.call('join', request, {
      deadlineMs: JOIN_DEADLINE_MS,
      owner: this.joinOwner,
      onResult: (answer) => this.entered(answer),
    })
    return pushURL
  }

  /** What a later join has to say about microphone and camera. */
  remember(state: { audio: boolean; video: boolean }): void {
    if (this.request) this.request = { ...this.request, ...state }
  }

  /** Brings the feed up to date. One at a time: whoever asks meanwhile waits for the one that runs. */
  catchUp(): Promise<void> {
    this.catchingUp ??= this.replay().finally(() => (this.catchingUp = null))
    return this.catchingUp
  }

  /** A request of a member. One that finds the membership gone has not been executed: it waits for it to be mended. */
  async call<K extends CallName>(
    op: K,
    paramsFor: (room: string) => Calls[K]['params'],
    options: CallOptions<K> = {},
  ): Promise<Calls[K]['result']> {
    const ask = (): Promise<Calls[K]['result']> => this.ask(op, paramsFor(this.standing().room), options)
    // what was refused meanwhile is asked again first: messages keep their order
    await this.catchingUp?.catch(() => undefined)
    return this.asMember(ask, () => this.catchUp())
  }

  /** Ends it without a word to the server; what is pending rejects as CANCELLED. @returns what {@link leave} needs */
  release(): { readonly room: string } {
    const { connection, feed } = this.options
    this.phase = 'over'
    this.unlisten?.()
    this.roomReturn.cancel()
    connection.cancel(this)
    const wasJoinUnsent = connection.cancelUnsent(this.joinOwner) > 0
    // without an id the room is known only by the answer to join, see entered()
    return { room: wasJoinUnsent ? '' : (feed.position?.room ?? this.request?.room ?? '') }
  }

  async leave(): Promise<void> {
    const { room } = this.release()
    if (room !== '') await this.tellLeave(room)
  }

  /** Runs before any later frame is read, so that no notice of the room is missed. */
  private entered(answer: JoinAnswer): void {
    if (this.phase === 'over') return void this.tellLeave(answer.room)
    if (this.request?.room === '') {
      this.request = { ...this.request, room: answer.room }
      this.listen(answer.room)
    }
    this.options.feed.load(answer)
    this.loadLive(answer)
  }

  private loadLive({ epoch, live }: { readonly epoch: string; readonly live?: LiveInfo }): void {
    if (live) this.options.liveFeed.load(epoch, live)
  }

  private listen(room: string): void {
    const { connection, feed, liveFeed, onClosed } = this.options
    this.unlisten ??= connection.listen(room, {
      onNotice: (frame) => this.noticed(frame),
      onLive: (frame) => liveFeed.take(frame),
      // before the join is answered it can only mean an earlier membership
      onClosed: (reason) => feed.position && onClosed(reason),
    })
  }

  private noticed(frame: NoticeFrame): void {
    const { feed, platform } = this.options
    if (!feed.position || feed.take(frame) !== 'gap') return
    platform.log('warn', 'Notices missed, catching up')
    this.catchUp().catch((thrown: unknown) => {
      const error = toRoomError(thrown)
      if (this.phase === 'over') return
      platform.log('warn', 'Catching up failed', error.code)
      // the next notice or reconnect asks again, unless there is no way back in
      if (!error.recoverable) this.options.onLost(error)
    })
  }

  private replay(): Promise<void> {
    const ask = (): Promise<void> =>
      this.askMissed().catch((error: unknown) => {
        if (toRoomError(error).code === 'ROOM_CLOSED') this.options.onClosed('destroyed')
        throw error
      })
    return this.asMember(ask, () => this.reenter())
  }

  /** Asks as a member, and again when the place was lost and is had again: a server may be restarted twice in a row. */
  private async asMember<Result>(ask: () => Promise<Result>, takePlace: () => Promise<void>): Promise<Result> {
    for (let losses = 1; ; losses += 1) {
      try {
        return await ask()
      } catch (error) {
        if (this.phase === 'over' || !this.options.feed.position || !isGone(error) || losses > MOST_LOSSES) throw error
      }
      await takePlace()
    }
  }

  private async askMissed(): Promise<void> {
    const { feed } = this.options
    const { room, epoch, seq } = this.standing()
    const onResult = (answer: Calls['resume']['result']): void => {
      if (this.phase === 'over') return
      if ('snapshot' in answer) {
        feed.load(answer.snapshot)
        return this.loadLive(answer.snapshot)
      }
      for (const notice of answer.notices) feed.take({ epoch, notice })
      this.loadLive({ epoch, live: answer.live })
    }
    await this.ask('resume', { room, epoch, seq }, { onResult })
  }

  /** The same request makes us a member again; what the room has seen meanwhile is asked for behind it. */
  private async reenter(): Promise<void> {
    const { epoch } = this.standing()
    const { request } = this
    if (!request) throw new RoomError('NOT_MEMBER')
    const onResult = (answer: JoinAnswer): void => {
      if (this.phase === 'over') return this.entered(answer)
      // The same room still knows what was missed: its notices say more than the snapshot. A room that was rebuilt
      // is news from its beginning: whoever came back earlier has been talking in it.
      if (answer.epoch !== epoch) this.entered({ ...answer, seq: 0 })
    }
    const join = () => this.options.connection.call('join', request, { owner: this.joinOwner, onResult })
    if (request.role === 'audience') await this.roomReturn.enter(join)
    else await join()
  }

  private ask<K extends CallName>(
    op: K,
    params: Calls[K]['params'],
    options: CallOptions<K>,
  ): Promise<Calls[K]['result']> {
    if (this.phase === 'over') return Promise.reject(new RoomError('CANCELLED'))
    return this.options.connection.call(op, params, { ...options, owner: this })
  }

  private standing(): { readonly room: string; readonly epoch: string; readonly seq: number } {
    const { position } = this.options.feed
    if (!position) throw new RoomError('NOT_MEMBER')
    return position
  }

  private async tellLeave(room: string): Promise<void> {
    const { connection } = this.options
    // another component of the app may have entered the same room meanwhile
    if (connection.isListened(room)) return
    const isReachable = connection.phase === 'ready'
    const told = connection.call('leave', { room }, { deadlineMs: LEAVE_DEADLINE_MS }).catch(() => undefined)
    if (isReachable) await told
  }
}

/** The grace period has ended, or the server has lost its memory. */
function isGone(error: unknown): boolean {
  const { code } = toRoomError(error)
  return code === 'NOT_MEMBER' || code === 'ROOM_NOT_FOUND'
}
