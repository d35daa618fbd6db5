import type { LiveInfo, MemberInfo, Notice, RoomSnapshot } from '../../../src/signaling/protocol'
import type { NoticeEvent } from '../store/store-event'
import type { StoredLive, StoredMember, StoredNoticeBody, StoredRoom } from '../store/stored-room'
import { NO_STREAM, streamNameOf } from '../stream-name'
import type { Reach, StreamUrls } from '../stream-urls'
import { makeTicket } from '../tickets/stream-ticket'

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

  /** @param login the receiver's at the moment: its push URLs end with it */
  constructor(
    private readonly urls: StreamUrls,
    private readonly reach: Reach,
    private readonly login: () => string = () => '',
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

  snapshot(stored: StoredRoom, receiver: string, seat: string): RoomSnapshot {
    const { room, roomName, creator, epoch, seq, record } = stored
    const others = stored.members.filter((member) => member.userID !== receiver)
    const members = others.map((member) => this.member(stored, member))
    return {
      room,
      roomName,
      creator,
      epoch,
      seq,
      members,
      ...this.live(stored, receiver, seat),
      ...(record && { record }),
    }
  }

  /** `live` of a broadcast, nothing of a call. */
  live(stored: StoredRoom, receiver: string, seat: string): { live?: LiveInfo } {
    if (!stored.live) return {}
    const { audienceCount, presenterAway, links, linkRev } = stored.live
    const own = receiver === stored.creator ? [...links] : links.filter((link) => link.user.userID === receiver)
    const live = { liveURL: this.liveURL(stored), audienceCount, presenterAway, links: own, linkRev }
    const guest = receiver !== stored.creator && stored.members.find(({ userID }) => userID === receiver)
    return { live: guest ? { ...live, pushURL: this.pushURL(stored.room, guest, seat) } : live }
  }

  /** What the audience plays; '' in a call. */
  liveURL(stored: StoredRoom & { readonly live?: StoredLive }): string {
    const presenter = stored.members.find((member) => member.userID === stored.creator)
    return stored.live && presenter ? this.urls.playFlv(this.reach, streamOf(stored.room, presenter)) : ''
  }

  /** Good as long as the receiver's login and its seat. */
  pushURL(room: string, member: Pick<StoredMember, 'userID' | 'stream'>, seat: string): string {
    return this.urls.push(this.reach, streamOf(room, member), this.ticket(seat))
  }

  /** Where a member publishes its shared screen. */
  auxPushURL(roomID: string, userID: string, seat: string): string {
    return this.urls.push(this.reach, streamNameOf({ roomID, userID }, 'aux'), this.ticket(seat))
  }

  private ticket(seat: string): string {
    return makeTicket({ login: this.login(), seat })
  }
}
