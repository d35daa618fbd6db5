import type { RoomEventDetail } from '../../components/shared/room-events'
import type { RtcRoomProperties } from '../../components/rtc-room/props'
import type { ErrorCode } from '../../src/errors'
import { LAYOUTS } from '../../src/view/layouts'
import type { LayoutName } from '../../src/view/layouts'
import type { NativeTag } from '../support/session/native-tag'
import { ME, ROOM, ScriptedSession, type ScriptedSessionOptions } from '../support/session/scripted-session'

const CHAT_EVERY_MS = 730
const RESTART_MS = 1_000

/** A scripted call in which things can be broken, and what has to be the same after it was mended. */
export class FaultCall extends ScriptedSession {
  /** Texts that were sent by oneself, in order. */
  readonly sent: string[] = []
  private chatting = false
  private messageCount = 0

  constructor(options: ScriptedSessionOptions) {
    super(options)
  }

  get link() {
    return this.device.link
  }

  get platform() {
    return this.device.platform
  }

  get publisherTag(): NativeTag {
    const tag = this.native.tag('publisher')
    if (!tag) throw new Error('there is no live-pusher on the page')
    return tag
  }

  playerTag(slot: number): NativeTag {
    const tag = this.native.tag(`player${slot}`)
    if (!tag) throw new Error(`there is no live-player in slot ${slot}`)
    return tag
  }

  wait(ms: number): Promise<void> {
    return this.world.clock.advance(ms)
  }

  /** The page changes attributes of its tag. */
  set(properties: RtcRoomProperties): void {
    this.room.change(properties)
  }

  /** Leaves nothing as it is by default, so that whatever a recovery forgets shows. */
  async choose(): Promise<void> {
    this.set({
      muted: true,
      enableCamera: false,
      beauty: 8,
      whiteness: 3,
      minBitrate: 300,
      pusherOptions: { filter: 'pink', audioReverbType: 2 },
      playerOptions: { soundMode: 'ear' },
    })
    // a camera that is switched restarts the tag, which would forget the levels by itself
    await this.wait(RESTART_MS)
    const { device } = this.room.controller.active()
    const setting = [
      device.own('setMICVolume', { volume: 0.3 }),
      device.own('setBGMVolume', { volume: 0.2 }),
      device.own('setZoom', { zoom: 2 }),
    ]
    await this.world.clock.settle(Promise.all(setting))
  }

  /** Everyone talks, at a steady pace, until {@link endChat}. */
  chat(): void {
    this.chatting = true
    const tick = (): void => {
      if (!this.chatting) return
      this.messageCount += 1
      this.say(`theirs ${this.messageCount}`)
      this.tell(`mine ${this.messageCount}`)
      this.world.clock.setTimer(CHAT_EVERY_MS, tick)
    }
    tick()
  }

  endChat(): void {
    this.chatting = false
  }

  private tell(text: string): void {
    this.sent.push(text)
    this.room.controller
      .active()
      .send({ kind: 'text', data: text })
      .catch(() => undefined)
  }

  /** Sockets break, no media pass, the phone says so. */
  networkDown(): void {
    this.socketsDown()
    this.native.network.isReachable = false
    this.platform.goOffline()
  }

  networkUp(): void {
    this.link.refusing = false
    this.native.network.isReachable = true
    this.platform.goOnline()
  }

  /** Nobody listens at the server's address; the phone's network is well. */
  socketsDown(): void {
    this.link.refusing = true
    this.link.cut()
  }

  socketsUp(): void {
    this.link.refusing = false
  }

  /** The next requests of this kind are answered with an error, and never reach the server. */
  refuseNext(op: string, code: ErrorCode, times: number): void {
    for (let n = 0; n < times; n += 1) {
      this.link.loseNext('up', (text) => {
        const frame = JSON.parse(text) as { id: string; op: string }
        if (frame.op !== op) return false
        this.link.inject(JSON.stringify({ re: frame.id, error: { code, message: 'refused by the test' } }))
        return true
      })
    }
  }

  /** The user leaves the mini program: its streams are taken away. */
  background(): void {
    this.suspend(5000)
  }

  phoneCall(): void {
    this.suspend(5001)
  }

  foreground(): void {
    this.platform.thaw()
    this.platform.foreground()
  }

  private suspend(code: number): void {
    this.publisherTag.die(code)
    for (const player of this.native.players) player.die(6000)
  }

  /** Pictures flow both ways, the room is joined with the server's roster, and the page shows nothing but that. */
  get isWell(): boolean {
    const { page, native } = this
    return (
      this.room.controller.room.phase === 'joined' &&
      page.phase === 'joined' &&
      this.room.isScreenKept &&
      page.notice === null &&
      page.publisher.state === 'playing' &&
      native.all.every((tag) => tag.flowing) &&
      this.shownPlayers.length === this.expectedPlayers &&
      this.shownPlayers.every(({ state }) => state === 'playing') &&
      same(this.roster, this.crowd.names)
    )
  }

  /** Why {@link isWell} is not true. */
  get condition(): string {
    const { page } = this
    const players = this.shownPlayers.map(({ userID, state }) => `${userID} ${state}`)
    return `${page.phase}, notice ${page.notice?.code ?? 'none'}, publisher ${page.publisher.state}, players ${players.join(', ') || 'none'}, roster ${this.roster.join(', ') || 'empty'}`
  }

  get roster(): string[] {
    return [...this.room.controller.room.roster.keys()]
  }

  private get expectedPlayers(): number {
    const seats = LAYOUTS[this.page.layout as LayoutName].seats
    return Math.min(this.crowd.names.length, seats - 1)
  }

  /** Who the server thinks is in the room. */
  async serverRoster(): Promise<string[]> {
    const stored = await this.world.hub.context.store.get(ROOM)
    return (stored?.members ?? []).map(({ userID }) => userID)
  }

  async rosterProblems(): Promise<string[]> {
    const server = await this.serverRoster()
    const problems: string[] = []
    if (!server.includes(ME)) problems.push('the server does not have us in the room')
    if (
      !same(
        server.filter((userID) => userID !== ME),
        this.roster,
      )
    ) {
      problems.push(`roster: the server has ${server.join(', ')}, we have ${this.roster.join(', ')}`)
    }
    return problems
  }

  /** Each text exactly once, what others said in its order. */
  messageProblems(): string[] {
    const heard = this.events.filter(({ tag }) => tag === 'recvTextMsg').map(({ detail }) => String(detail))
    const [listener = ''] = this.crowd.names
    return [
      ...differences('of others', this.said, heard),
      ...differences('of ours', this.sent, this.crowd.heardBy(listener)),
    ]
  }

  /** What the user has chosen and what is shown: the same after every recovery. */
  get choices(): string {
    const { publisher, pusherOptions, playerOptions } = this.page
    const { muted, camera, beauty, whiteness, devicePosition, mode, minBitrate } = publisher
    const levels = [...(this.native.tag('publisher')?.levels ?? [])].sort()
    const streams = this.shownPlayers.map(({ slot, streamId }) => `${slot}=${streamId}`)
    const paused = this.native.all.map((tag) => (tag.paused ? 'paused' : 'on'))
    return JSON.stringify({
      layout: this.page.layout,
      publisher: { muted, camera, beauty, whiteness, devicePosition, mode, minBitrate },
      pusherOptions,
      playerOptions,
      levels,
      streams,
      paused,
    })
  }
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify([...left].sort()) === JSON.stringify([...right].sort())
}

function differences(whose: string, sent: readonly string[], heard: readonly string[]): string[] {
  const lost = sent.filter((text) => !heard.includes(text))
  const doubled = heard.filter((text, index) => heard.indexOf(text) !== index)
  const problems: string[] = []
  if (lost.length > 0) problems.push(`messages ${whose} lost: ${lost.join(', ')}`)
  if (doubled.length > 0) problems.push(`messages ${whose} doubled: ${doubled.join(', ')}`)
  if (problems.length === 0 && JSON.stringify(sent) !== JSON.stringify(heard)) {
    problems.push(`messages ${whose} out of order: ${heard.join(', ')}`)
  }
  return problems
}

const LIVE_NEWS = ['linkOff', 'linkOn', 'presenterAway', 'joinPusherEnded']

/** What a page learns, in a few words; null for what is no news of a fault. */
export function wordOf(event: RoomEventDetail): string | null {
  if (LIVE_NEWS.includes(event.tag)) return event.tag
  switch (event.tag) {
    case 'stateChange':
      return `stateChange ${event.detail.phase}`
    case 'reconnecting':
    case 'reconnected':
      return `${event.tag} ${event.detail.target}`
    case 'memberJoin':
    case 'memberLeave':
      return `${event.tag} ${event.detail.userID}`
    case 'roomClosed':
      return `roomClosed ${event.detail.reason}`
    case 'error':
      return `error ${event.error.code}`
    default:
      return null
  }
}
