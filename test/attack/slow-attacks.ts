import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { SocketClient } from '../server/support/live-service'
import { ATTACKER, describeFrame, type Attack, type Stage } from './attack'

const CLIENTS = 20
const DROP_EVERY_MS = 100
const FLOOD = 900
/** Long enough for an honest client on the busiest machine. */
const SLOW_LIMITS = { headersSeconds: 3, requestSeconds: 4, answerSeconds: 5 }
const HEADERS = 'POST /weapp/multi_room/login HTTP/1.1\r\nhost: rooms.test\r\ncontent-length: 60000\r\n\r\n'

/** Sends `whole` at once and goes on drop by drop. @returns what the server says before it ends the connection */
async function drip(port: number, whole: string, drop: string, reads = true): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1')
  let answer = ''
  if (reads) socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  if (whole !== '') socket.write(whole)
  const timer = setInterval(() => drop !== '' && socket.writable && socket.write(drop), DROP_EVERY_MS)
  // an error comes before the close, and is not the answer
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(timer)
  return /^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 'cut'
}

function slowly(name: string, whole: string, drop: string): Attack {
  return {
    name: `slow-loris: ${name}`,
    answers: /^(408|cut)$/,
    limits: SLOW_LIMITS,
    async run(stage) {
      const slow = Promise.all(Array.from({ length: CLIENTS }, () => drip(stage.live.port, whole, drop)))
      await stage.talk('while others hold on to their connections')
      return slow
    },
  }
}

async function closesOfSilent({ live, clock }: Stage): Promise<string[]> {
  const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => live.openSocket()))
  const closes = sockets.map(({ webSocket }) =>
    once(webSocket, 'close').then(([code]) => `closed with ${String(code)}`),
  )
  await clock.advance(15_000)
  return Promise.all(closes)
}

/** Far more answers than a connection holds, none of which is read. @returns what becomes of each connection */
async function unread(stage: Stage): Promise<string[]> {
  const { live } = stage
  const eve = await live.loginOverHttp(ATTACKER)
  const { body } = await live.post(`multi_room/get_push_url?${eve}`)
  const roomInfo = 'x'.repeat(1_000)
  for (let n = 0; n < 20; n += 1) {
    await live.post(`multi_room/add_pusher?${eve}`, { roomID: `long ${n}`, roomInfo, pushURL: body.pushURL })
  }
  const ask = `POST /weapp/multi_room/get_room_list?${eve} HTTP/1.1\r\nhost: rooms.test\r\ncontent-length: 2\r\n\r\n{}`
  // whoever does not read learns by writing that the connection has ended
  const ended = Promise.all(Array.from({ length: CLIENTS }, () => drip(live.port, ask.repeat(2_000), ask, false)))
  await stage.talk('while others leave their answers unread')
  return ended
}

/** Frames that are answered by no request. @returns how the server ends the connection */
async function controlFlood(stage: Stage, send: (eve: SocketClient) => void): Promise<string[]> {
  const eve = await stage.live.connect(ATTACKER)
  const closed = once(eve.webSocket, 'close')
  for (let sent = 0; sent < 2_000; sent += 1) send(eve)
  await stage.talk('heard in the flood')
  const [code] = await closed
  return [`closed with ${String(code)}`]
}

/** As fast as it can be sent, while the others talk. @returns every answer */
async function flood(stage: Stage, eve: SocketClient, op: string, params: object): Promise<string[]> {
  const seen = eve.frames.length
  for (let id = 1; id <= FLOOD; id += 1) eve.webSocket.send(JSON.stringify({ id: `flood ${id}`, op, params }))
  for (let said = 0; said < 10; said += 1) await stage.talk(`heard in the flood, ${said}`)
  await eve.frame((frame) => frame.re === `flood ${FLOOD}`)
  const answers = eve.frames.slice(seen).filter((frame) => 're' in frame && frame.re.startsWith('flood'))
  return answers.map(describeFrame)
}

export const slowAttacks: readonly Attack[] = [
  slowly('connections that say nothing', '', ''),
  slowly('headers drop by drop', 'POST /weapp/multi_room/login HTTP/1.1\r\nhost: rooms.test\r\n', 'x-a: b\r\n'),
  slowly('a body drop by drop', HEADERS, 'x'),
  { name: 'slow-loris: answers that nobody reads', answers: /^cut$/, limits: SLOW_LIMITS, run: unread },
  { name: 'sockets that never log in', answers: /^closed with 4408$/, run: closesOfSilent },
  {
    name: "a flood of messages while another's call goes on",
    answers: /^(ok|RATE_LIMITED)$/,
    async run(stage) {
      const eve = await stage.live.connect(ATTACKER)
      await eve.join('noisy')
      return flood(stage, eve, 'send', { room: 'noisy', kind: 'text', data: 'x' })
    },
  },
  {
    name: 'a flood of requests of one user',
    answers: /^(ok|RATE_LIMITED)$/,
    limits: { requestsPerUser: 50 },
    async run(stage) {
      return flood(stage, await stage.live.connect(ATTACKER), 'ping', {})
    },
  },
  {
    name: 'a flood of pongs that nobody has asked for',
    answers: /^closed with 4429$/,
    limits: { requestsPerUser: 50 },
    run: (stage) => controlFlood(stage, ({ webSocket }) => webSocket.pong()),
  },
  {
    name: 'a flood of pings',
    // 1006 where more pongs wait than are kept
    answers: /^closed with (4429|1006)$/,
    limits: { requestsPerUser: 50 },
    run: (stage) => controlFlood(stage, ({ webSocket }) => webSocket.ping()),
  },
]
