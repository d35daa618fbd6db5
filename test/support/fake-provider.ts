// as every provider does: it brings the texts of the errors that only providers raise
import '../../src/service-errors'
import { RoomError } from '../../src/errors'
import type { Member, RosterSnapshot, Stream } from '../../src/model'
import { streamIdOf } from '../../src/model'
import type {
  JoinRequest,
  JoinResult,
  OutgoingMessage,
  ProviderEvents,
  ProviderSession,
  RoomProvider,
} from '../../src/provider/provider'
import { deferred } from '../../src/util/deferred'
import type { Deferred } from '../../src/util/deferred'
import { TypedEmitter } from '../../src/util/emitter'

export function memberOf(userID: string, more: Partial<Member> = {}): Member {
  return { userID, userName: `name of ${userID}`, userAvatar: '', streams: [streamOf(userID)], ...more }
}

export function streamOf(userID: string, url = `rtmp://play/${userID}?v=1`): Stream {
  return { streamId: streamIdOf(userID, 'main'), userID, kind: 'main', url, hasAudio: true, hasVideo: true }
}

export function snapshotOf(...members: Member[]): RosterSnapshot {
  return { roomId: 'r1', roomName: 'consultation', creator: 'ann', members }
}

export function joinResultOf(...members: Member[]): JoinResult {
  return { ...snapshotOf(...members), selfId: 'me', publishUrl: 'rtmp://push/me?v=1' }
}

export const JOIN: JoinRequest = {
  roomId: 'r1',
  roomName: '',
  role: 'anchor',
  capacity: 'group',
  userName: 'Me',
  userAvatar: '',
  audio: true,
  video: true,
}

/** A session whose answers the test gives. */
export class FakeProviderSession implements ProviderSession {
  readonly events = new TypedEmitter<ProviderEvents>((error) => {
    throw error
  })
  readonly joins: Deferred<JoinResult>[] = []
  readonly requests: JoinRequest[] = []
  readonly resumes: Deferred<RosterSnapshot>[] = []
  readonly sent: OutgoingMessage[] = []
  readonly announced: { audio: boolean; video: boolean }[] = []
  /** Set by tests of broadcasts; without it the provider has no link-mic. */
  linkMic?: ProviderSession['linkMic']
  urlVersion = 1
  urlError: RoomError | null = null
  closed = false
  roundTrip = 0
  /** Set to keep close() waiting. */
  closing: Promise<void> = Promise.resolve()

  join(request: JoinRequest): Promise<JoinResult> {
    this.requests.push(request)
    const join = deferred<JoinResult>()
    this.joins.push(join)
    return join.promise
  }

  resume(): Promise<RosterSnapshot> {
    const resume = deferred<RosterSnapshot>()
    this.resumes.push(resume)
    return resume.promise
  }

  publishUrl(): Promise<string> {
    return this.freshUrl('rtmp://push/me')
  }

  playUrl(stream: Stream): Promise<string> {
    return this.freshUrl(`rtmp://play/${stream.userID}`)
  }

  async announce(state: { audio: boolean; video: boolean }): Promise<void> {
    this.announced.push(state)
  }

  async send(message: OutgoingMessage): Promise<void> {
    this.sent.push(message)
  }

  close(): Promise<void> {
    this.closed = true
    for (const join of this.joins) join.reject(new RoomError('CANCELLED'))
    for (const resume of this.resumes) resume.reject(new RoomError('CANCELLED'))
    return this.closing
  }

  private async freshUrl(base: string): Promise<string> {
    if (this.urlError) throw this.urlError
    this.urlVersion += 1
    return `${base}?v=${this.urlVersion}`
  }
}

export interface FakeProvider extends RoomProvider {
  readonly sessions: FakeProviderSession[]
}

export function createFakeProvider(): FakeProvider {
  const sessions: FakeProviderSession[] = []
  return {
    name: 'fake',
    capabilities: { messages: true, linkMic: false, createRooms: true, broadcasts: true, callAudience: true },
    sessions,
    open(_platform, config) {
      if (config === 'bad') throw new RoomError('BAD_CONFIG', 'config is bad')
      const session = new FakeProviderSession()
      sessions.push(session)
      return session
    },
  }
}
