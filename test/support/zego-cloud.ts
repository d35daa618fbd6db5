import type { ZegoEvent, ZegoStreamList } from 'zego-express-engine-miniprogram/sdk/code/zh/ZegoExpressEntity.wechat'
import type {
  ZegoEngine,
  ZegoEvents,
  ZegoMixLook,
  ZegoMixTask,
  ZegoPlayOption,
  ZegoPublishOption,
  ZegoResponse,
  ZegoRoomConfig,
  ZegoStreamUrl,
  ZegoTagEvent,
  ZegoUser,
} from '../../src/provider/zego/engine'
import type { VirtualClock } from './virtual-clock'

const ONE_WAY_MS = 50
const ROUND_TRIP_MS = 2 * ONE_WAY_MS
const PUBLISHING = 1002

interface Publishing {
  readonly owner: FakeZegoEngine
  extraInfo: string
  isLive: boolean
}

interface CloudRoom {
  readonly engines: Set<FakeZegoEngine>
  readonly streams: Map<string, Publishing>
}

interface Others {
  readonly users: ReadonlyMap<string, ZegoUser>
  readonly streams: ReadonlyMap<string, ZegoStreamList>
}

/** ZEGO's servers in virtual time, as far as a room goes: users, streams, messages. */
export class ZegoCloud {
  private readonly rooms = new Map<string, CloudRoom>()
  private urls = 0

  constructor(readonly clock: VirtualClock) {}

  room(id: string): CloudRoom {
    const room = this.rooms.get(id) ?? { engines: new Set(), streams: new Map() }
    this.rooms.set(id, room)
    return room
  }

  usersOf(roomID: string): string[] {
    return [...this.room(roomID).engines].map(({ user }) => user.userID)
  }

  /** A new one each time, as addresses are signed. */
  url(kind: 'push' | 'play', streamID: string): string {
    this.urls += 1
    return `rtmp://zego.test/${kind}/${streamID}?sign=${this.urls}`
  }

  later(ms: number, task: () => void): void {
    this.clock.setTimer(ms, task)
  }

  /** Everyone in the room but the one who caused it. */
  tellOthers<K extends keyof ZegoEvent>(
    from: FakeZegoEngine,
    roomID: string,
    name: K,
    ...args: Parameters<ZegoEvent[K]>
  ): void {
    for (const engine of this.room(roomID).engines) if (engine !== from) engine.emitSoon(name, ...args)
  }

  countAgain(roomID: string): void {
    const { engines } = this.room(roomID)
    for (const engine of engines) engine.emitSoon('roomOnlineUserCountUpdate', roomID, engines.size)
  }
}

/** Answers as the real class does, and emits what its types declare. */
export class FakeZegoEngine implements ZegoEngine {
  user: ZegoUser = { userID: '' }
  /** Names and arguments of what was called. */
  readonly calls: (readonly [name: string, ...args: unknown[]])[] = []
  /** What the next call of this name is refused with. */
  readonly refusals = new Map<string, { code: number; msg: string } | ZegoResponse>()
  /** Calls of this name wait for as long. */
  readonly delaysMs = new Map<string, number>()
  /** Streams have this many more addresses to try. */
  nextUrls = Infinity
  private readonly listeners = new Map<string, Set<(...args: never[]) => void>>()
  private roomID = ''
  /** What was known when the link broke. */
  private known: Others | null = null

  constructor(private readonly cloud: ZegoCloud) {}

  get listenerCount(): number {
    return [...this.listeners.values()].reduce((count, { size }) => count + size, 0)
  }

  on(event: keyof ZegoEvents, callBack: ZegoEvents[keyof ZegoEvents]): boolean {
    const set = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, set.add(callBack))
    return true
  }

  off(event: keyof ZegoEvents, callBack?: ZegoEvents[keyof ZegoEvents]): boolean {
    return callBack ? (this.listeners.get(event)?.delete(callBack) ?? false) : this.listeners.delete(event)
  }

  /** The link breaks: nothing is heard until {@link mend}. */
  cut(): void {
    this.emit('roomStateUpdate', this.roomID, 'CONNECTING', 0, '')
    this.known = this.others()
  }

  /** The link is back: as the real class does, what is different is told. */
  mend(): void {
    const before = this.known
    this.known = null
    const now = this.others()
    if (!before) return
    this.emit('roomStateUpdate', this.roomID, 'CONNECTED', 0, '')
    const tell = (type: 'ADD' | 'DELETE', from: Others, to: Others): void => {
      const streams = [...to.streams].filter(([id]) => !from.streams.has(id)).map(([, stream]) => stream)
      const users = [...to.users].filter(([id]) => !from.users.has(id)).map(([, user]) => user)
      if (streams.length > 0) this.emit('roomStreamUpdate', this.roomID, type, streams, '')
      if (users.length > 0) this.emit('roomUserUpdate', this.roomID, type, users)
    }
    tell('DELETE', now, before)
    tell('ADD', before, now)
  }

  emit<K extends keyof ZegoEvent>(name: K, ...args: Parameters<ZegoEvent[K]>): void {
    if (this.known) return
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...(args as unknown as never[]))
  }

  emitSoon<K extends keyof ZegoEvent>(name: K, ...args: Parameters<ZegoEvent[K]>): void {
    this.cloud.later(ONE_WAY_MS, () => this.emit(name, ...args))
  }

  async loginRoom(roomID: string, token: string, user: ZegoUser, config?: ZegoRoomConfig): Promise<boolean> {
    await this.answer('loginRoom', roomID, token, user, config)
    const { engines } = this.cloud.room(roomID)
    if (config?.maxMemberCount !== undefined && engines.size >= config.maxMemberCount) {
      throw { code: 1002034, msg: 'users logging into the room exceeds the maximum number' }
    }
    const others = [...engines].filter((engine) => engine !== this).map((engine) => engine.user)
    this.user = user
    this.roomID = roomID
    engines.add(this)
    this.cloud.tellOthers(this, roomID, 'roomUserUpdate', roomID, 'ADD', [user])
    this.cloud.later(0, () => {
      this.emit('roomStateUpdate', roomID, 'CONNECTED', 0, '')
      const live = [...this.others().streams.values()]
      if (live.length > 0) this.emit('roomStreamUpdate', roomID, 'ADD', live, '')
      this.emit('roomUserUpdate', roomID, 'ADD', others)
    })
    this.cloud.countAgain(roomID)
    return true
  }

  logoutRoom(roomID = this.roomID): void {
    this.calls.push(['logoutRoom', roomID])
    this.vanish(roomID)
  }

  /** Gone without a word, as seen by the others. */
  vanish(roomID = this.roomID): void {
    const room = this.cloud.room(roomID)
    if (!room.engines.delete(this)) return
    for (const [streamID, { owner }] of room.streams) if (owner === this) this.endStream(streamID)
    this.cloud.tellOthers(this, roomID, 'roomUserUpdate', roomID, 'DELETE', [this.user])
    this.cloud.countAgain(roomID)
  }

  renewToken(token: string, roomID?: string): boolean {
    this.calls.push(['renewToken', token, roomID])
    return true
  }

  async startPublishingStream(streamID: string, publishOption: ZegoPublishOption = {}): Promise<ZegoStreamUrl> {
    await this.answer('startPublishingStream', streamID, publishOption)
    const { extraInfo = '' } = publishOption
    this.cloud.room(this.roomID).streams.set(streamID, { owner: this, extraInfo, isLive: false })
    return { streamID, url: this.cloud.url('push', streamID) }
  }

  stopPublishingStream(streamID: string): boolean {
    this.calls.push(['stopPublishingStream', streamID])
    return this.endStream(streamID)
  }

  async startPlayingStream(streamID: string, playOption?: ZegoPlayOption): Promise<ZegoStreamUrl> {
    await this.answer('startPlayingStream', streamID, playOption)
    return { streamID, url: this.cloud.url('play', streamID) }
  }

  stopPlayingStream(streamID: string): void {
    this.calls.push(['stopPlayingStream', streamID])
  }

  getNextUrl(streamID: string): string {
    if (this.nextUrls <= 0) return ''
    this.nextUrls -= 1
    const isOwn = this.cloud.room(this.roomID).streams.get(streamID)?.owner === this
    return this.cloud.url(isOwn ? 'push' : 'play', streamID)
  }

  updatePlayerState(streamID: string, event: ZegoTagEvent): void {
    this.calls.push(['updatePlayerState', streamID, event])
    const stream = this.cloud.room(this.roomID).streams.get(streamID)
    if (stream?.owner !== this || stream.isLive || event.detail.code !== PUBLISHING) return
    stream.isLive = true
    this.cloud.tellOthers(this, this.roomID, 'roomStreamUpdate', this.roomID, 'ADD', [listed(streamID, stream)], '')
  }

  updatePlayerNetStatus(streamID: string, event: ZegoTagEvent): void {
    this.calls.push(['updatePlayerNetStatus', streamID, event])
  }

  async setStreamExtraInfo(streamID: string, extraInfo: string): Promise<ZegoResponse> {
    const answer = await this.answer('setStreamExtraInfo', streamID, extraInfo)
    const stream = this.cloud.room(this.roomID).streams.get(streamID)
    if (stream) stream.extraInfo = extraInfo
    this.cloud.tellOthers(this, this.roomID, 'streamExtraInfoUpdate', this.roomID, [
      { streamID, user: this.user, extraInfo },
    ])
    return answer
  }

  async sendBroadcastMessage(roomID: string, message: string): Promise<ZegoResponse> {
    const answer = await this.answer('sendBroadcastMessage', roomID, message)
    const sent = { fromUser: this.user, message, sendTime: this.cloud.clock.now(), messageID: 1 }
    if (answer.errorCode === 0) this.cloud.tellOthers(this, roomID, 'IMRecvBroadcastMessage', roomID, [sent])
    return answer
  }

  async sendCustomCommand(roomID: string, message: string, toUserIDList: string[]): Promise<ZegoResponse> {
    const answer = await this.answer('sendCustomCommand', roomID, message, toUserIDList)
    for (const engine of this.cloud.room(roomID).engines) {
      const isMeant = toUserIDList.length === 0 || toUserIDList.includes(engine.user.userID)
      if (engine !== this && isMeant) engine.emitSoon('IMRecvCustomCommand', roomID, this.user, message)
    }
    return answer
  }

  startMixerTask(mixStreamConfig: ZegoMixTask): Promise<ZegoResponse> {
    return this.answer('startMixerTask', mixStreamConfig)
  }

  stopMixerTask(taskID: string): Promise<ZegoResponse> {
    return this.answer('stopMixerTask', taskID)
  }

  setMixerTaskConfig(config: ZegoMixLook): Promise<ZegoResponse> {
    return this.answer('setMixerTaskConfig', config)
  }

  private others(): Others {
    const { engines, streams } = this.cloud.room(this.roomID)
    const users = [...engines].filter((engine) => engine !== this).map(({ user }) => [user.userID, user] as const)
    const live = [...streams].filter(([, { isLive, owner }]) => isLive && owner !== this)
    return { users: new Map(users), streams: new Map(live.map(([id, each]) => [id, listed(id, each)])) }
  }

  /** Notes the call and answers one round trip later. */
  private answer(name: string, ...args: unknown[]): Promise<ZegoResponse> {
    this.calls.push([name, ...args])
    const refusal = this.refusals.get(name)
    this.refusals.delete(name)
    return new Promise((resolve, reject) => {
      this.cloud.later(this.delaysMs.get(name) ?? ROUND_TRIP_MS, () => {
        if (!refusal) resolve({ errorCode: 0, extendedData: '' })
        else if ('errorCode' in refusal) resolve(refusal)
        else reject(refusal)
      })
    })
  }

  private endStream(streamID: string): boolean {
    const { streams } = this.cloud.room(this.roomID)
    const stream = streams.get(streamID)
    streams.delete(streamID)
    if (!stream?.isLive) return stream !== undefined
    this.cloud.tellOthers(this, this.roomID, 'roomStreamUpdate', this.roomID, 'DELETE', [listed(streamID, stream)], '')
    return true
  }
}

function listed(streamID: string, { owner, extraInfo }: Publishing): ZegoStreamList {
  return {
    streamID,
    user: owner.user,
    extraInfo,
    urlsFLV: '',
    urlsRTMP: '',
    urlsHLS: '',
    urlsHttpsFLV: `https://zego.test/live/${streamID}.flv`,
    urlsHttpsHLS: '',
  }
}
