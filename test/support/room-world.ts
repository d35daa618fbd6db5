import { createKeys } from '../../server/src/keys'
import { createRoomHub, type RoomHub, type RoomHubOptions } from '../../server/src/room-hub'
import { MemoryStore } from '../../server/src/store/memory-store'
import { makePrivateMapKey } from '../../server/src/tickets/private-map-key'
import { ROOM_PRIVILEGES } from '../../server/src/tickets/room-grant'
import { makeUserSig } from '../../server/src/tickets/user-sig'
import type { RoomError } from '../../src/errors'
import type { CloseReason, LeaveReason } from '../../src/model'
import { roomService } from '../../src/provider/roomservice/roomservice'
import type { JoinRequest, ProviderSession } from '../../src/provider/provider'
import { createDefaultPolicy } from '../../src/room/default-policy'
import { SignalingConnection } from '../../src/signaling/connection'
import type { LoginParams } from '../../src/signaling/protocol'
import { createFakePlatform, seededRandom, type FakePlatform } from './fake-platform'
import { HubLink, ONE_WAY_MS } from './hub-link'
import { VirtualClock } from './virtual-clock'

export const SDK_APP_ID = 1400000001
const SECRET = 'a secret for tests'
export const ROOT = 'https://rooms.test/base'

/** The real RoomService in virtual time, with as many devices as a test wants. */
export class RoomWorld {
  readonly clock = new VirtualClock()
  private readonly keys = createKeys({ sdkAppID: SDK_APP_ID, secretKey: SECRET })
  private readonly random = seededRandom(7)
  private readonly links: HubLink[] = []
  /** The running server. */
  hub: RoomHub
  private deviceCount = 0

  constructor(private readonly limits: Pick<RoomHubOptions, 'maxMembers' | 'maxGuests' | 'privateMapKeys'> = {}) {
    this.hub = this.startHub()
  }

  /** A server that has forgotten everything takes the place of the running one; the sockets break. */
  restartServer(): void {
    this.hub.close()
    this.hub = this.startHub()
    for (const link of this.links) {
      link.hub = this.hub
      link.cut(1001)
    }
  }

  /** Ends the server, so that no timer of its own is left. */
  close(): void {
    this.hub.close()
  }

  userSig(userID: string, lifetimeMs = 86_400_000): string {
    const time = Math.floor(this.clock.now() / 1000)
    return makeUserSig({ sdkAppID: SDK_APP_ID, secretKey: SECRET, userID, time, expire: lifetimeMs / 1000 })
  }

  /** All rights in one room, for an hour. */
  privateMapKey(userID: string, room: string): string {
    const now = Math.floor(this.clock.now() / 1000)
    const everything = Object.values(ROOM_PRIVILEGES).reduce((sum, right) => sum | right, 0)
    const rights = { room, privilegeMap: everything, expire: 3600, time: now }
    return makePrivateMapKey({ sdkAppID: SDK_APP_ID, secretKey: SECRET, userID, ...rights })
  }

  /** Takes the network from a participant for this long and waits until everything is mended. */
  async outage({ device, session }: Participant, ms: number): Promise<void> {
    device.link.refusing = true
    device.link.cut()
    await this.clock.advance(ms)
    device.link.refusing = false
    const unsubscribe = session.events.on('connectionRestored', () => void session.resume().catch(() => undefined))
    await this.clock.advance(10_000)
    unsubscribe()
  }

  device(userID: string, oneWayMs = ONE_WAY_MS): Device {
    const link = new HubLink(this.clock, this.hub, oneWayMs)
    this.links.push(link)
    this.deviceCount += 1
    const platform = createFakePlatform({ clock: this.clock, connect: link.connect, seed: this.deviceCount })
    const params = { userID, userSig: this.userSig(userID), userName: `${userID}'s name`, userAvatar: '' }
    return new Device(this.clock, link, platform, params)
  }

  private startHub(): RoomHub {
    const random = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => this.random() * 256))
    const store = new MemoryStore({ now: this.clock.now, random })
    // tests say more in a second than people do
    const limits = { messagesPerUser: 1_000, requestsPerUser: 1_000 }
    return createRoomHub({ limits, ...this.limits, store, clock: this.clock, keys: this.keys, random })
  }
}

/** One app on one phone. */
export class Device {
  connection: SignalingConnection

  constructor(
    private readonly clock: VirtualClock,
    readonly link: HubLink,
    readonly platform: FakePlatform,
    readonly params: LoginParams,
  ) {
    this.connection = this.newConnection()
  }

  newConnection(): SignalingConnection {
    const { platform } = this
    this.connection = new SignalingConnection({ platform, root: ROOT, policy: createDefaultPolicy(platform) })
    return this.connection
  }

  async login(): Promise<this> {
    await this.clock.settle(this.connection.login(this.params))
    return this
  }

  open(): ProviderSession {
    return roomService.open(this.platform, { connection: this.connection })
  }

  /** Logged in and in the room, with everything the session says written down. */
  async enter(roomId: string, request: Partial<JoinRequest> = {}): Promise<Participant> {
    await this.login()
    const session = this.open()
    const heard = hearing(session)
    await this.clock.settle(session.join(joinRequest({ roomId, ...request })))
    return { device: this, session, heard }
  }

  /** What is still held; all zero after a logout. */
  get leftovers(): { sockets: number; timers: number; listeners: number } {
    const { openSockets, armedTimers, listeners } = this.platform
    return { sockets: openSockets, timers: armedTimers, listeners }
  }
}

export const NOTHING_LEFT = { sockets: 0, timers: 0, listeners: 0 }

export interface Participant {
  readonly device: Device
  readonly session: ProviderSession
  readonly heard: string[]
}

export function joinRequest(request: Partial<JoinRequest> = {}): JoinRequest {
  return {
    roomId: 'room',
    roomName: 'A room',
    role: 'anchor',
    capacity: 'group',
    userName: '',
    userAvatar: '',
    audio: true,
    video: true,
    ...request,
  }
}

/** Writes down the events of a session, one short line each. */
export function hearing(session: ProviderSession): string[] {
  const heard: string[] = []
  session.events.on('memberJoined', (member) => heard.push(`joined ${member.userID}`))
  session.events.on('memberUpdated', (member) => heard.push(`updated ${member.userID}`))
  session.events.on('memberLeft', (userID: string, reason: LeaveReason) => heard.push(`left ${userID} ${reason}`))
  session.events.on('message', (message) => heard.push(`message ${message.from.userID} ${String(message.data)}`))
  session.events.on('connectionLost', (error) => heard.push(`lost ${error.code}`))
  session.events.on('connectionRetried', (attempt) => heard.push(`retried ${attempt}`))
  session.events.on('connectionRestored', () => heard.push('restored'))
  session.events.on('closed', (reason: CloseReason) => heard.push(`closed ${reason}`))
  return heard
}

/** The code that a promise rejects with, or 'resolved'. */
export function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: RoomError) => error.code,
  )
}
