import type { Limits } from '../../server/src/config/limits'
import type { Store } from '../../server/src/store/store'
import { startService, type HttpAnswer, type LiveService, type SocketClient } from '../server/support/live-service'
import { VirtualClock } from '../support/virtual-clock'

export const ROOM = 'quiet'
/** No random ticket in what the others receive may hold this name by chance. */
export const ATTACKER = 'eve_the_attacker'

/** One way to do harm, and what the server says to it. */
export interface Attack {
  readonly name: string
  /** Every answer has to be one of these. */
  readonly answers: RegExp
  readonly limits?: Partial<Limits>
  /** @returns what was answered, one for each try */
  run(stage: Stage): Promise<string[]>
}

export interface AttackResult {
  readonly tries: number
  /** Each answer and how often it came. */
  readonly answers: ReadonlyMap<string, number>
  /** What should not have happened; nothing, if all is well. */
  readonly harm: readonly string[]
}

/** A service with a call of Ann and Bob in it, which has to stay as it is, whatever Eve does. */
export class Stage {
  private constructor(
    readonly live: LiveService,
    readonly clock: VirtualClock,
    private readonly ann: SocketClient,
    private readonly bob: SocketClient,
    private readonly before: string,
    private readonly failures: readonly string[],
  ) {}

  /** @param store in memory unless given */
  static async set(limits: Partial<Limits> = {}, store?: Store): Promise<Stage> {
    const failures: string[] = []
    const log = (level: string, message: string): void => void (level === 'error' && failures.push(message))
    // the attacks come as fast as they can be made, and must not be stopped by the limits alone
    const wide = { requestsPerUser: 1e6, requestsPerAddress: 1e6, pendingRequests: 1e6 }
    const clock = new VirtualClock(Date.now())
    const live = await startService({ limits: { ...wide, ...limits }, log, clock, store })
    const ann = await live.connect('ann')
    const bob = await live.connect('bob')
    // with two in it it is full: nobody enters by right
    await ann.join(ROOM, { kind: 'double_room' })
    await bob.join(ROOM, { kind: 'double_room' })
    return new Stage(live, clock, ann, bob, await stateOf(live), failures)
  }

  /** A message from one to the other. @returns whether it came */
  async talk(data: string): Promise<void> {
    await this.ann.call('send', { room: ROOM, kind: 'text', data })
    await this.bob.frame((frame) => (frame.notice as { data?: unknown } | undefined)?.data === data)
  }

  /** What the attack has changed that is not the attacker's. */
  async harm(): Promise<string[]> {
    await this.talk('still here')
    const strange = [...this.ann.frames, ...this.bob.frames].filter((frame) => JSON.stringify(frame).includes(ATTACKER))
    return [
      ...((await stateOf(this.live)) === this.before ? [] : ['the room has changed']),
      ...(strange.length === 0 ? [] : ['the attacker was heard']),
      ...Object.keys(Object.prototype).map((key) => `Object.prototype.${key}`),
      ...this.failures.map((message) => `logged: ${message}`),
    ]
  }
}

/** Runs an attack and looks at what is left. */
export async function outcomeOf(attack: Attack, store?: Store): Promise<AttackResult> {
  const stage = await Stage.set(attack.limits, store)
  try {
    const told = await attack.run(stage)
    const answers = new Map<string, number>()
    for (const answer of told) answers.set(answer, (answers.get(answer) ?? 0) + 1)
    const wrong = [...answers.keys()].filter((answer) => !attack.answers.test(answer) || /HTTP 5/.test(answer))
    return { tries: told.length, answers, harm: [...wrong.map((each) => `answered ${each}`), ...(await stage.harm())] }
  } finally {
    await stage.live.close()
  }
}

/** As the table has it. */
export function describeAnswer({ status, body }: HttpAnswer): string {
  return status === 200 ? `code ${String(body.code)}` : `HTTP ${status}`
}

/** The error of a frame that answers, or ok. */
export function describeFrame(frame: object): string {
  const { error } = frame as { error?: { code: string } }
  return error ? error.code : 'ok'
}

async function stateOf({ service }: LiveService): Promise<string> {
  const { members, creator, roomName } = (await service.hub.context.store.get(ROOM)) ?? {}
  return JSON.stringify({ members, creator, roomName })
}
