import type { RoomError } from '../../../src/errors'
import type { MessageContent, Messaging, ReceivedMessage } from '../../../src/messaging/messaging'

/** Three in one room, each with their messages. */
export interface MessagingPair {
  readonly ann: Messaging
  readonly bob: Messaging
  readonly cyd: Messaging
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
    let heard: ReceivedMessage[]
    beforeEach(async () => {
      pair = await open()
      heard = []
      pair.bob.events.on('messageReceived', (message) => heard.push(message))
    })

    const say = (content: MessageContent): Promise<void> => pair.settle(pair.ann.send(content))
    const said = (): MessageContent[] => heard.map(({ content }) => content)

    test.each(AWKWARD_TEXTS)('a text arrives as it was written: %p', async (text) => {
      await say({ kind: 'text', text })
      expect(said()).toEqual([{ kind: 'text', text }])
    })

    test('a custom message arrives with all it carries', async () => {
      const content = { kind: 'custom', data: '{"a":"\\""}', ext: 'e', desc: '描述' } as const
      await say(content)
      expect(said()).toEqual([content])
    })

    test('a command arrives with its name', async () => {
      const content = { kind: 'command', cmd: 'gift', text: '🌹' } as const
      await say(content)
      expect(said()).toEqual([content])
    })

    test('8 KB arrive whole', async () => {
      const content = { kind: 'custom', data: '界'.repeat(MOST_CUSTOM_BYTES / 3), ext: '', desc: '' } as const
      await say(content)
      expect(said()).toEqual([content])
    })

    test('what is too long is refused and nobody hears it', async () => {
      const refusal = say({ kind: 'text', text: '界'.repeat(5_000) }).catch((error: RoomError) => error.code)
      expect(await refusal).toBe('MESSAGE_TOO_LONG')
      expect(heard).toEqual([])
    })

    test('what is said to one user is heard as such, and by nobody else', async () => {
      const others: ReceivedMessage[] = []
      pair.cyd.events.on('messageReceived', (message) => others.push(message))
      const custom = { kind: 'custom', data: 'd', ext: 'e', desc: '' } as const
      await pair.settle(pair.ann.send({ kind: 'text', text: 'psst' }, 'bob'))
      await pair.settle(pair.ann.send(custom, 'bob'))
      expect(heard.map(({ scope, from }) => [scope, from.userID])).toEqual([
        ['direct', 'ann'],
        ['direct', 'ann'],
      ])
      expect(said()).toEqual([{ kind: 'text', text: 'psst' }, custom])
      expect(others).toEqual([])
    })

    test('the sender is named, and hears nothing of it', async () => {
      const own: ReceivedMessage[] = []
      pair.ann.events.on('messageReceived', (message) => own.push(message))
      await say({ kind: 'text', text: 'hi' })
      expect(heard[0]).toMatchObject({ from: { userID: 'ann', userName: `ann's name` }, scope: 'room' })
      expect(heard[0]?.time).toBeGreaterThan(1_600_000_000_000)
      expect(own).toEqual([])
    })

    test('after close() nothing is heard and nothing can be said', async () => {
      await pair.settle(pair.bob.close())
      await pair.settle(pair.bob.close())
      await say({ kind: 'text', text: 'hi' })
      expect(heard).toEqual([])
      const refusal = pair.settle(pair.bob.send({ kind: 'text', text: 'x' })).catch((error: RoomError) => error.code)
      expect(await refusal).toBe('CANCELLED')
    })
  })
}
