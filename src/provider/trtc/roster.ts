import { streamIdOf } from '../../model'
import type { Member, Stream, StreamKind } from '../../model'
import type { TypedEmitter } from '../../util/emitter'
import type { ProviderEvents } from '../provider'
import type { RoomReport, UserNews } from './room-report'
import { playUrl } from './room-url'

type Sent = Pick<Stream, 'url' | 'hasVideo'>

interface User {
  /** The microphone; every stream of the user says so. */
  audio: boolean
  readonly streams: Map<StreamKind, Sent>
  /** The room has spoken of the user since it was entered last. */
  confirmed: boolean
}

/** Reports that change who is in the room and what they send. */
export type RosterReport = Extract<RoomReport, { users: unknown }>

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

  take({ type, users }: RosterReport): void {
    const before = new Map(this.members.map((member) => [member.userID, member]))
    if (type === 'listed') this.doubt()
    for (const news of users) this.apply(type, news)
    if (type === 'listed') this.drop()
    for (const userID of before.keys()) {
      if (!this.users.has(userID)) this.events.emit('memberLeft', userID, 'left')
    }
    for (const now of this.members) {
      const known = before.get(now.userID)
      if (!known) this.events.emit('memberJoined', now)
      else if (JSON.stringify(known) !== JSON.stringify(now)) this.events.emit('memberUpdated', now)
    }
  }

  /** The room has been entered anew: who is still there will be told, who left meanwhile will not. */
  doubt(): void {
    for (const user of this.users.values()) user.confirmed = false
  }

  /** Nobody has spoken of them for long enough since {@link doubt}. */
  dropDoubted(): void {
    for (const userID of this.drop()) this.events.emit('memberLeft', userID, 'lost')
  }

  private drop(): string[] {
    const doubted = [...this.users].filter(([, { confirmed }]) => !confirmed).map(([userID]) => userID)
    for (const userID of doubted) this.users.delete(userID)
    return doubted
  }

  /** Whoever is spoken of is in the room; oneself is not on the roster. */
  private apply(type: RosterReport['type'], news: UserNews): void {
    const { userID, kind } = news
    const isOfStream = type === 'video' || type === 'audio'
    if (userID === this.selfId || (isOfStream && !kind)) return
    if (type === 'left') return void this.users.delete(userID)
    const user = this.users.get(userID) ?? { audio: false, streams: new Map<StreamKind, Sent>(), confirmed: true }
    user.confirmed = true
    this.users.set(userID, user)
    if (!kind) return
    if (type === 'listed') list(user, kind, news)
    if (type === 'video') show(user, kind, news)
    if (type === 'audio') hear(user, news)
  }
}

/** The list does not say what is sent: who is not known yet counts as heard and seen. */
function list(user: User, kind: StreamKind, { url }: UserNews): void {
  if (!url) return
  const known = user.streams.get(kind)
  if (!known) user.audio = true
  user.streams.set(kind, { hasVideo: true, ...known, url })
}

function show({ streams }: User, kind: StreamKind, { userID, url, on }: UserNews): void {
  const known = streams.get(kind)
  if (on) streams.set(kind, { url: url || known?.url || playUrl(userID, kind), hasVideo: true })
  else if (kind !== 'main') streams.delete(kind)
  else if (known) streams.set(kind, { ...known, hasVideo: false })
}

function hear(user: User, { userID, url, on }: UserNews): void {
  user.audio = on
  if (on && !user.streams.has('main'))
    user.streams.set('main', { url: url || playUrl(userID, 'main'), hasVideo: false })
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
