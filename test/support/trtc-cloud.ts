import type { RawMediaEvent } from '../../src/media/raw-event'
import type { VirtualClock } from './virtual-clock'

const ONE_WAY_MS = 50

type Listener = (event: RawMediaEvent) => void

/** Tencent's TRTC in virtual time, as far as live-pushers report it by their codes. */
export class TrtcCloud {
  private readonly rooms = new Map<string, TrtcTag[]>()

  constructor(readonly clock: VirtualClock) {}

  /** In the order of entering. */
  room(id: string): TrtcTag[] {
    const room = this.rooms.get(id) ?? []
    this.rooms.set(id, room)
    return room
  }
}

/** One live-pusher: starting it enters the room that its URL names, stopping it leaves. */
export class TrtcTag {
  userID = ''
  private roomId = ''
  private isOffline = false

  constructor(
    private readonly cloud: TrtcCloud,
    private readonly listener: Listener,
  ) {}

  start(url: string): void {
    const [, roomId = ''] = /[?&](?:str)?roomid=([^&]+)/.exec(url) ?? []
    const [, userID = ''] = /[?&]userid=([^&]+)/.exec(url) ?? []
    if (!url.startsWith('room://cloud.tencent.com') || !roomId || !userID) throw new Error(`no room is at ${url}`)
    Object.assign(this, { roomId, userID })
    const others = [...this.others()]
    this.cloud.room(roomId).push(this)
    this.report(1018, 'Enter room success')
    if (others.length > 0)
      this.report(
        1020,
        listOf(others, ({ playurl }) => ({ playurl })),
      )
    for (const other of others) other.hears(this)
  }

  stop(): void {
    const room = this.cloud.room(this.roomId)
    if (!room.includes(this)) return
    room.splice(room.indexOf(this), 1)
    for (const other of room) other.report(1032, listOf([this]))
  }

  /** Nothing comes through until {@link mend}, by which the tag has entered again. */
  cut(): void {
    this.isOffline = true
  }

  mend(): void {
    this.isOffline = false
    this.report(1021, 'network type changed')
    this.report(1018, 'Enter room success')
    this.report(
      1020,
      listOf(this.others(), ({ playurl }) => ({ playurl })),
    )
  }

  get playurl(): string {
    return `room://cloud.tencent.com/rtc?userid=${this.userID}&streamtype=main`
  }

  private others(): TrtcTag[] {
    return this.cloud.room(this.roomId).filter((tag) => tag !== this)
  }

  /** Somebody enters, then sends sound and a picture. */
  private hears(newcomer: TrtcTag): void {
    this.report(1031, listOf([newcomer]))
    this.report(
      1033,
      listOf([newcomer], ({ playurl }) => ({ playurl, streamtype: 'main', hasvideo: true })),
    )
    this.report(
      1034,
      listOf([newcomer], ({ playurl }) => ({ playurl, hasaudio: true })),
    )
  }

  private report(code: number, message: string): void {
    this.cloud.clock.setTimer(ONE_WAY_MS, () => {
      if (!this.isOffline) this.listener({ target: 'publisher', type: 'statechange', code, message })
    })
  }
}

function listOf(tags: readonly TrtcTag[], more: (tag: TrtcTag) => object = () => ({})): string {
  return JSON.stringify({ userlist: tags.map((tag) => ({ userid: tag.userID, ...more(tag) })) })
}
