import { createKeys } from '../../../server/src/keys'
import { createRoomHub, type RoomHub, type RoomHubOptions } from '../../../server/src/room-hub'
import { MemoryStore } from '../../../server/src/store/memory-store'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import type {
  AnswerFrame,
  CallName,
  Calls,
  ClosedFrame,
  NoticeFrame,
  ServerFrame,
} from '../../../src/signaling/protocol'
import { VirtualClock } from '../../support/virtual-clock'

export const SDK_APP_ID = 1400000000
export const SECRET_KEY = 'a-key-for-tests'
export const keys = createKeys({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY })

/** A userSig that is valid for a day from `nowMs`. */
export function userSigOf(userID: string, nowMs: number): string {
  return makeUserSig({
    sdkAppID: SDK_APP_ID,
    secretKey: SECRET_KEY,
    userID,
    time: Math.floor(nowMs / 1000),
    expire: 86_400,
  })
}

export interface TestHub {
  readonly clock: VirtualClock
  readonly store: MemoryStore
  readonly hub: RoomHub
  readonly logs: string[]
}

export function startHub(options: Partial<RoomHubOptions> = {}): TestHub {
  const clock = new VirtualClock()
  const store = new MemoryStore({ now: clock.now })
  const logs: string[] = []
  const log = (level: string, message: string): void => void (level !== 'debug' && logs.push(`${level}: ${message}`))
  return { clock, store, logs, hub: createRoomHub({ store, clock, keys, log, ...options }) }
}

let clients = 0

/** A client on an in-memory socket without latency: it sees every frame as it was sent. */
export class HubClient {
  readonly frames: ServerFrame[] = []
  closedWith: { code: number; reason: string } | null = null
  private readonly link
  private nextId = 1
  private readonly prefix = `c${++clients}`

  constructor(
    private readonly test: TestHub,
    readonly userID: string,
    host = 'rooms.test',
  ) {
    this.link = test.hub.accept({
      host,
      send: (text) => this.frames.push(JSON.parse(text) as ServerFrame),
      close: (code, reason) => {
        this.closedWith = { code, reason }
        this.link.closed()
      },
    })
  }

  get notices(): NoticeFrame[] {
    return this.frames.filter((frame): frame is NoticeFrame => 'notice' in frame)
  }

  get events(): NoticeFrame['notice'][] {
    return this.notices.map((frame) => frame.notice)
  }

  get closedRooms(): ClosedFrame[] {
    return this.frames.filter((frame): frame is ClosedFrame => 'closed' in frame)
  }

  /** Sends anything and returns the frames that came back by the end of this turn. */
  async raw(text: string): Promise<ServerFrame[]> {
    const before = this.frames.length
    this.link.receive(text)
    await this.test.clock.advance(0)
    return this.frames.slice(before)
  }

  send<K extends CallName>(op: K, params: Calls[K]['params'], id = `${this.prefix}-${this.nextId++}`): string {
    this.link.receive(JSON.stringify({ id, op, params }))
    return id
  }

  /** The answer to a call, which takes no time at all. */
  async ask<K extends CallName>(op: K, params: Calls[K]['params'], id?: string): Promise<AnswerFrame<K>> {
    const before = this.frames.length
    const sent = this.send(op, params, id)
    await this.test.clock.advance(0)
    const answers = this.frames.slice(before).filter((frame) => 're' in frame && frame.re === sent)
    if (answers.length !== 1) throw new Error(`${answers.length} answers to ${op}`)
    return answers[0] as AnswerFrame<K>
  }

  /** The result of a call that has to succeed. */
  async call<K extends CallName>(op: K, params: Calls[K]['params'], id?: string): Promise<Calls[K]['result']> {
    const answer = await this.ask(op, params, id)
    if ('error' in answer) throw new Error(`${op}: ${answer.error.code} ${answer.error.message}`)
    return answer.ok
  }

  /** The error of a call that has to fail. */
  async fail<K extends CallName>(op: K, params: Calls[K]['params']): Promise<{ code: string; message: string }> {
    const answer = await this.ask(op, params)
    if ('ok' in answer) throw new Error(`${op} succeeded`)
    return answer.error
  }

  async login(): Promise<this> {
    await this.call('login', this.loginParams())
    return this
  }

  loginParams(): Calls['login']['params'] {
    const userSig = userSigOf(this.userID, this.test.clock.now())
    return { userID: this.userID, userSig, userName: `${this.userID}'s name`, userAvatar: '' }
  }

  join(room: string, more: Partial<Calls['join']['params']> = {}): Promise<Calls['join']['result']> {
    return this.call('join', this.joinParams(room, more))
  }

  joinParams(room: string, more: Partial<Calls['join']['params']> = {}): Calls['join']['params'] {
    const userName = `${this.userID}'s name`
    return { room, roomName: 'a room', kind: 'multi_room', audio: true, video: true, userName, userAvatar: '', ...more }
  }

  async drop(): Promise<void> {
    this.link.closed()
    await this.test.clock.advance(0)
  }
}
