import { streamIdOf, type Member, type RosterSnapshot, type Stream, type StreamKind } from '../../model'
import type { MemberInfo, Notice, NoticeFrame, RoomSnapshot } from '../../signaling/protocol'
import type { TypedEmitter } from '../../util/emitter'
import type { ProviderEvents } from '../provider'

/** gap: something was missed and has to be asked for. */
export type FeedVerdict = 'applied' | 'duplicate' | 'gap'

/**
 * What one member knows of a room: a snapshot, kept up to date by numbered notices. Whatever changes is emitted;
 * one's own doings are not news and are left out.
 */
export class RoomFeed {
  private readonly members = new Map<string, MemberInfo>()
  private head: Pick<RoomSnapshot, 'room' | 'roomName' | 'creator' | 'epoch' | 'seq'> | null = null

  constructor(
    private readonly selfId: string,
    private readonly events: Pick<TypedEmitter<ProviderEvents>, 'emit'>,
  ) {}

  /** Where the feed stands; null before the first snapshot. */
  get position(): { readonly room: string; readonly epoch: string; readonly seq: number } | null {
    return this.head
  }

  roster(): RosterSnapshot {
    const { room = '', roomName = '', creator = '' } = this.head ?? {}
    return { roomId: room, roomName, creator, members: [...this.members.values()].map(memberOf) }
  }

  /** Takes a snapshot as the truth. The first one is silent, later ones emit how the room differs from what was known. */
  load(snapshot: RoomSnapshot): void {
    const isFirst = this.head === null
    const { room, roomName, creator, epoch, seq } = snapshot
    this.head = { room, roomName, creator, epoch, seq }
    const before = new Map(this.members)
    this.members.clear()
    const others = snapshot.members.filter((member) => member.userID !== this.selfId)
    for (const member of others) this.members.set(member.userID, member)
    if (isFirst) return
    for (const userID of before.keys()) {
      if (!this.members.has(userID)) this.events.emit('memberLeft', userID, 'lost')
    }
    for (const member of others) this.emitChange(before.get(member.userID), member)
  }

  take(frame: Pick<NoticeFrame, 'epoch' | 'notice'>): FeedVerdict {
    if (!this.head || frame.epoch !== this.head.epoch) return 'gap'
    if (frame.notice.seq <= this.head.seq) return 'duplicate'
    if (frame.notice.seq > this.head.seq + 1) return 'gap'
    this.head = { ...this.head, seq: frame.notice.seq }
    this.apply(frame.notice)
    return 'applied'
  }

  /** Takes over a URL that was signed anew; nothing to tell anybody. */
  renewUrl(userID: string, urls: Pick<MemberInfo, 'playURL' | 'liveURL' | 'auxURL'>): void {
    const member = this.members.get(userID)
    if (member) this.members.set(userID, { ...member, ...urls })
  }

  private apply(notice: Notice): void {
    switch (notice.ev) {
      case 'memberJoined':
      case 'memberUpdated': {
        const { member } = notice
        if (member.userID === this.selfId) return
        const before = this.members.get(member.userID)
        this.members.set(member.userID, member)
        return this.emitChange(before, member)
      }
      case 'memberLeft':
        if (this.members.delete(notice.userID)) this.events.emit('memberLeft', notice.userID, notice.reason)
        return
      case 'message': {
        const { kind, from, data, time, to } = notice
        const isDirect = to === undefined ? {} : { isDirect: true }
        if (from.userID !== this.selfId) this.events.emit('message', { kind, from, data, time, ...isDirect })
      }
    }
  }

  private emitChange(before: MemberInfo | undefined, now: MemberInfo): void {
    if (!before) this.events.emit('memberJoined', memberOf(now))
    else if (differs(before, now)) this.events.emit('memberUpdated', memberOf(now))
  }
}

/** A URL that was merely signed anew is no difference: whoever plays it goes on playing. */
function differs(a: MemberInfo, b: MemberInfo): boolean {
  return (
    a.userName !== b.userName ||
    a.userAvatar !== b.userAvatar ||
    a.audio !== b.audio ||
    a.video !== b.video ||
    (a.playURL === '') !== (b.playURL === '') ||
    !a.auxURL !== !b.auxURL
  )
}

function memberOf(info: MemberInfo): Member {
  const { userID, userName, userAvatar, playURL, liveURL = '', auxURL = '' } = info
  // microphone and camera say nothing about a shared screen
  const screen = streamOf({ ...info, audio: true, video: true }, 'aux', auxURL)
  const streams = [streamOf(info, 'main', playURL), streamOf(info, 'live', liveURL), screen]
  return { userID, userName, userAvatar, streams: streams.filter(({ url }) => url !== '') }
}

function streamOf({ userID, audio, video }: MemberInfo, kind: StreamKind, url: string): Stream {
  return { streamId: streamIdOf(userID, kind), userID, kind, url, hasAudio: audio, hasVideo: video }
}
