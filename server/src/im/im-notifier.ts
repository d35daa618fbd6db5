import type { Clock } from '../clock'
import { DeliveryError, type Destination } from '../events/destination'
import type { RoomEvent } from '../events/room-event'
import type { Log } from '../log'
import { systemRandom, type RandomBytes } from '../random'
import { ImRest, type ImAccount, type ImAnswer } from './im-rest'

/** What clients on IM fetch the members for. */
const MEMBERS_CHANGED = JSON.stringify({ cmd: 'notifyPusherChange' })
/** A group's id, as IM takes it. */
const GROUP_ID = /^(?!@TGS#)[\x20-\x7e]{1,48}$/
const GROUP_NAME_BYTES = 30
/** News that are older help nobody. */
const GIVE_UP_MS = 3600_000

const OK = 0
const NO_SUCH_GROUP: ReadonlySet<number> = new Set([10010, 10015])
/** The id is in use, by somebody else or by oneself: a group of an earlier room, or of an earlier try. */
const GROUP_EXISTS: ReadonlySet<number> = new Set([10021, 10025])
/** What is wrong with the request will be wrong with it later too. */
const HOPELESS: ReadonlySet<number> = new Set([10003, 10004, 10011, 10015, 80001, 80002])

export interface ImNotifierOptions extends ImAccount {
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly random?: RandomBytes
  readonly fetch?: typeof fetch
}

/**
 * Keeps a Tencent IM group for each room, named by the room's id, and tells it when its members change, so that clients on IM see
 * what happens by other ways. The group is an AVChatRoom, which clients enter and leave on their own.
 */
export function createImNotifier(options: ImNotifierOptions): Destination {
  const { admin, log, random = systemRandom } = options
  const groups = new ImGroups(new ImRest({ ...options, random }))
  return {
    name: `im-${admin}`,
    giveUpAfterMs: GIVE_UP_MS,
    async deliver(event, signal) {
      const step = stepFor(event)
      if (!step) return
      if (!GROUP_ID.test(event.room)) {
        log('debug', 'IM takes no group of this name', { id: event.id })
        return
      }
      const { code, info } = await groups[step](event.room, signal)
      if (code === OK) return
      if (!HOPELESS.has(code)) throw new DeliveryError(`IM answered ${code}`)
      log('warn', 'IM refuses what it is told of a room', { id: event.id, step, code, info })
    },
  }
}

type GroupStep = 'create' | 'notify' | 'destroy'

function stepFor(event: RoomEvent): GroupStep | null {
  switch (event.type) {
    case 'room.created':
      return 'create'
    case 'room.closed':
      return 'destroy'
    case 'member.joined':
      return 'notify'
    case 'member.left':
      // the end of the group says it
      return event.reason === 'ended' ? null : 'notify'
    default:
      return null
  }
}

/** Each step may be taken again: what it wants may be so already. */
class ImGroups implements Record<GroupStep, (group: string, signal: AbortSignal) => Promise<ImAnswer>> {
  constructor(private readonly rest: ImRest) {}

  async create(GroupId: string, signal: AbortSignal): Promise<ImAnswer> {
    const body = { Type: 'AVChatRoom', GroupId, Name: GroupId.slice(0, GROUP_NAME_BYTES) }
    return accepting(GROUP_EXISTS, await this.rest.group('create_group', body, signal))
  }

  async notify(GroupId: string, signal: AbortSignal): Promise<ImAnswer> {
    const notice = { GroupId, Content: MEMBERS_CHANGED }
    const answer = await this.rest.group('send_group_system_notification', notice, signal)
    if (!NO_SUCH_GROUP.has(answer.code)) return answer
    // the room is older than the notifier, or the group was ended by somebody else
    const made = await this.create(GroupId, signal)
    return made.code === OK ? this.rest.group('send_group_system_notification', notice, signal) : made
  }

  async destroy(GroupId: string, signal: AbortSignal): Promise<ImAnswer> {
    return accepting(NO_SUCH_GROUP, await this.rest.group('destroy_group', { GroupId }, signal))
  }
}

function accepting(codes: ReadonlySet<number>, answer: ImAnswer): ImAnswer {
  return codes.has(answer.code) ? { ...answer, code: OK } : answer
}
