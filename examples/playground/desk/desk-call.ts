import { RoomError, toRoomError } from '../../../src/errors'
import type { MediaState } from '../../../src/media/media-state'
import type { Stream } from '../../../src/model'
import type { Platform } from '../../../src/platform/platform'
import { roomService } from '../../../src/provider/roomservice/roomservice'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import type { LinkMicPhase } from '../../../src/room/link-mic-step'
import { RoomSession } from '../../../src/room/room-session'
import type { RoomState } from '../../../src/room/room-state'
import { SignalingConnection } from '../../../src/signaling/connection'
import { TypedEmitter } from '../../../src/util/emitter'
import { relayRoom } from './call-events'
import type { DeskCallEvents } from './call-events'
import { reportRoom } from './desk-channel'
import type { DeskParameters } from './desk-parameters'
import { accountOf } from './login-info'
import { DeskMediaHost } from './media/desk-media-host'
import { publisherSettings } from './media/publisher-settings'
import { createScreenPublisher } from './media/screen-tags'
import { TransportChoice } from './media/transport-choice'
import { RAISED_HAND } from './raised-hand'
import { ScreenShare } from './screen-share'

/** One's own tile, and the most others that a page of them can hold. */
const SEATS = 9

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
      () => publisherSettings(parameters.userID, { camera: this.camera, muted: this.muted }),
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

  /** Logs in and joins. Rejects with a RoomError, CANCELLED when leave() came first; the call is over then. */
  async start(devices: { readonly muted: boolean; readonly camera: boolean }): Promise<void> {
    this.muted = devices.muted
    this.camera = devices.camera
    try {
      const session = this.openSession(await this.logIn())
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
      const error = this.over ? new RoomError('CANCELLED') : toRoomError(thrown)
      await this.leave()
      throw error
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
    const { root, login } = await accountOf(this.parameters)
    if (this.over) throw new RoomError('CANCELLED')
    const { platform } = this
    this.connection = new SignalingConnection({ platform, root, policy: createDefaultPolicy(platform) })
    await this.connection.login(login)
    return this.connection
  }

  private openSession(connection: SignalingConnection): RoomSession {
    const { platform, host, events, screen } = this
    const session = new RoomSession({
      platform,
      provider: roomService,
      providerConfig: { connection },
      host,
      policy: createDefaultPolicy(platform),
      seats: SEATS,
    })
    this.session = session
    reportRoom(session)
    session.events.on('changed', () => {
      host.render()
      this.transports.streamsChanged()
      events.emit('changed')
    })
    // what one has shared ends with the seat
    session.events.on('linkOff', (user) => user === null && screen.stop())
    session.events.on('mutedByPresenter', (muted) => this.setMuted(muted))
    session.events.on('reconnected', ({ target }) => target === 'room' && screen.announce())
    relayRoom(session, events, (why) => this.end(why))
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
}
