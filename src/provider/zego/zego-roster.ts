import { streamIdOf, type Member, type Stream, type StreamKind, type UserInfo } from '../../model'
import type { TypedEmitter } from '../../util/emitter'
import type { ProviderEvents } from '../provider'
import type { ZegoStream, ZegoStreamNote, ZegoUser } from './engine'
import { readStreamNote } from './stream-note'

interface KnownStream {
  readonly zegoId: string
  readonly url: string
  /** HTTP-FLV of the CDN, or '' */
  readonly flvUrl: string
  readonly extraInfo: string
}

interface Known {
  userName: string
  readonly streams: Map<string, KnownStream>
}

/** A user's first stream, and a second one; ZEGO would allow more. */
const KINDS: readonly StreamKind[] = ['main', 'aux']

/**
 * Who is in a ZEGO room, in the order of joining, and what they send. ZEGO names streams as it likes: here they have
 * the names of the model. Once it is opened, whatever changes is emitted.
 */
export class ZegoRoster {
  private readonly users = new Map<string, Known>()
  private isOpen = false

  constructor(
    private readonly selfId: string,
    /** A broadcast lists those who send, with a stream for the audience; a call lists everyone. */
    private readonly isLive: boolean,
    private readonly events: Pick<TypedEmitter<ProviderEvents>, 'emit'>,
  ) {}

  get members(): Member[] {
    const shown: Member[] = []
    for (const userID of this.users.keys()) {
      const member = this.memberOf(userID)
      if (member) shown.push(member)
    }
    return shown
  }

  /** The one who presents in a broadcast, '' while that is not known. */
  get presenter(): string {
    for (const [userID, { streams }] of this.users) {
      for (const { extraInfo } of streams.values()) if (readStreamNote(extraInfo).presenter) return userID
    }
    return ''
  }

  /** From now on changes are news. */
  open(): void {
    this.isOpen = true
  }

  usersCame(users: readonly ZegoUser[]): void {
    for (const { userID, userName = '' } of users) {
      this.change(userID, () => {
        const known = this.users.get(userID) ?? { userName, streams: new Map() }
        // ZEGO lists users in the order of joining, but may tell their streams first
        if (!this.isOpen) this.users.delete(userID)
        this.users.set(userID, { ...known, userName: userName || known.userName })
      })
    }
  }

  usersLeft(users: readonly ZegoUser[]): void {
    for (const { userID } of users) this.change(userID, () => void this.users.delete(userID))
  }

  streamCame({ streamID, user, extraInfo, urlsHttpsFLV: flvUrl }: ZegoStream, url: string): void {
    const { userID, userName = '' } = user
    this.change(userID, () => {
      const known = this.users.get(userID) ?? { userName, streams: new Map() }
      known.streams.set(streamID, { zegoId: streamID, url, flvUrl, extraInfo })
      this.users.set(userID, known)
    })
  }

  streamLeft(streamID: string): void {
    const owner = this.ownerOf(streamID)
    if (owner) this.change(owner, () => void this.users.get(owner)?.streams.delete(streamID))
  }

  noteChanged({ streamID, extraInfo }: ZegoStreamNote): void {
    const owner = this.ownerOf(streamID)
    if (!owner) return
    this.change(owner, () => {
      const streams = this.users.get(owner)?.streams
      const stream = streams?.get(streamID)
      if (stream) streams?.set(streamID, { ...stream, extraInfo })
    })
  }

  /** Nobody is known any more: another login tells who is there. */
  clear(): void {
    for (const userID of [...this.users.keys()]) this.change(userID, () => void this.users.delete(userID), 'lost')
  }

  ownerOf(zegoId: string): string | undefined {
    for (const [userID, { streams }] of this.users) if (streams.has(zegoId)) return userID
    return undefined
  }

  userOf(userID: string, userName = ''): UserInfo {
    const member = this.memberOf(userID)
    return {
      userID,
      userName: member?.userName ?? (userName || (this.users.get(userID)?.userName ?? '')),
      userAvatar: member?.userAvatar ?? '',
    }
  }

  /** What ZEGO knows of a stream of the model. */
  zegoStreamOf({ userID, kind }: Pick<Stream, 'userID' | 'kind'>): KnownStream | undefined {
    const streams = [...(this.users.get(userID)?.streams.values() ?? [])]
    return streams[kind === 'live' ? 0 : KINDS.indexOf(kind)]
  }

  /** What ZEGO's stream is called here: in a broadcast it is the live one as well. */
  streamsOfZego(zegoId: string): readonly Stream[] {
    const { streams = [] } = this.memberOf(this.ownerOf(zegoId) ?? '') ?? {}
    return streams.filter((stream) => this.zegoStreamOf(stream)?.zegoId === zegoId)
  }

  private change(userID: string, act: () => void, leaveReason: 'left' | 'lost' = 'left'): void {
    if (userID === this.selfId) return
    const before = this.memberOf(userID)
    act()
    if (!this.isOpen) return
    const after = this.memberOf(userID)
    if (!before && after) this.events.emit('memberJoined', after)
    else if (before && !after) this.events.emit('memberLeft', userID, leaveReason)
    else if (before && after && !isSame(before, after)) this.events.emit('memberUpdated', after)
  }

  private memberOf(userID: string): Member | null {
    const known = this.users.get(userID)
    if (!known || (this.isLive && known.streams.size === 0)) return null
    const sent = [...known.streams.values()]
    const [first] = sent
    const userAvatar = first ? readStreamNote(first.extraInfo).avatar : ''
    const streams: Stream[] = []
    sent.forEach((stream, index) => streams.push(...this.streamsOf(userID, KINDS[index], stream)))
    return { userID, userName: known.userName, userAvatar, streams }
  }

  private streamsOf(userID: string, kind: StreamKind | undefined, { url, flvUrl, extraInfo }: KnownStream): Stream[] {
    if (!kind) return []
    const { audio: hasAudio, video: hasVideo } = readStreamNote(extraInfo)
    const streamOf = (name: StreamKind, at: string): Stream => {
      return { streamId: streamIdOf(userID, name), userID, kind: name, url: at, hasAudio, hasVideo }
    }
    const own = streamOf(kind, url)
    return this.isLive && kind === 'main' ? [own, streamOf('live', flvUrl || url)] : [own]
  }
}

function isSame(one: Member, other: Member): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
