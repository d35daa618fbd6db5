import { ATTACKER, describeAnswer, describeFrame, type Attack } from './attack'

const CALLS = ['create_room', 'add_pusher', 'get_pushers', 'get_room_list', 'pusher_heartbeat', 'delete_pusher']

/** The same text as a body of every call and as a frame. */
function withJson(name: string, text: string, more: Partial<Attack> = {}): Attack {
  return {
    name: `JSON ${name}`,
    answers: /^(HTTP 4\d\d|code [1-9]\d*|BAD_FRAME|MESSAGE_TOO_LONG)$/,
    async run({ live }) {
      const eve = await live.loginOverHttp(ATTACKER)
      const socket = await live.connect(ATTACKER)
      const answers: string[] = []
      for (const call of CALLS) answers.push(describeAnswer(await live.post(`multi_room/${call}?${eve}`, text)))
      const seen = socket.frames.length
      socket.webSocket.send(text)
      await socket.ask('ping', {})
      return [...answers, ...socket.frames.slice(seen, seen + 1).map(describeFrame)]
    },
    ...more,
  }
}

const LONG = 'x'.repeat(100_000)
const POLLUTING =
  '{"__proto__":{"userID":"ann","isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"roomID":"no-such-room"}'

export const bodyAttacks: readonly Attack[] = [
  withJson('oversized', JSON.stringify({ id: '1', op: 'ping', params: {}, roomID: LONG })),
  withJson('malformed', '{"roomID":"qu'),
  withJson('nested 5,000 deep', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  // what has no required field is answered as it is
  withJson('polluting the prototype', POLLUTING, { answers: /^(HTTP 4\d\d|code \d+|BAD_FRAME)$/ }),
]
