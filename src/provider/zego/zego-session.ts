import '../../service-errors'
import { RoomError } from '../../errors'
import type { RawMediaEvent } from '../../media/raw-event'
import type { CloseReason, LinkState, Member, Stream } from '../../model'
import type { Platform } from '../../platform/platform'
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
import { listenTo } from './engine-listeners'
import type { StreamNote } from './stream-note'
import { ZegoAudience } from './zego-audience'
import type { ZegoConfig } from './zego-config'
import { ZegoLinkMic } from './zego-link-mic'
import { ZegoLogin } from './zego-login'
import { listenToMessages, sendMessage } from './zego-messages'
import { ZegoRoster } from './zego-roster'
import { ZegoStreams } from './zego-streams'

/** What one stay consists of, from the call of join on. */
interface Stay {
  readonly roomId: string
  readonly login: ZegoLogin
  readonly roster: ZegoRoster
  readonly streams: ZegoStreams
  readonly audience: ZegoAudience | null
  readonly linkMic: ZegoLinkMic | null
  readonly unlisten: readonly Unsubscribe[]
}

/** One join of one member, over the app's own ZegoExpressEngine. */
export class ZegoSession implements ProviderSession {
  private readonly emitter: TypedEmitter<ProviderEvents>
  private readonly pending = new PendingWork()
  private stay: Stay | null = null
  private joining: Promise<JoinResult> | null = null
  private request: JoinRequest | null = null

  constructor(
    private readonly platform: Platform,
    private readonly config: ZegoConfig,
  ) {
    this.emitter = new TypedEmitter((error) => platform.log('error', 'A listener of the session threw', error))
  }

  get events(): EventSource<ProviderEvents> {
    return this.emitter
  }

  join(request: JoinRequest): Promise<JoinResult> {
    this.joining ??= this.pending.track(() => this.enter(request))
    return this.joining
  }

  /** ZEGO's own events keep the roster true over drops. */
  async resume(): Promise<ProviderSnapshot> {
    if (!this.joining) throw new RoomError('NOT_MEMBER')
    await this.joining
    return this.pending.track(async () => {
      const stay = this.standing()
      await stay.streams.settled()
      return this.snapshot(stay)
    })
  }

  publishUrl(): Promise<string> {
    return this.pending.track(async () => {
      const { streams, linkMic } = this.standing()
      const isSeated = linkMic?.list.some(({ user, phase }) => phase === 'on' && user.userID === this.config.userID)
      if (this.request?.role === 'audience' && !isSeated) throw new RoomError('FORBIDDEN', 'zego: no seat was granted')
      return streams.publishAgain(this.note())
    })
  }

  playUrl(stream: Stream): Promise<string> {
    return this.pending.track(async () => this.standing().streams.playAgain(stream))
  }

  announce(state: { audio: boolean; video: boolean }): Promise<void> {
    if (this.request) this.request = { ...this.request, ...state }
    return this.pending.track(async () => this.standing().streams.tell(this.note()))
  }

  onMedia(event: RawMediaEvent): void {
    this.stay?.streams.handBack(event)
  }

  send(message: OutgoingMessage): Promise<void> {
    return this.pending.track(async () => sendMessage(this.config.engine, this.standing().roomId, message))
  }

  linkMic(request: LinkMicRequest): Promise<{ readonly link: LinkState; readonly publishUrl: string }> {
    return this.pending.track(async () => {
      const { linkMic } = this.standing()
      if (!linkMic) throw new RoomError('NOT_SUPPORTED', 'Provider zego has link-mic in broadcasts only')
      return linkMic.act(request)
    })
  }

  async close(): Promise<void> {
    this.endWith(new RoomError('CANCELLED'))
  }

  private async enter(request: JoinRequest): Promise<JoinResult> {
    this.request = request
    const stay = this.begin(request)
    this.stay = stay
    try {
      await stay.login.enter()
      const publishUrl = await this.publishOrWait(request, stay)
      await stay.streams.settled()
      stay.roster.open()
      stay.audience?.open()
      return { ...this.snapshot(stay), selfId: this.config.userID, publishUrl }
    } catch (error) {
      // the next join of this session begins from nothing
      this.leave()
      this.joining = null
      throw error
    }
  }

  private async publishOrWait({ role }: JoinRequest, { streams }: Stay): Promise<string> {
    if (role === 'anchor') return streams.publish(this.note())
    await streams.told()
    return ''
  }

  private begin(request: JoinRequest): Stay {
    const { config, platform, emitter } = this
    const { engine, userID } = config
    const roomId = request.roomId || newRoomId(platform)
    const isLive = request.kind === 'live'
    const roster = new ZegoRoster(userID, isLive, emitter)
    const streams = new ZegoStreams(config, roomId, roster, platform, emitter)
    const audience = isLive
      ? new ZegoAudience(engine, roomId, emitter, () => request.role === 'audience' && roster.presenter === '')
      : null
    const user = { userID, userName: request.userName || userID }
    const options = request.capacity === 'pair' ? { maxMemberCount: 2 } : {}
    const login = new ZegoLogin(
      platform,
      config,
      { id: roomId, user, options },
      {
        lost: (error) => emitter.emit('connectionLost', error),
        retried: (attempt) => emitter.emit('connectionRetried', attempt),
        restored: () => emitter.emit('connectionRestored'),
        enteredAgain: () => this.startOver(),
        closed: (reason, error) => this.over(reason, error),
      },
    )
    const unlistenMessages = listenToMessages({
      engine,
      roomId,
      platform,
      userOf: ({ userID: id, userName }) => roster.userOf(id, userName),
      received: (message) => message.from.userID !== userID && emitter.emit('message', message),
    })
    const unlistenUsers = listenTo(engine, {
      roomUserUpdate: (id, type, users) => {
        if (id === roomId) roster[type === 'ADD' ? 'usersCame' : 'usersLeft'](users)
      },
    })
    const linkMic = isLive ? this.beginLinkMic(request, roomId, roster, streams) : null
    return { roomId, login, roster, streams, audience, linkMic, unlisten: [unlistenMessages, unlistenUsers] }
  }

  private beginLinkMic(
    { role, userName, userAvatar }: JoinRequest,
    roomId: string,
    roster: ZegoRoster,
    streams: ZegoStreams,
  ): ZegoLinkMic {
    const { config, platform, emitter } = this
    const { engine, userID } = config
    return new ZegoLinkMic({
      engine,
      platform,
      roomId,
      events: emitter,
      self: { userID, userName: userName || userID, userAvatar },
      isPresenter: role === 'anchor',
      presenter: () => roster.presenter,
      userOf: (user) => roster.userOf(user.userID, user.userName),
      publish: () => streams.publish(this.note()),
      unpublish: () => streams.unpublish(),
    })
  }

  /** The engine gave the room up, and tells everything anew after another login. */
  private async startOver(): Promise<void> {
    const { roster, streams } = this.standing()
    roster.clear()
    if (streams.isPublishing) await streams.publishAgain(this.note())
  }

  private snapshot({ roomId, roster, audience, linkMic }: Stay): ProviderSnapshot {
    const { members, presenter } = roster
    const isPresenter = this.note().presenter
    const creator = isPresenter ? this.config.userID : presenter
    const base = { roomId, roomName: this.request?.roomName ?? '', creator, members }
    if (!audience) return base
    const liveUrl = liveUrlOf(members.find(({ userID }) => userID === presenter))
    return {
      ...base,
      live: {
        liveUrl,
        audienceCount: audience.count,
        presenterAway: audience.isPresenterAway,
        links: linkMic?.list ?? [],
      },
    }
  }

  private note(): StreamNote {
    const { audio = true, video = true, userAvatar = '', kind, role } = this.request ?? {}
    return { audio, video, avatar: userAvatar, presenter: kind === 'live' && role === 'anchor' }
  }

  private standing(): Stay {
    if (!this.stay) throw new RoomError('NOT_MEMBER')
    return this.stay
  }

  private over(reason: CloseReason, error: RoomError): void {
    if (!this.stay) return
    this.pending.end(error)
    this.leave()
    this.emitter.emit('closed', reason)
    this.emitter.clear()
  }

  private endWith(error: RoomError): void {
    this.pending.end(error)
    this.emitter.clear()
    this.leave()
  }

  private leave(): void {
    const { stay } = this
    this.stay = null
    if (!stay) return
    for (const unlisten of stay.unlisten) unlisten()
    stay.audience?.end()
    stay.linkMic?.end()
    stay.streams.end()
    stay.login.end()
  }
}

function liveUrlOf(presenter: Member | undefined): string {
  return presenter?.streams.find(({ kind }) => kind === 'live')?.url ?? ''
}

function newRoomId(platform: Platform): string {
  return `room-${Math.floor(platform.random() * 36 ** 8).toString(36)}`
}
