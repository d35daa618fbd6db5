import { CLOSE_ERRORS, RoomError } from '../../errors'
import type { RawMediaEvent } from '../../media/raw-event'
import type { Stream } from '../../model'
import type { Platform } from '../../platform/platform'
import { TypedEmitter } from '../../util/emitter'
import type { EventSource, Unsubscribe } from '../../util/emitter'
import { PendingWork } from '../../util/pending-work'
import type { JoinRequest, JoinResult, ProviderEvents, ProviderSession, ProviderSnapshot } from '../provider'
import { parseRoomId } from './config'
import type { TrtcAccount } from './config'
import { readReport } from './room-report'
import type { ExitReason, RoomReport } from './room-report'
import { playUrl, pushUrl } from './room-url'
import { TrtcRoster } from './roster'

/** After entering anew the room tells within this time who is in it; who is not named has left meanwhile. */
const RESYNC_MS = 5_000
/** Reports of one entry come within this time, with nothing that speaks of leaving between them. */
const SAME_ENTRY_MS = 1_000

/**
 * One join of one member. It is the live-pusher that enters the room, by its URL: {@link join} has nothing to wait for
 * but that URL, its roster is empty, and the members follow as events once the tag has reported them. A lost link is
 * the tag's to mend as well: 1021 breaks the publisher, whose retries enter again, and no connection event is due.
 */
export class TrtcSession implements ProviderSession {
  readonly events: EventSource<ProviderEvents>
  private readonly emitter: TypedEmitter<ProviderEvents>
  private readonly roster: TrtcRoster
  private readonly pending = new PendingWork()
  private request: JoinRequest | null = null
  private phase: 'outside' | 'inside' | 'over' = 'outside'
  private cancelResync: Unsubscribe = () => undefined
  /** Platform time, ms. */
  private enteredAt = -Infinity

  constructor(
    private readonly platform: Platform,
    private readonly account: TrtcAccount,
  ) {
    this.events = this.emitter = new TypedEmitter((error) =>
      platform.log('error', 'A listener of the session threw', error),
    )
    this.roster = new TrtcRoster(account.userID, this.emitter)
  }

  /**
   * Rejects with BAD_PARAMETER for a room id that cannot be. The audience gets a URL too: without a live-pusher nobody is in
   * the room.
   */
  join(request: JoinRequest): Promise<JoinResult> {
    return this.pending.track(async () => {
      this.request = { ...request, roomId: parseRoomId(request.roomId, this.account) }
      const publishUrl = await this.freshUrl()
      return { ...this.snapshot(), selfId: this.account.userID, publishUrl }
    })
  }

  resume(): Promise<ProviderSnapshot> {
    return this.pending.track(async () => this.snapshot())
  }

  publishUrl(): Promise<string> {
    return this.pending.track(() => this.freshUrl())
  }

  playUrl(stream: Stream): Promise<string> {
    return this.pending.track(async () => this.roster.urlOf(stream) || playUrl(stream.userID, stream.kind))
  }

  onMedia(event: RawMediaEvent): void {
    if (this.phase === 'over') return
    const report = readReport(event, (problem) => this.platform.log('warn', `trtc ${event.code}: ${problem}`))
    if (report) this.take(report)
  }

  /** The tag's stop is what leaves the room. */
  async close(): Promise<void> {
    this.endWith(new RoomError('CANCELLED'))
  }

  /** The URL by which the tag enters. */
  protected async pushUrl(account: TrtcAccount, roomId: string): Promise<string> {
    return pushUrl(account, roomId)
  }

  protected endWith(error: RoomError): void {
    if (this.phase === 'over') return
    this.phase = 'over'
    this.cancelResync()
    this.pending.end(error)
    this.emitter.clear()
  }

  private async freshUrl(): Promise<string> {
    const { roomId, record } = this.standing()
    return this.pushUrl(record ? withRecordId(this.account, roomId) : this.account, roomId)
  }

  private snapshot(): ProviderSnapshot {
    const { roomId, roomName } = this.standing()
    return { roomId, roomName, creator: this.account.roomCreator, members: this.roster.members }
  }

  private standing(): JoinRequest {
    if (!this.request) throw new RoomError('NOT_MEMBER')
    return this.request
  }

  private take(report: RoomReport): void {
    switch (report.type) {
      case 'entered':
        return this.entered()
      case 'exited':
        this.enteredAt = -Infinity
        return this.exited(report.reason)
      case 'reenter':
        this.enteredAt = -Infinity
        return this.platform.log('info', 'TRTC asks to enter the room again')
      case 'listed':
        // the whole truth: nobody is in doubt after it
        this.cancelResync()
        return this.roster.take(report)
      default:
        return this.roster.take(report)
    }
  }

  private entered(): void {
    const now = this.platform.now()
    const isRepeated = now - this.enteredAt < SAME_ENTRY_MS
    this.enteredAt = now
    // nobody has left the room meanwhile
    if (isRepeated) return
    this.platform.log('info', this.phase === 'inside' ? 'Entered the TRTC room again' : 'Entered the TRTC room')
    this.cancelResync()
    if (this.phase === 'inside') {
      this.roster.doubt()
      this.cancelResync = this.platform.setTimer(RESYNC_MS, () => this.roster.dropDoubted())
    }
    this.phase = 'inside'
  }

  private exited(reason: ExitReason): void {
    this.platform.log('info', `Left the TRTC room: ${reason}`)
    // every restart of the tag leaves and enters; what breaks besides, the tag's own codes tell
    if (reason === 'own' || (reason === 'unsaid' && this.phase === 'inside')) return
    const closeReason = reason === 'kicked' ? 'kicked' : 'destroyed'
    const error = new RoomError(reason === 'unsaid' ? 'ENTER_FAILED' : CLOSE_ERRORS[closeReason])
    this.emitter.emit('closed', closeReason, error)
    this.endWith(error)
  }
}

/** TRTC records whoever has such an id; it takes letters, digits, - and _, 64 at most. */
function withRecordId(account: TrtcAccount, roomId: string): TrtcAccount {
  const made = `${roomId}_${account.userID}`.replace(/[^\w-]/g, '-').slice(0, 64)
  return { ...account, recordId: account.recordId || made }
}
