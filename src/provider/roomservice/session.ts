import { CLOSE_ERRORS, RoomError } from '../../errors'
import type { CloseReason, LinkState, Stream } from '../../model'
import type { Platform } from '../../platform/platform'
import type { SignalingConnection } from '../../signaling/connection'
import type { JoinParams } from '../../signaling/protocol'
import { TypedEmitter, type EventSource, type Unsubscribe } from '../../util/emitter'
import { PendingWork } from '../../util/pending-work'
import type {
  JoinRequest,
  JoinResult,
  LinkMicRequest,
  OutgoingMessage,
  ProviderEvents,
  ProviderSession,
  ProviderSnapshot,
} from '../provider'
import { LiveFeed } from './live-feed'
import { Membership } from './membership'
import { RoomFeed } from './room-feed'

/** One join of one member, over the connection that the app's login opened. */
export class RoomServiceSession implements ProviderSession {
  private readonly emitter: TypedEmitter<ProviderEvents>
  private readonly feed: RoomFeed
  private readonly liveFeed: LiveFeed
  private readonly membership: Membership
  private readonly unsubscribes: Unsubscribe[]
  private readonly pending = new PendingWork()
  private joining: Promise<JoinResult> | null = null
  /** Settles when the server knows that we have left; null while the session is open. */
  private left: Promise<void> | null = null

  constructor(
    platform: Platform,
    private readonly connection: SignalingConnection,
  ) {
    const { log } = platform
    this.emitter = new TypedEmitter((error) => log('error', 'A listener of the session threw', error))
    this.feed = new RoomFeed(connection.userID, this.emitter)
    this.liveFeed = new LiveFeed(this.emitter)
    this.membership = new Membership({
      connection,
      feed: this.feed,
      liveFeed: this.liveFeed,
      platform,
      onClosed: (reason) => this.over(reason, new RoomError(CLOSE_ERRORS[reason])),
      onLost: (error) => this.over('expired', error),
    })
    this.unsubscribes = [
      connection.events.on('lost', (error) => this.emitter.emit('connectionLost', error)),
      connection.events.on('retried', (attempt) => this.emitter.emit('connectionRetried', attempt)),
      connection.events.on('restored', () => this.emitter.emit('connectionRestored')),
      connection.events.on('ended', (error) => this.over(error.code === 'REPLACED' ? 'replaced' : 'expired', error)),
    ]
  }

  get events(): EventSource<ProviderEvents> {
    return this.emitter
  }

  get roundTrip(): number {
    return this.connection.roundTrip
  }

  join(request: JoinRequest): Promise<JoinResult> {
    this.joining ??= this.pending
      .track(() => this.enter(request))
      .catch((error: unknown) => {
        // the next try asks anew
        this.joining = null
        throw error
      })
    return this.joining
  }

  async resume(): Promise<ProviderSnapshot> {
    if (!this.joining) throw new RoomError('NOT_MEMBER')
    if (!this.feed.position) return this.joining
    await this.pending.track(() => this.membership.catchUp())
    return this.snapshot()
  }

  async publishUrl(): Promise<string> {
    const { pushURL } = await this.call('publishUrl', (room) => ({ room }))
    return pushURL
  }

  async playUrl({ userID, kind }: Stream): Promise<string> {
    const urls = await this.call('playUrl', (room) => ({ room, userID }))
    this.feed.renewUrl(userID, urls)
    if (kind === 'main') return urls.playURL
    const { liveURL = '', auxURL } = urls
    if (kind === 'aux') {
      if (auxURL) return auxURL
      throw new RoomError('CANCELLED', `roomservice: ${userID} shares no screen any more`)
    }
    if (userID === this.feed.roster().creator) this.liveFeed.renewUrl(liveURL)
    return liveURL
  }

  async announce(state: { audio: boolean; video: boolean }): Promise<void> {
    this.membership.remember(state)
    await this.call('announce', (room) => ({ room, ...state }))
  }

  async send({ kind, data, to }: OutgoingMessage): Promise<void> {
    await this.call('send', (room) => ({ room, kind, data, ...(to !== undefined && { to }) }), { once: true })
  }

  /** Rejects with FORBIDDEN, NOT_REQUESTED, SEATS_FULL or BAD_PARAMETER; nothing has changed then. */
  async linkMic(request: LinkMicRequest): Promise<{ link: LinkState; publishUrl: string }> {
    let link: LinkState | undefined
    const answer = await this.call('linkMic', (room) => ({ room, ...request }), {
      once: true,
      onResult: (result) => (link = this.liveFeed.told(result.link, result.pushURL)),
    })
    return { link: link ?? answer.link, publishUrl: answer.pushURL ?? '' }
  }

  close(): Promise<void> {
    if (!this.left) {
      this.endWith(new RoomError('CANCELLED'))
      this.emitter.clear()
      this.left = this.membership.leave()
    }
    return this.left
  }

  private async enter(request: JoinRequest): Promise<JoinResult> {
    const { connection } = this
    const publishUrl = await this.membership.enter({
      room: request.roomId,
      roomName: request.roomName,
      ...placeOf(request),
      audio: request.audio,
      video: request.video,
      userName: request.userName || connection.userName,
      userAvatar: request.userAvatar || connection.userAvatar,
      ...(request.record && { record: true }),
      ...(request.privateMapKey && { privateMapKey: request.privateMapKey }),
    })
    return { ...this.snapshot(), selfId: connection.userID, publishUrl }
  }

  private snapshot(): ProviderSnapshot {
    const { live } = this.liveFeed
    return live ? { ...this.feed.roster(), live } : this.feed.roster()
  }

  private readonly call: Membership['call'] = (...request) => this.pending.track(() => this.membership.call(...request))

  private over(reason: CloseReason, error: RoomError): void {
    if (this.left) return
    this.left = Promise.resolve()
    this.endWith(error)
    this.membership.release()
    // a join that fails says so by its own rejection
    if (this.feed.position) this.emitter.emit('closed', reason, error)
    this.emitter.clear()
  }

  private endWith(error: RoomError): void {
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
    this.pending.end(error)
  }
}

function placeOf({ kind, role, capacity }: JoinRequest): Pick<JoinParams, 'kind' | 'role'> {
  if (kind === 'live') return { kind: 'live_room', role }
  if (capacity === 'pair') return { kind: 'double_room' }
  return { kind: kind === 'webrtc' ? 'webrtc_room' : 'multi_room' }
}
