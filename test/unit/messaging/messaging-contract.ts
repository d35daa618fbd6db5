import type { RoomError } from '../../../src/errors'
import type {
  Messaging,
  MessagingEmitter,
  MessagingEvents,
  ReceivedMessage,
  SentContent,
} from '../../../src/messaging/messaging'
import { TypedEmitter } from '../../../src/util/emitter'

/** Messages of one member, and what they tell. */
export interface Correspondent {
  readonly messaging: Messaging
  readonly events: MessagingEmitter
}

/** Whom messages tell; a listener that throws is a mistake of the test. */
export function messagingEvents(): MessagingEmitter {
  return new TypedEmitter<MessagingEvents>((error) => {
    throw error
  })
}

/** Three in one room, each with their messages. */
export interface MessagingPair {
  readonly ann: Correspondent
  readonly bob: Correspondent
  readonly cyd: Correspondent
  /** Runs until what is under way has arrived, or the work is settled. */
  settle<T>(work: Promise<T>): Promise<T>
}

const AWKWARD_TEXTS = [
  'plain',
  'quotes " \' \\ and }} {',
  '{"cmd":"CustomTextMsg","data":{}}',
  '👩‍👩‍👧‍👦 表情 𠮷',
  ' spaces \n lines ',
]
const MOST_CUSTOM_BYTES = 8_000

/** What every way of carrying messages does. */
export function describeMessaging(name: string, open: () => Promise<MessagingPair>): void {
  describe(name, () => {
    let pair: MessagingPair
    let heard: [ReceivedMessage, string][]
    beforeEach(async () => {
      pair = await open()
      heard = []
      pair.bob.events.on('messageReceived', (...message) => heard.push(message))
    })

    const say = (message: SentContent): Promise<void> => pair.settle(pair.ann.messaging.send(message))
    const said = (): unknown[] =>
      heard.map(([{ userID: _userID, userName: _userName, userAvatar: _userAvatar, time: _time, ...said }]) => said)

    test.each(AWKWARD_TEXTS)('a text arrives as it was written: %p', async (text) => {
      await say({ kind: 'text', content: text })
      expect(said()).toEqual([{ kind: 'text', content: text }])
    })

    test('a custom message arrives with all it carries', async () => {
      const content = { kind: 'custom', content: '{"a":"\\""}', ext: 'e', desc: '描述' } as const
      await say(content)
      expect(said()).toEqual([content])
    })

    test('8 KB arrive whole', async () => {
      const content = { kind: 'custom', content: '界'.repeat(MOST_CUSTOM_BYTES / 3), ext: '', desc: '' } as const
      await say(content)
      expect(said()).toEqual([content])
    })

    test('what is too long is refused and nobody hears it', async () => {
      const refusal = say({ kind: 'text', content: '界'.repeat(5_000) }).catch((error: RoomError) => error.code)
      expect(await refusal).toBe('MESSAGE_TOO_LONG')
      expect(heard).toEqual([])
    })

    test('what is said to one user is heard as such, and by nobody else', async () => {
      const others: ReceivedMessage[] = []
      pair.cyd.events.on('messageReceived', (message) => others.push(message))
      const custom = { kind: 'custom', content: 'd', ext: 'e', desc: '' } as const
      await pair.settle(pair.ann.messaging.send({ kind: 'text', content: 'psst' }, 'bob'))
      await pair.settle(pair.ann.messaging.send(custom, 'bob'))
      expect(heard.map(([{ userID }, scope]) => [scope, userID])).toEqual([
        ['direct', 'ann'],
        ['direct', 'ann'],
      ])
      expect(said()).toEqual([{ kind: 'text', content: 'psst' }, custom])
      expect(others).toEqual([])
    })

    test('the sender is named, and hears nothing of it', async () => {
      const own: ReceivedMessage[] = []
      pair.ann.events.on('messageReceived', (message) => own.push(message))
      await say({ kind: 'text', content: 'hi' })
      expect(heard).toMatchObject([[{ userID: 'ann', userName: `ann's name` }, 'room']])
      expect(heard[0]?.[0].time).toBeGreaterThan(1_600_000_000_000)
      expect(own).toEqual([])
    })

    test('after close() nothing is heard and nothing can be said', async () => {
      await pair.settle(pair.bob.messaging.close())
      await pair.settle(pair.bob.messaging.close())
      await say({ kind: 'text', content: 'hi' })
      expect(heard).toEqual([])
      const refusal = pair
        .settle(pair.bob.messaging.send({ kind: 'text', content: 'x' }))
        .catch((error: RoomError) => error.code)
      expect(await refusal).toBe('CANCELLED')
    })
  })
}
