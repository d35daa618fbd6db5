import type { UserInfo } from '../../../src/model'
import type { AudienceFrame, AwayFrame, LinkFrame, LiveFrame, MuteFrame } from '../../../src/signaling/protocol'
import type { Clock } from '../clock'
import type { LiveEvent, StoreEvent } from '../store/store-event'
import type { RoomFeeds } from './room-feed'

/** The audience is told of at most this often, however many come and go. */
const AUDIENCE_NEWS_MS = 1_000
/** Names in one piece of news. */
const MAX_NAMES = 20

type AudienceEvent = Extract<LiveEvent, { type: 'audience' }>

interface Batch {
  readonly entered: Map<string, UserInfo>
  readonly left: Map<string, UserInfo>
  latest: AudienceEvent | null
  cancel: () => void
}

/** Tells the people of live_rooms what has no number; whatever happens to the audience is told in batches. */
export class LiveNews {
  private readonly batches = new Map<string, Batch>()

  constructor(
    private readonly feeds: Pick<RoomFeeds, 'tell' | 'has'>,
    private readonly clock: Clock,
  ) {}

  handle(event: StoreEvent): void {
    if (!('room' in event)) return
    const { room } = event
    switch (event.type) {
      case 'link':
        return this.tellLink(event)
      case 'muted': {
        const frame: MuteFrame = { room, muted: true }
        return this.feeds.tell(room, ({ userID }) => (userID === event.userID ? frame : null))
      }
      case 'away': {
        const frame: AwayFrame = { room, presenterAway: event.away }
        return this.feeds.tell(room, () => frame)
      }
      case 'audience':
        return this.collect(event)
      case 'destroyed':
        return this.forget(room)
    }
  }

  close(): void {
    for (const room of [...this.batches.keys()]) this.forget(room)
  }

  private tellLink({ room, presenter, link, seat }: Extract<LiveEvent, { type: 'link' }>): void {
    const frame: LinkFrame = { room, link }
    const guest = link.user.userID
    this.feeds.tell(room, ({ userID, wire }): LiveFrame | null => {
      if (userID === presenter) return frame
      if (userID !== guest) return null
      return link.phase === 'on' ? { ...frame, pushURL: wire.pushURL(room, { userID, stream: '' }, seat) } : frame
    })
  }

  private collect(event: AudienceEvent): void {
    const { room, entered, left } = event
    if (!this.feeds.has(room)) return
    const running = this.batches.get(room)
    const batch = running ?? { entered: new Map(), left: new Map(), latest: null, cancel: () => undefined }
    batch.latest = event
    if (entered) note(entered, batch.entered, batch.left)
    if (left) note(left, batch.left, batch.entered)
    if (running) return
    this.batches.set(room, batch)
    // the first news goes at once, what follows within the second waits for its end
    batch.cancel = this.clock.setTimer(0, () => this.flush(room))
  }

  private flush(room: string): void {
    const batch = this.batches.get(room)
    if (!batch) return
    const { latest } = batch
    if (!latest) return void this.batches.delete(room)
    const forAll: AudienceFrame = { room, audience: { count: latest.count } }
    const forPresenter: AudienceFrame = {
      room,
      audience: { count: latest.count, entered: names(batch.entered), left: names(batch.left) },
    }
    this.feeds.tell(room, ({ userID }) => (userID === latest.presenter ? forPresenter : forAll))
    batch.latest = null
    batch.entered.clear()
    batch.left.clear()
    batch.cancel = this.clock.setTimer(AUDIENCE_NEWS_MS, () => this.flush(room))
  }

  private forget(room: string): void {
    this.batches.get(room)?.cancel()
    this.batches.delete(room)
  }
}

/** Whoever comes and goes within one batch is not news. */
function note(user: UserInfo, into: Map<string, UserInfo>, opposite: Map<string, UserInfo>): void {
  if (!opposite.delete(user.userID)) into.set(user.userID, user)
}

function names(users: Map<string, UserInfo>): UserInfo[] {
  return [...users.values()].slice(0, MAX_NAMES)
}
