import '../../vendor-errors'
import { RoomError, toRoomError } from '../../errors'
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
import { RoomSigSource } from './room-sig'
import { legacyPushUrl, playUrl, pushUrl } from './room-url'
import { TrtcRoster } from './roster'

interface Standing {
  readonly id: string
  readonly name: string
  readonly record: boolean | undefined
}

/** After entering anew the room tells within this time who is in it; who is not named has left meanwhile. */
const RESYNC_MS = 5_000

/**
 * One join of one member. It is the live-pusher that enters the room, by its URL: {@link join} has nothing to wait for
 * but that URL, its roster is empty, and the members follow as events once the tag has reported them. A lost link is
 * the tag's to mend as well: 1021 breaks the publisher, whose retries enter again, and no connection event is due.
 */
export class TrtcSession implements ProviderSession {
  private readonly emitter: TypedEmitter<ProviderEvents>
  private readonly roster: TrtcRoster
  private readonly roomSig: RoomSigSource | null
  private readonly pending = new PendingWork()
  private room: Standing | null = null
  private joining: Promise<JoinResult> | null = null
  private phase: 'outside' | 'inside' | 'over' = 'outside'
  private cancelResync: Unsubscribe = () => undefined

  constructor(
    private readonly platform: Platform,
    private readonly account: TrtcAccount,
  ) {
    this.emitter = new TypedEmitter((error) => platform.log('error', 'A listener of the session threw', error))
    this.roster = new TrtcRoster(account.userID, this.emitter)
    this.roomSig = account.legacy && new RoomSigSource(platform, account, account.legacy.request)
  }

  get events(): EventSource<ProviderEvents> {
    return this.emitter
  }

  /**
   * Rejects with BAD_PARAMETER for a room id that cannot be, and with PUSH_URL_FAILED where a room signature is needed
   * and not to be had. The audience gets a URL too: without a live-pusher nobody is in the room.
   */
  join(request: JoinRequest): Promise<JoinResult> {
    this.joining ??= this.pending.track(() => this.enter(request))
    return this.joining
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
    const read = readReport(event)
    if (!read) return
    for (const problem of read.problems) this.platform.log('warn', `trtc ${event.code}: ${problem}`)
    if (read.report) this.take(read.report)
  }

  /** The tag's stop is what leaves the room. */
  async close(): Promise<void> {
    this.endWith(new RoomError('CANCELLED'))
  }

  private async enter({ roomId, roomName, record }: JoinRequest): Promise<JoinResult> {
    this.room = { id: parseRoomId(roomId, this.account), name: roomName, record }
    const publishUrl = await this.freshUrl().catch((thrown: unknown) => {
      const error = toRoomError(thrown)
      // it has been asked for four times by now: the user has waited long enough
      throw error.recoverable ? new RoomError('PUSH_URL_FAILED', error.message, { cause: error }) : error
    })
    return { ...this.snapshot(), selfId: this.account.userID, publishUrl }
  }

  private async freshUrl(): Promise<string> {
    const { roomSig } = this
    const { id, record } = this.standing()
    const account = record ? withRecordId(this.account, id) : this.account
    return roomSig ? legacyPushUrl(account, id, await roomSig.ask(id)) : pushUrl(account, id)
  }

  private snapshot(): ProviderSnapshot {
    const { id, name } = this.standing()
    const { members } = this.roster
    return { roomId: id, roomName: name, creator: this.account.roomCreator, members }
  }

  private standing(): Standing {
    if (!this.room) throw new RoomError('NOT_MEMBER')
    return this.room
  }

  private take(report: RoomReport): void {
    switch (report.type) {
      case 'entered':
        return this.entered()
      case 'exited':
        return this.exited(report.reason)
      case 'reenter':
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
    const isKicked = reason === 'kicked'
    const isRefused = reason === 'unsaid'
    const error = new RoomError(isKicked ? 'KICKED' : isRefused ? 'ENTER_FAILED' : 'ROOM_CLOSED')
    this.emitter.emit('closed', isKicked ? 'kicked' : 'destroyed', error)
    this.endWith(error)
  }

  private endWith(error: RoomError): void {
    if (this.phase === 'over') return
    this.phase = 'over'
    this.cancelResync()
    this.roomSig?.close()
    this.pending.end(error)
    this.emitter.clear()
  }
}

/** TRTC records whoever has such an id; it takes letters, digits, - and _, 64 at most. */
function withRecordId(account: TrtcAccount, roomId: string): TrtcAccount {
  const made = `${roomId}_${account.userID}`.replace(/[^\w-]/g, '-').slice(0, 64)
  return { ...account, recordId: account.recordId || made }
}
