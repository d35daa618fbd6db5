import type { LiveInfo, MemberInfo, Notice, RoomSnapshot } from '../../../src/signaling/protocol'
import type { NoticeEvent, StoredLive, StoredMember, StoredNoticeBody, StoredRoom } from '../store/store'
import { NO_STREAM, streamNameOf } from '../stream-name'
import type { Reach, StreamUrls } from '../stream-urls'

/** The name of the stream that a member of a room publishes. */
export function streamOf(room: string, member: Pick<StoredMember, 'userID' | 'stream'>): string {
  return member.stream || streamNameOf({ roomID: room, userID: member.userID })
}

/** Whether the notice is a message to one user, and not to this one. */
export function isToAnother(notice: StoredNoticeBody, receiver: string): boolean {
  return notice.ev === 'message' && notice.to !== undefined && notice.to !== receiver
}

/** Stored things as one receiver sees them: play URLs lead to the host this receiver came by. */
export class Wire {
  /** Receivers with the same key see the same. */
  readonly key: string

  constructor(
    private readonly urls: StreamUrls,
    private readonly reach: Reach,
  ) {
    this.key = `${reach.secure ? 'https' : 'http'}://${reach.host}`
  }

  member({ room, kind }: Pick<StoredRoom, 'room' | 'kind'>, member: StoredMember): MemberInfo {
    const { userID, userName, userAvatar, audio, video, aux } = member
    const stream = streamOf(room, member)
    const playURL = stream === NO_STREAM ? '' : this.urls.play(this.reach, stream)
    const auxURL = this.urls.play(this.reach, streamNameOf({ roomID: room, userID }, 'aux'))
    const info = { userID, userName, userAvatar, audio, video, playURL, ...(aux && { auxURL }) }
    return kind === 'live_room' ? { ...info, liveURL: this.urls.playFlv(this.reach, stream) } : info
  }

  notice(event: Pick<NoticeEvent, 'room' | 'kind' | 'notice'>, receiver: string): Notice {
    const { notice } = event
    if (isToAnother(notice, receiver)) return { seq: notice.seq, ev: 'whispered' }
    return 'member' in notice ? { ...notice, member: this.member(event, notice.member) } : notice
  }

  snapshot(stored: StoredRoom, receiver: string): RoomSnapshot {
    const { room, roomName, creator, epoch, seq } = stored
    const others = stored.members.filter((member) => member.userID !== receiver)
    const members = others.map((member) => this.member(stored, member))
    return { room, roomName, creator, epoch, seq, members, ...this.live(stored, receiver) }
  }

  /** `live` of a broadcast, nothing of a call. */
  live(stored: StoredRoom, receiver: string): { live?: LiveInfo } {
    if (!stored.live) return {}
    const { audienceCount, presenterAway, links, linkRev } = stored.live
    const own = receiver === stored.creator ? [...links] : links.filter((link) => link.user.userID === receiver)
    const live = { liveURL: this.liveURL(stored), audienceCount, presenterAway, links: own, linkRev }
    const guest = receiver !== stored.creator && stored.members.find(({ userID }) => userID === receiver)
    return { live: guest ? { ...live, pushURL: this.pushURL(stored.room, guest) } : live }
  }

  /** What the audience plays; '' in a call. */
  liveURL(stored: StoredRoom & { readonly live?: StoredLive }): string {
    const presenter = stored.members.find((member) => member.userID === stored.creator)
    return stored.live && presenter ? this.urls.playFlv(this.reach, streamOf(stored.room, presenter)) : ''
  }

  pushURL(room: string, member: Pick<StoredMember, 'userID' | 'stream'>): string {
    return this.urls.push(this.reach, streamOf(room, member))
  }

  /** Where a member publishes its shared screen. */
  auxPushURL(roomID: string, userID: string): string {
    return this.urls.push(this.reach, streamNameOf({ roomID, userID }, 'aux'))
  }
}
