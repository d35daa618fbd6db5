import { makeToken } from '../../server/src/tickets/access-token'
import { packTicket } from '../../server/src/tickets/packed-ticket'
import { decodeUserSig } from '../../server/src/tickets/user-sig'
import type { CallName, Calls } from '../../src/signaling/protocol'
import { keys, SDK_APP_ID, userSigOf } from '../server/support/hub-client'
import { ATTACKER, describeAnswer, describeFrame, ROOM, type Attack, type Stage } from './attack'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const REFUSED = /^(code [3457]|LOGIN_REFUSED|LOGIN_EXPIRED|FORBIDDEN|NOT_MEMBER|BAD_PARAMETER)$/

const claims = (userID: string, expiresAt: number) => ({ userID, id: 'made-up', expiresAt })
const queryOf = (userID: string, token: string): string => new URLSearchParams({ userID, token }).toString()
const HTTP_CALLS: readonly [call: string, body: object][] = [
  ['double_room/delete_pusher', { roomID: ROOM }],
  ['double_room/destroy_room', { roomID: ROOM }],
  ['double_room/pusher_heartbeat', { roomID: ROOM }],
  ['double_room/get_push_url', { roomID: ROOM }],
  ['double_room/logout', {}],
]

/** Every way in, with this token of Ann's. */
async function tryToken({ live }: Stage, token: string): Promise<string[]> {
  const answers: string[] = []
  for (const [call, body] of HTTP_CALLS) {
    answers.push(describeAnswer(await live.post(`${call}?${queryOf('ann', token)}`, body)))
  }
  const socket = await live.openSocket()
  const login = await socket.ask('login', { userID: 'ann', token, userName: '', userAvatar: '' })
  return [...answers, describeFrame(login)]
}

function withToken(name: string, token: (now: number) => string): Attack {
  return { name: `token ${name}`, answers: REFUSED, run: (stage) => tryToken(stage, token(Date.now())) }
}

function withUserSig(name: string, userSig: (now: number) => string): Attack {
  return {
    name: `userSig ${name}`,
    answers: REFUSED,
    async run({ live }) {
      const sig = userSig(Date.now())
      const query = new URLSearchParams({ userID: 'ann', sdkAppID: String(SDK_APP_ID), userSig: sig })
      const http = await live.post(`multi_room/login?${query}`)
      const socket = await live.openSocket()
      const login = await socket.ask('login', { userID: 'ann', userSig: sig, userName: '', userAvatar: '' })
      return [describeAnswer(http), describeFrame(login)]
    },
  }
}

/** Each op of a socket on a room that its user is not in. */
const OPS: readonly { [K in CallName]?: Calls[K]['params'] }[] = [
  { leave: { room: ROOM } },
  { publishUrl: { room: ROOM } },
  { playUrl: { room: ROOM, userID: 'ann' } },
  { announce: { room: ROOM, audio: false, video: false } },
  { share: { room: ROOM, on: true } },
  { send: { room: ROOM, kind: 'text', data: `from ${ATTACKER}` } },
  { resume: { room: ROOM, epoch: 'x', seq: 0 } },
  { login: { userID: 'ann', userSig: '', userName: '', userAvatar: '' } },
]

export const ticketAttacks: readonly Attack[] = [
  withToken('forged with another key', (now) => makeToken(claims('ann', now + MINUTE_MS), Buffer.from('other'))),
  withToken('of another user', (now) => makeToken(claims(ATTACKER, now + MINUTE_MS), keys.tokenKey)),
  withToken('expired', (now) => makeToken(claims('ann', now - MINUTE_MS), keys.tokenKey)),
  withToken('expired, with a longer life written in', (now) =>
    stretched(makeToken(claims('ann', now - MINUTE_MS), keys.tokenKey)),
  ),
  withToken('without a signature', (now) =>
    makeToken(claims('ann', now + MINUTE_MS), keys.tokenKey).replace(/\..*/, '.'),
  ),
  withToken('that is a userSig', (now) => userSigOf('ann', now)),
  {
    name: 'token replayed after its logout',
    answers: REFUSED,
    async run(stage) {
      const query = await stage.live.loginOverHttp('ann')
      await stage.live.post(`multi_room/logout?${query}`)
      return tryToken(stage, new URLSearchParams(query).get('token') ?? '')
    },
  },
  withUserSig('forged: its signature changed', (now) => changed(userSigOf('ann', now))),
  withUserSig('swapped: of another user', (now) => userSigOf(ATTACKER, now)),
  withUserSig('expired', (now) => userSigOf('ann', now - 2 * DAY_MS)),
  {
    name: 'acting for another',
    answers: REFUSED,
    async run({ live }) {
      const eve = await live.loginOverHttp(ATTACKER)
      const answers: string[] = []
      for (const [call, body] of HTTP_CALLS.slice(0, 3)) {
        for (const named of [body, { ...body, userID: 'ann' }]) {
          answers.push(describeAnswer(await live.post(`${call}?${eve}`, named)))
        }
      }
      const socket = await live.connect(ATTACKER)
      for (const op of OPS) {
        const [name, params] = Object.entries(op)[0] as [CallName, never]
        answers.push(describeFrame(await socket.ask(name, params)))
      }
      return answers
    },
  },
]

/** The same userSig with another signature inside. */
function changed(userSig: string): string {
  const ticket = decodeUserSig(userSig)
  return packTicket({ ...ticket, 'TLS.sig': Buffer.alloc(32).toString('base64') })
}

/** The same token with another end. */
function stretched(token: string): string {
  const [body = '', signature = ''] = token.split('.')
  const [userID, id] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string]
  const longer = Buffer.from(JSON.stringify([userID, id, Date.now() + MINUTE_MS])).toString('base64url')
  return `${longer}.${signature}`
}
