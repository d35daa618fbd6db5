import type { CloseReason } from '../../../src/model'
import type { ClosedFrame, LiveFrame } from '../../../src/signaling/protocol'
import type { StoreEvent } from '../store/store-event'
import type { StoredRoom } from '../store/stored-room'
import { NoticeText } from './notice-text'
import type { Wire } from './wire'

/** What a feed needs of the connection it feeds. */
export interface FeedReceiver {
  readonly id: string
  readonly userID: string
  readonly wire: Wire
  /** @param text a frame, as JSON */
  send(text: string): void
}

/**
 * One room's news on their way to one connection. They are held while a request decides what becomes of the feed:
 * after a join or a resume they must follow its answer, without those that the answer contains; after a leave none come.
 */
export class RoomFeed {
  /** The receiver is leaving by itself and need not be told how the room ends. */
  isLeaving = false
  private held: (NoticeText | string)[] | null = []
  private position: { epoch: string; seq: number } | null = null
  /** How the room has ended for the receiver meanwhile, which is told once nothing is held any more. */
  private ends: { readonly reason: CloseReason; readonly epoch?: string }[] = []

  constructor(
    readonly room: string,
    readonly receiver: FeedReceiver,
    private readonly onEnd: (reason: CloseReason) => void,
  ) {}

  hold(): void {
    this.held ??= []
  }

  /** The answer is out; it contains everything up to `seq`. */
  start({ epoch, seq }: Pick<StoredRoom, 'epoch' | 'seq'>): void {
    this.position = { epoch, seq }
    this.release()
  }

  /** Goes on from where it was. @returns false when it has never started */
  release(): boolean {
    this.isLeaving = false
    if (!this.position) return false
    const held = this.held ?? []
    this.held = null
    for (const each of held) {
      if (typeof each === 'string') this.tell(each)
      else this.pass(each)
    }
    for (const { reason, epoch } of this.ends.splice(0)) this.takeOut(reason, epoch)
    return true
  }

  pass(text: NoticeText): void {
    if (this.held) {
      this.held.push(text)
      return
    }
    const { epoch, kind, notice } = text.event
    if (!this.position || epoch !== this.position.epoch || notice.seq <= this.position.seq) return
    // a guest that gives up its seat goes on watching
    if (notice.ev === 'memberLeft' && notice.userID === this.receiver.userID && kind !== 'live_room') {
      return this.end('kicked')
    }
    this.position.seq = notice.seq
    this.receiver.send(text.for(this.receiver))
  }

  /** News without a number. */
  tell(text: string): void {
    if (this.held) this.held.push(text)
    else if (this.position) this.receiver.send(text)
  }

  /** The room is over for the receiver. @param epoch of the room that is over for all; the receiver may be in a later one */
  takeOut(reason: CloseReason, epoch?: string): void {
    if (this.held) this.ends.push({ reason, epoch })
    else if (this.position && (epoch === undefined || epoch === this.position.epoch)) this.end(reason)
  }

  private end(reason: CloseReason): void {
    // nothing may follow, not even what is held
    this.position = null
    this.onEnd(reason)
  }
}

/** All feeds of this node, and their only source: the store's events. */
export class RoomFeeds {
  private readonly byRoom = new Map<string, Map<string, RoomFeed>>()
  private readonly roomsBy = new Map<string, Set<string>>()

  /** The receiver's feed of a room, held until it is started. */
  open(room: string, receiver: FeedReceiver): RoomFeed {
    const feeds = entryOf(this.byRoom, room, () => new Map<string, RoomFeed>())
    const feed: RoomFeed = entryOf(
      feeds,
      receiver.id,
      () => new RoomFeed(room, receiver, (reason) => this.end(feed, reason)),
    )
    entryOf(this.roomsBy, receiver.id, () => new Set<string>()).add(room)
    feed.hold()
    return feed
  }

  get(room: string, connection: string): RoomFeed | undefined {
    return this.byRoom.get(room)?.get(connection)
  }

  /** Whether anyone here hears of the room. */
  has(room: string): boolean {
    return this.byRoom.has(room)
  }

  close(room: string, connection: string): void {
    const feeds = this.byRoom.get(room)
    if (!feeds?.delete(connection)) return
    if (feeds.size === 0) this.byRoom.delete(room)
    const rooms = this.roomsBy.get(connection)
    rooms?.delete(room)
    if (rooms?.size === 0) this.roomsBy.delete(connection)
  }

  /** The request failed: the feed goes on from where it was, and is gone if it has never started. */
  giveBack(feed: RoomFeed): void {
    if (!feed.release()) this.close(feed.room, feed.receiver.id)
  }

  roomsOf(connection: string): string[] {
    return [...(this.roomsBy.get(connection) ?? [])]
  }

  /** Tells everyone in the room who is here; `frameFor` says what (the same object is written once), null = nothing. */
  tell(room: string, frameFor: (receiver: FeedReceiver) => LiveFrame | null): void {
    const texts = new Map<LiveFrame, string>()
    for (const feed of [...(this.byRoom.get(room)?.values() ?? [])]) {
      const frame = frameFor(feed.receiver)
      if (frame) feed.tell(entryOf(texts, frame, () => JSON.stringify(frame)))
    }
  }

  /** @returns whether anyone here hears of the room */
  handle(event: StoreEvent): boolean {
    if (!('room' in event)) return false
    const feeds = this.byRoom.get(event.room)
    if (feeds) this.pass(event, feeds)
    return feeds !== undefined
  }

  private pass(event: StoreEvent, feeds: ReadonlyMap<string, RoomFeed>): void {
    switch (event.type) {
      case 'notice': {
        const text = new NoticeText(event)
        for (const feed of [...feeds.values()]) feed.pass(text)
        return
      }
      case 'replaced':
        return feeds.get(event.connection)?.takeOut('replaced')
      case 'out':
        return feeds.get(event.connection)?.takeOut('kicked')
      case 'destroyed':
        for (const feed of [...feeds.values()]) feed.takeOut('destroyed', event.epoch)
        return
    }
  }

  private end(feed: RoomFeed, reason: CloseReason): void {
    this.close(feed.room, feed.receiver.id)
    if (feed.isLeaving) return
    const frame: ClosedFrame = { room: feed.room, closed: reason }
    feed.receiver.send(JSON.stringify(frame))
  }
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const existing = map.get(key)
  if (existing !== undefined) return existing
  const made = make()
  map.set(key, made)
  return made
}
