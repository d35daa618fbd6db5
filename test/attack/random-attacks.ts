import fc from 'fast-check'
import { LIVE_CALLS } from '../../server/src/http/live-calls'
import { ROOM_CALLS } from '../../server/src/http/room-calls'
import { WEBRTC_CALLS } from '../../server/src/http/webrtc-calls'
import { REQUEST_SCHEMAS } from '../../server/src/hub/request-frame'
import { ATTACKER, describeAnswer, describeFrame, ROOM, type Attack } from './attack'
import { anyJson, shapedLike } from './random-input'

const RUNS = 10_000
/** The same input in every run: what fails once fails again. */
const SEED = 8021
/** Bodies under way at a time. */
const AT_ONCE = 50
const WORDS = [ROOM, ATTACKER, 'ann', 'a room of their own', '12345', '4294967296', '{}', '__proto__', '']

/** Schemas of the bodies by the paths of the calls; logging out would end the attack. */
const BODIES: readonly (readonly [path: string, schema: object])[] = [
  ...['multi_room', 'double_room', 'live_room'].map((kind) => [kind, ROOM_CALLS] as const),
  ['live_room', LIVE_CALLS] as const,
  ['webrtc_room', WEBRTC_CALLS] as const,
].flatMap(([kind, calls]) =>
  Object.entries(calls).flatMap(([name, { body }]) =>
    name === 'logout' ? [] : [[`${kind}/${name}`, body as object] as const],
  ),
)
const OPS = Object.entries(REQUEST_SCHEMAS).filter(([op]) => op !== 'logout')

const anyText = fc.oneof(fc.string({ maxLength: 200, unit: 'binary' }), fc.json({ maxDepth: 4 }))

const frames = fc.oneof(
  anyText,
  fc
    .record({ id: fc.string({ minLength: 1 }), op: fc.constantFrom('join', '__proto__', 'toString'), params: anyJson })
    .map((frame) => JSON.stringify(frame)),
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...OPS)
      .chain(([op, schema]) =>
        fc
          .record({ id: fc.string({ minLength: 1, maxLength: 60 }), params: shapedLike(schema, WORDS) })
          .map(({ id, params }) => JSON.stringify({ id, op, params })),
      ),
  },
)

const bodies = fc.constantFrom(...BODIES).chain(([path, schema]) =>
  fc.oneof(
    anyText.map((text) => ({ path, text })),
    shapedLike(schema, WORDS).map((body) => ({ path, text: JSON.stringify(body) })),
    // who is named is looked at before everything else
    fc
      .tuple(shapedLike(schema, WORDS), anyJson)
      .map(([body, userID]) => ({ path, text: JSON.stringify({ ...(body as object), userID }) })),
  ),
)

/** @param runs how many of each */
export const randomAttacksOf = (runs: number): readonly Attack[] => [
  {
    name: 'random frames',
    // ok: some of them are the protocol
    answers:
      /^(ok|BAD_FRAME|BAD_PARAMETER|NOT_MEMBER|USER_NOT_FOUND|ROOM_\w+|LOGIN_REFUSED|FORBIDDEN|NOT_\w+|SEATS_FULL|LIMIT_REACHED|RATE_LIMITED|MESSAGE_TOO_LONG)$/,
    async run({ live }) {
      const eve = await live.connect(ATTACKER)
      const seen = eve.frames.length
      for (const text of fc.sample(frames, { numRuns: runs, seed: SEED })) eve.webSocket.send(text)
      eve.webSocket.send(JSON.stringify({ id: 'the last one of them', op: 'ping', params: {} }))
      await eve.frame((frame) => frame.re === 'the last one of them')
      return eve.frames
        .slice(seen)
        .filter((frame) => 're' in frame && frame.re !== 'the last one of them')
        .map(describeFrame)
    },
  },
  {
    name: 'random HTTP bodies',
    answers: /^(code \d+|HTTP 4\d\d)$/,
    async run({ live }) {
      const eve = await live.loginOverHttp(ATTACKER)
      const sent = fc.sample(bodies, { numRuns: runs, seed: SEED })
      const answers: string[] = []
      for (let at = 0; at < sent.length; at += AT_ONCE) {
        const asked = sent.slice(at, at + AT_ONCE).map(({ path, text }) => live.post(`${path}?${eve}`, text))
        answers.push(...(await Promise.all(asked)).map(describeAnswer))
      }
      return answers
    },
  },
]

export const randomAttacks = randomAttacksOf(RUNS)
