import { RoomError, toRoomError, type ErrorCode } from '../../../src/errors'
import type { MediaState } from '../../../src/media/media-state'
import type { CloseReason, LinkReason, Member, RoomMessage, Stream, UserInfo } from '../../../src/model'
import type { Platform } from '../../../src/platform/platform'
import { roomService } from '../../../src/provider/roomservice/roomservice'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import type { LinkMicPhase } from '../../../src/room/link-mic-step'
import { RoomSession } from '../../../src/room/room-session'
import type { RoomState } from '../../../src/room/room-state'
import { SignalingConnection } from '../../../src/signaling/connection'
import { parseServiceRoot } from '../../../src/signaling/service-root'
import { TypedEmitter } from '../../../src/util/emitter'
import { SITE_BASE } from '../runtime/network'
import type { PublisherSettings } from '../runtime/media/publisher'
import { reportRoom } from './desk-channel'
import type { DeskParameters } from './desk-parameters'
import { requestLoginInfo } from './login-info'
import { DeskMediaHost } from './media/desk-media-host'
import { createScreenPublisher } from './media/screen-tags'
import { TransportChoice } from './media/transport-choice'
import { RAISED_HAND } from './raised-hand'
import { ScreenShare } from './screen-share'

/** One's own tile, and the most others that a page of them can hold. */
const SEATS = 9
const PICTURE = { width: 640, height: 360 }
const BITRATE_KBPS = { min: 200, max: 900 }
const GOP_SECONDS = 1

export type DeskCallEvents = {
  /** Something that is shown has moved. */
  changed: []
  messageReceived: [RoomMessage]
  memberJoined: [Member]
  memberLeft: [Member]
  linkRequested: [UserInfo]
  linkRequestEnded: [UserInfo]
  /** To a viewer: the presenter invites. */
  linkInvited: []
  /** One's own seat is over: what one has shared has ended with it. */
  linkEnded: [LinkReason]
  /** Something could not be done; the call goes on. */
  complained: [RoomError]
  /** Nothing more follows: the server ended it, or it cannot go on. */
  ended: [RoomError]
}

const CLOSED: Readonly<Record<CloseReason, ErrorCode>> = {
  destroyed: 'ROOM_CLOSED',
  kicked: 'KICKED',
  replaced: 'REPLACED',
  expired: 'LOGIN_EXPIRED',
}

const NO_MEDIA: MediaState = { publisher: null, slots: [] }

/** A desk's stay in a room: login, the room's core with tags of the browser, microphone and camera. */
export class DeskCall {
  readonly events = new TypedEmitter<DeskCallEvents>((error) => reportError(error))
  readonly host: DeskMediaHost
  readonly transports: TransportChoice
  readonly screen: ScreenShare
  private connection: SignalingConnection | null = null
  private session: RoomSession | null = null
  private muted = false
  private camera = true
  private joined = false
  private over = false

  constructor(
    readonly parameters: DeskParameters,
    private readonly platform: Platform,
    /** shows oneself */
    readonly preview: HTMLCanvasElement,
  ) {
    this.transports = new TransportChoice(parameters.transport, {
      streams: () => this.streams(),
      changed: () => this.transportsChanged(),
    })
    this.host = new DeskMediaHost(
      {
        media: () => this.session?.media ?? NO_MEDIA,
        deliver: (event) => this.session?.handleMedia(event),
        picturesChanged: () => this.events.emit('changed'),
      },
      this.transports.factory(preview),
      () => this.settings(),
    )
    this.screen = new ScreenShare(platform, {
      share: (on) => this.share(on),
      publisher: (track, listener) => createScreenPublisher(this.transports.publishing(), track, listener),
      changed: () => this.events.emit('changed'),
      failed: (error) => this.events.emit('complained', error),
    })
  }

  get room(): RoomState | null {
    return this.session?.room ?? null
  }

  get media(): MediaState {
    return this.session?.media ?? NO_MEDIA
  }

  /** Everyone in the room, oneself included. */
  get people(): number {
    const { live, roster } = this.room ?? {}
    return 1 + (live ? live.audienceCount : (roster?.size ?? 0))
  }

  /** Where a viewer stands with link-mic. */
  get link(): LinkMicPhase {
    return this.room?.live?.own.phase ?? 'off'
  }

  /** One's own stream goes out, or is about to. */
  get isPublishing(): boolean {
    return this.media.publisher !== null
  }

  get isMuted(): boolean {
    return this.muted
  }

  get isCameraOn(): boolean {
    return this.camera
  }

  /** Logs in and joins. Rejects with a RoomError; the call is over then. */
  async start(devices: { readonly muted: boolean; readonly camera: boolean }): Promise<void> {
    this.muted = devices.muted
    this.camera = devices.camera
    try {
      const connection = await this.logIn()
      if (this.over) throw new RoomError('CANCELLED')
      const session = this.openSession(connection)
      const { roomID, roomName, role, kind, template, userName } = this.parameters
      await session.start({
        roomId: roomID,
        roomName,
        role,
        kind: kind === 'LiveRoom' ? 'live' : 'call',
        capacity: template === '1v1' ? 'pair' : 'group',
        userName,
        userAvatar: '',
        audio: !this.muted,
        video: this.camera,
      })
      this.joined = true
    } catch (thrown) {
      await this.leave()
      throw toRoomError(thrown)
    }
  }

  setMuted(muted: boolean): void {
    this.muted = muted
    this.host.settingsChanged()
    this.announce()
  }

  setCamera(on: boolean): void {
    this.camera = on
    this.announce()
  }

  /** @throws RoomError by the promise, as RoomSession.send does */
  async send(text: string): Promise<void> {
    if (!this.session) throw new RoomError('NOT_MEMBER')
    await this.session.send({ kind: 'text', data: text })
  }

  /** Shows the others that one wants to speak. */
  async raiseHand(): Promise<void> {
    if (!this.session) throw new RoomError('NOT_MEMBER')
    await this.session.send(RAISED_HAND)
  }

  /** In a broadcast of one's own: lets a guest in or not, or out. */
  async answerLink(action: 'accept' | 'reject' | 'kick', userID: string): Promise<void> {
    await this.session?.linkMic.act(action, userID)
  }

  /** A viewer's one step: asks for a seat, takes the request back, accepts an invitation, or leaves the seat. */
  async stepLink(): Promise<void> {
    const { session, link } = this
    if (!session) throw new RoomError('NOT_MEMBER')
    if (link === 'off') await session.linkMic.request()
    else if (link === 'invited') await session.linkMic.answerInvite(true)
    else session.linkMic.end()
  }

  async declineInvite(): Promise<void> {
    await this.session?.linkMic.answerInvite(false)
  }

  /** Asks for another try of one's own stream, or of a member's. */
  retry(streamId: string | null): void {
    if (streamId === null) this.session?.retryPublisher()
    else this.session?.retryPlayer(this.media.slots.findIndex((slot) => slot?.streamId === streamId))
  }

  /** Leaves the room and logs out. Idempotent. */
  async leave(): Promise<void> {
    if (this.over) return
    this.over = true
    const { session, connection } = this
    const left = session?.stop()
    this.screen.close()
    this.host.close()
    this.transports.close()
    this.events.emit('changed')
    await left
    await connection?.logout()
    this.events.clear()
  }

  private async logIn(): Promise<SignalingConnection> {
    const { serverDomain, userID, userName, userSig, sdkAppID, accType } = this.parameters
    const { root } = parseServiceRoot(serverDomain || `${location.origin}${SITE_BASE}`)
    const credential = userSig ? { userSig, sdkAppID, accType } : await requestLoginInfo(root, userID)
    const policy = createDefaultPolicy(this.platform)
    const connection = new SignalingConnection({ platform: this.platform, root, policy })
    this.connection = connection
    await connection.login({ userID, userName, userAvatar: '', ...credential })
    return connection
  }

  private openSession(connection: SignalingConnection): RoomSession {
    const { platform, host, events } = this
    const policy = createDefaultPolicy(platform)
    const session = new RoomSession({
      platform,
      provider: roomService,
      providerConfig: { connection },
      host,
      policy,
      seats: SEATS,
    })
    this.session = session
    reportRoom(session)
    session.events.on('changed', () => {
      host.render()
      this.transports.streamsChanged()
      events.emit('changed')
    })
    session.events.on('messageReceived', (message) => events.emit('messageReceived', message))
    session.events.on('memberJoined', (member) => events.emit('memberJoined', member))
    session.events.on('memberLeft', (member) => events.emit('memberLeft', member))
    session.events.on('linkRequested', (user) => events.emit('linkRequested', user))
    session.events.on('linkRequestEnded', (user) => events.emit('linkRequestEnded', user))
    session.events.on('linkInvited', () => events.emit('linkInvited'))
    session.events.on('linkOff', (user, reason) => {
      if (user) return
      this.screen.stop()
      events.emit('linkEnded', reason)
    })
    session.events.on('mutedByPresenter', (muted) => this.setMuted(muted))
    session.events.on('reconnected', ({ target }) => {
      if (target === 'room') this.screen.announce()
    })
    session.events.on('closed', (reason) => this.end(new RoomError(CLOSED[reason])))
    session.events.on('failed', (error) => {
      if (session.room.phase === 'closed') this.end(error)
    })
    return session
  }

  /** What ends it before one is in, start() tells. */
  private end(why: RoomError): void {
    if (!this.joined) return
    this.events.emit('ended', why)
    void this.leave()
  }

  private async share(on: boolean): Promise<string> {
    const { connection, session } = this
    if (!connection || !session) throw new RoomError('NOT_MEMBER')
    const { pushURL } = await connection.call('share', { room: session.room.roomId, on })
    return pushURL
  }

  private announce(): void {
    this.session?.announce({ audio: !this.muted, video: this.camera })
    this.events.emit('changed')
  }

  private streams(): Stream[] {
    const { slots } = this.media
    const members = [...(this.room?.roster.values() ?? [])]
    const shown = new Set(slots.flatMap((slot) => (slot ? [slot.streamId] : [])))
    return members.flatMap(({ streams }) => streams.filter(({ streamId }) => shown.has(streamId)))
  }

  private transportsChanged(): void {
    const { transport } = this.host
    if (transport && transport !== this.transports.publishing()) this.host.republish()
    this.events.emit('changed')
  }

  private settings(): PublisherSettings {
    return {
      userId: this.parameters.userID,
      ...PICTURE,
      camera: this.camera,
      microphone: true,
      muted: this.muted,
      beauty: 0,
      whiteness: 0,
      mirrored: false,
      previewMirrored: false,
      gopSeconds: GOP_SECONDS,
      minBitrate: BITRATE_KBPS.min,
      maxBitrate: BITRATE_KBPS.max,
    }
  }
}
