import fc from 'fast-check'
import { ATTACKER, describeAnswer, describeFrame, type Attack } from './attack'

const RUNS = 10_000
/** Bodies under way at a time. */
const AT_ONCE = 50
const NAMES = ['create_room', 'add_pusher', 'get_pushers', 'get_room_list', 'pusher_heartbeat', 'delete_pusher']
const OPS = ['login', 'join', 'leave', 'send', 'resume', 'linkMic', 'rooms', '__proto__', 'toString']

const anything = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.json({ maxDepth: 4 }),
  fc
    .record({
      id: fc.string({ minLength: 1 }),
      op: fc.constantFrom(...OPS),
      params: fc.object({ key: fc.constantFrom('room', 'userID', 'kind', 'data', '__proto__'), maxDepth: 2 }),
    })
    .map((frame) => JSON.stringify(frame)),
)

export const randomAttacks: readonly Attack[] = [
  {
    name: 'random frames',
    // ok: some of them are the protocol
    answers: /^(ok|BAD_FRAME|BAD_PARAMETER|NOT_MEMBER|ROOM_NOT_FOUND|LOGIN_REFUSED|FORBIDDEN|NOT_LOGGED_IN)$/,
    async run({ live }) {
      const eve = await live.connect(ATTACKER)
      const seen = eve.frames.length
      for (const text of fc.sample(anything, RUNS)) eve.webSocket.send(text)
      eve.webSocket.send(JSON.stringify({ id: 'the last one', op: 'ping', params: {} }))
      await eve.frame((frame) => frame.re === 'the last one')
      return eve.frames
        .slice(seen)
        .filter((frame) => 're' in frame && frame.re !== 'the last one')
        .map(describeFrame)
    },
  },
  {
    name: 'random HTTP bodies',
    answers: /^(code \d+|HTTP 4\d\d)$/,
    async run({ live }) {
      const eve = await live.loginOverHttp(ATTACKER)
      const bodies = fc.sample(anything, RUNS)
      const answers: string[] = []
      for (let at = 0; at < RUNS; at += AT_ONCE) {
        const asked = bodies
          .slice(at, at + AT_ONCE)
          .map((body, n) => live.post(`multi_room/${NAMES[n % NAMES.length]}?${eve}`, body))
        answers.push(...(await Promise.all(asked)).map(describeAnswer))
      }
      return answers
    },
  },
]
