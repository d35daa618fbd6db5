import '../../vendor-errors'
import { RoomError, toRoomError } from '../../errors'
import { streamIdOf, type Member, type Stream, type StreamKind } from '../../model'
import type { Platform } from '../../platform/platform'
import { TypedEmitter, type EventSource, type Unsubscribe } from '../../util/emitter'
import { PendingWork } from '../../util/pending-work'
import { AppQuestions } from '../app-questions'
import type { JoinRequest, JoinResult, ProviderEvents, ProviderSession, ProviderSnapshot } from '../provider'
import { checkMembers, checkPlayUrl, checkPushUrl, type DirectConfig, type DirectMember } from './direct-config'

const REFRESH_MS = 5_000

/** A room that exists on no server of ours: the app says who is in it and where their streams are. */
export class DirectSession implements ProviderSession {
  private readonly emitter: TypedEmitter<ProviderEvents>
  private readonly pending = new PendingWork()
  private readonly questions: AppQuestions
  private members = new Map<string, DirectMember>()
  private phase: 'new' | 'joined' | 'closed' = 'new'
  private request: JoinRequest | null = null
  /** The app's own answer to the question by which its server learns that we come: it counts after the end as well. */
  private entering: unknown = null
  private cancelRefresh: Unsubscribe | null = null
  /** Rises with every question for the members: an older answer never overtakes a newer one. */
  private asked = 0

  constructor(
    private readonly platform: Platform,
    private readonly config: DirectConfig,
  ) {
    this.emitter = new TypedEmitter((error) => platform.log('error', 'A listener of the session threw', error))
    this.questions = new AppQuestions(platform)
  }

  get events(): EventSource<ProviderEvents> {
    return this.emitter
  }

  join(request: JoinRequest): Promise<JoinResult> {
    return this.pending.track(async () => {
      this.request = request
      const push = this.askPushUrl()
      const [publishUrl] = await Promise.all([push, this.refresh()])
      // closed meanwhile: nobody hears the answer, and nothing may be armed
      if (this.phase === 'new') this.phase = 'joined'
      this.planRefresh()
      return { ...this.snapshot(), selfId: this.config.userID, publishUrl }
    })
  }

  resume(): Promise<ProviderSnapshot> {
    return this.pending.track(async () => {
      this.checkJoined()
      await this.refresh()
      return this.snapshot()
    })
  }

  publishUrl(): Promise<string> {
    return this.pending.track(async () => {
      this.checkJoined()
      return this.askPushUrl()
    })
  }

  playUrl(stream: Stream): Promise<string> {
    return this.pending.track(async () => {
      this.checkJoined()
      const { playUrl } = this.config
      if (playUrl)
        return checkPlayUrl(await this.questions.ask(() => playUrl(stream.userID)), 'playUrl', 'SERVER_ERROR')
      await this.refresh()
      const member = this.members.get(stream.userID)
      if (!member) throw new RoomError('CANCELLED', `direct: ${stream.userID} has left the room`)
      return urlOf(member, stream.kind)
    })
  }

  async close(): Promise<void> {
    if (this.phase === 'closed') return
    const wasJoined = this.phase === 'joined'
    this.phase = 'closed'
    this.cancelRefresh?.()
    this.pending.end(new RoomError('CANCELLED'))
    this.questions.close()
    this.emitter.clear()
    if (wasJoined) await this.tellLeft()
    else if (this.request)
      Promise.resolve(this.entering).then(
        () => this.tellLeft(),
        () => undefined,
      )
  }

  private async tellLeft(): Promise<void> {
    const { left } = this.config
    if (left) await this.questions.ask(left).catch(() => this.platform.log('warn', 'config.left failed'))
  }

  private async askPushUrl(): Promise<string> {
    const { request } = this
    const { pushUrl } = this.config
    if (!request || request.role === 'audience') return ''
    if (pushUrl === undefined) throw new RoomError('BAD_CONFIG', 'direct: pushUrl is missing')
    if (typeof pushUrl !== 'function') return pushUrl
    const url = await this.questions.ask(() => {
      const answer = pushUrl(request)
      this.entering = answer
      return answer
    })
    return checkPushUrl(url, 'PUSH_URL_FAILED')
  }

  /** Asks who is there; once joined, whatever is different is emitted. */
  private async refresh(): Promise<void> {
    const { request } = this
    const { members } = this.config
    if (!request) return
    this.asked += 1
    const { asked } = this
    const answer = typeof members === 'function' ? await this.questions.ask(() => members(request)) : members
    const list = checkMembers(answer, 'SERVER_ERROR')
    if (asked === this.asked && this.phase !== 'closed') this.load(list)
  }

  private load(list: readonly DirectMember[]): void {
    const before = this.members
    this.members = new Map()
    for (const member of list) if (member.userID !== this.config.userID) this.members.set(member.userID, member)
    if (this.phase !== 'joined') return
    for (const userID of before.keys()) if (!this.members.has(userID)) this.emitter.emit('memberLeft', userID, 'left')
    for (const [userID, member] of this.members) {
      const known = before.get(userID)
      if (!known) this.emitter.emit('memberJoined', this.memberOf(member))
      else if (!isSame(this.memberOf(known), this.memberOf(member))) {
        this.emitter.emit('memberUpdated', this.memberOf(member))
      }
    }
  }

  /** The next question comes a while after the answer to this one, so that a slow server is not asked twice at once. */
  private planRefresh(): void {
    const { members, refreshMs = REFRESH_MS } = this.config
    if (this.phase !== 'joined' || typeof members !== 'function' || refreshMs === 0) return
    this.cancelRefresh = this.platform.setTimer(refreshMs, () => {
      this.refresh()
        .catch((error: unknown) => {
          if (this.phase === 'joined')
            this.platform.log('warn', 'The members could not be had', toRoomError(error).code)
        })
        .finally(() => this.planRefresh())
    })
  }

  private snapshot(): ProviderSnapshot {
    const { roomId = '', roomName = '', kind, role } = this.request ?? {}
    const [first] = this.members.values()
    const creator = role === 'anchor' && kind === 'live' ? this.config.userID : (first?.userID ?? '')
    const members = [...this.members.values()].map((member) => this.memberOf(member))
    const base = { roomId, roomName, creator: kind === 'live' ? creator : '', members }
    if (kind !== 'live') return base
    const liveUrl = first ? urlOf(first, 'live') : ''
    return { ...base, live: { liveUrl, audienceCount: 0, presenterAway: role === 'audience' && !first, links: [] } }
  }

  private memberOf(member: DirectMember): Member {
    const { userID, userName, userAvatar = '', audio: hasAudio = true, video: hasVideo = true } = member
    const kinds: StreamKind[] = this.request?.kind === 'live' ? ['main', 'live'] : ['main']
    const streams = kinds.map((kind): Stream => {
      return { streamId: streamIdOf(userID, kind), userID, kind, url: urlOf(member, kind), hasAudio, hasVideo }
    })
    return { userID, userName: userName || userID, userAvatar, streams }
  }

  private checkJoined(): void {
    if (this.phase === 'new') throw new RoomError('NOT_MEMBER')
  }
}

function urlOf({ playUrl, liveUrl = playUrl }: DirectMember, kind: StreamKind): string {
  return kind === 'live' ? liveUrl : playUrl
}

/** A URL that was only signed anew is no news. */
function isSame(one: Member, other: Member): boolean {
  const withoutUrls = ({ streams, ...rest }: Member): string =>
    JSON.stringify([rest, streams.map((stream) => ({ ...stream, url: '' }))])
  return withoutUrls(one) === withoutUrls(other)
}
