import { streamIdOf } from '../../model'
import type { Member, Stream, StreamKind } from '../../model'
import type { TypedEmitter } from '../../util/emitter'
import type { ProviderEvents } from '../provider'
import type { RoomReport, StreamNews } from './room-report'
import { playUrl } from './room-url'

interface User {
  /** The microphone; every stream of the user says so. */
  audio: boolean
  readonly streams: Map<StreamKind, Pick<Stream, 'url' | 'hasVideo'>>
  /** The room has spoken of the user since it was entered last. */
  confirmed: boolean
}

/** Reports that change who is in the room and what they send. */
export type RosterReport = Extract<RoomReport, { type: 'listed' | 'joined' | 'left' | 'video' | 'audio' }>

/**
 * Who is in a TRTC room, from what the live-pusher reports. A member's main stream comes with the first sound or
 * picture and stays until they leave, so that switching the microphone or the camera moves no live-player; a shared
 * screen and a small picture come and go. Whatever changes is emitted, once a report and member.
 */
export class TrtcRoster {
  private readonly users = new Map<string, User>()

  constructor(
    private readonly selfId: string,
    private readonly events: Pick<TypedEmitter<ProviderEvents>, 'emit'>,
  ) {}

  get members(): Member[] {
    return [...this.users].map(([userID, user]) => memberOf(userID, user))
  }

  /** '' when the stream is not in the room */
  urlOf({ userID, kind }: Pick<Stream, 'userID' | 'kind'>): string {
    return this.users.get(userID)?.streams.get(kind)?.url ?? ''
  }

  take(report: RosterReport): void {
    const before = new Map(this.members.map((member) => [member.userID, member]))
    this.apply(report)
    for (const userID of before.keys()) {
      if (!this.users.has(userID)) this.events.emit('memberLeft', userID, 'left')
    }
    for (const now of this.members) this.tell(before.get(now.userID), now)
  }

  /** The room has been entered anew: who is still there will be told, who left meanwhile will not. */
  doubt(): void {
    for (const user of this.users.values()) user.confirmed = false
  }

  /** Nobody has spoken of them for long enough since {@link doubt}. */
  dropDoubted(): void {
    for (const [userID, { confirmed }] of [...this.users]) {
      if (confirmed) continue
      this.users.delete(userID)
      this.events.emit('memberLeft', userID, 'lost')
    }
  }

  private apply(report: RosterReport): void {
    switch (report.type) {
      case 'listed':
        this.doubt()
        for (const userID of report.userIDs) this.user(userID)
        for (const stream of report.streams) this.listed(stream)
        for (const [userID, { confirmed }] of [...this.users]) if (!confirmed) this.users.delete(userID)
        return
      case 'joined':
        return report.userIDs.forEach((userID) => this.user(userID))
      case 'left':
        return report.userIDs.forEach((userID) => this.users.delete(userID))
      case 'video':
        return report.streams.forEach((news) => this.video(news))
      case 'audio':
        return report.streams.forEach((news) => this.audio(news))
    }
  }

  /** The list does not say what is sent: who is not known yet counts as heard and seen. */
  private listed({ userID, kind, url }: Omit<StreamNews, 'on'>): void {
    const user = this.user(userID)
    if (!user) return
    const known = user.streams.get(kind)
    if (known) {
      if (url) user.streams.set(kind, { ...known, url })
    } else if (url) {
      user.audio = true
      user.streams.set(kind, { url, hasVideo: true })
    }
  }

  private video({ userID, kind, url, on }: StreamNews): void {
    const user = this.user(userID)
    if (!user) return
    const known = user.streams.get(kind)
    if (on) user.streams.set(kind, { url: url || known?.url || playUrl(userID, kind), hasVideo: true })
    else if (kind !== 'main') user.streams.delete(kind)
    else if (known) user.streams.set(kind, { ...known, hasVideo: false })
  }

  private audio({ userID, url, on }: StreamNews): void {
    const user = this.user(userID)
    if (!user) return
    user.audio = on
    if (!on || user.streams.has('main')) return
    user.streams.set('main', { url: url || playUrl(userID, 'main'), hasVideo: false })
  }

  /** Comes in with the first word about them. undefined: oneself, who is not on the roster */
  private user(userID: string): User | undefined {
    if (userID === this.selfId) return undefined
    const user = this.users.get(userID) ?? { audio: false, streams: new Map(), confirmed: true }
    user.confirmed = true
    this.users.set(userID, user)
    return user
  }

  private tell(before: Member | undefined, now: Member): void {
    if (!before) this.events.emit('memberJoined', now)
    else if (JSON.stringify(before) !== JSON.stringify(now)) this.events.emit('memberUpdated', now)
  }
}

function memberOf(userID: string, { audio, streams }: User): Member {
  return {
    userID,
    // TRTC knows no names
    userName: '',
    userAvatar: '',
    streams: [...streams].map(([kind, { url, hasVideo }]) => ({
      streamId: streamIdOf(userID, kind),
      userID,
      kind,
      url,
      hasAudio: audio,
      hasVideo,
    })),
  }
}
