import { Writable } from 'node:stream'
import WebSocket from 'ws'
import { createLogger, logOf } from '../../server/src/logging/logger'
import { requestIds } from '../../server/src/http/request-id'
import type { LogLevel } from '../../server/src/log'
import { SDK_APP_ID, SECRET_KEY, userSigOf } from './support/hub-client'
import { SocketClient, startService } from './support/live-service'

interface Line {
  readonly level: string
  readonly msg: string
  readonly [key: string]: unknown
}

function capture(level: LogLevel, secrets: readonly string[] = []) {
  const lines: Line[] = []
  const destination = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      lines.push(JSON.parse(chunk) as Line)
      done()
    },
  })
  return { lines, log: logOf(createLogger({ level, secrets, destination })) }
}

/** Every text in an answer that proves something: signatures of URLs, tickets, tokens. */
function provenBy(answer: unknown): string[] {
  const signatures = [...JSON.stringify(answer).matchAll(/[?&]s=([\w-]+)/g)].map(([, signature]) => signature ?? '')
  const { token, privateMapKey } = answer as { token?: string; privateMapKey?: string }
  return [...signatures, ...[token, privateMapKey].filter((each) => each !== undefined)]
}

it('logs every request and op of a call by its ids, and none of its secrets', async () => {
  const { lines, log } = capture('debug', [SECRET_KEY])
  const live = await startService({ log })
  const secrets = [SECRET_KEY]
  const post = async (path: string, body: object) => {
    const answer = await live.post(path, body)
    secrets.push(...provenBy(answer.body))
    return answer.body
  }
  const userSig = userSigOf('ann', Date.now())
  const login = new URLSearchParams({ sdkAppID: String(SDK_APP_ID), userID: 'ann', userSig })
  const { token } = await post(`webrtc_room/login?${login}`, {})
  const query = new URLSearchParams({ userID: 'ann', token: String(token) })
  const { pushURL } = await post(`multi_room/get_push_url?${query}`, { roomID: 'r' })
  await post(`multi_room/create_room?${query}`, { roomID: 'r', roomInfo: '' })
  await post(`multi_room/add_pusher?${query}`, { roomID: 'r', pushURL })
  await post(`multi_room/get_pushers?${query}`, { roomID: 'r' })
  await post(`webrtc_room/create_room?${query}`, { roomInfo: 'w' })
  await post(`multi_room/no_such_call?${query}`, {})
  const bob = await live.openSocket()
  const bobSig = userSigOf('bob', Date.now())
  const logins = [
    await bob.call('login', { userID: 'bob', userSig: bobSig, userName: '', userAvatar: '' }),
    await bob.join('r'),
    await bob.call('playUrl', { room: 'r', userID: 'ann' }),
    await bob.call('leave', { room: 'r' }),
    await bob.call('logout', {}),
  ]
  await post(`multi_room/delete_pusher?${query}`, { roomID: 'r' })
  await live.close()
  secrets.push(userSig, bobSig, ...logins.flatMap(provenBy))

  const text = JSON.stringify(lines)
  expect(new Set(secrets).size).toBeGreaterThan(8)
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  const ops = lines.filter(({ msg }) => msg === 'Socket op')
  expect(ops.map(({ op, outcome, userID }) => [op, outcome, userID])).toEqual([
    ['login', 'ok', 'bob'],
    ['join', 'ok', 'bob'],
    ['playUrl', 'ok', 'bob'],
    ['leave', 'ok', 'bob'],
    ['logout', 'ok', 'bob'],
  ])
  expect(new Set(ops.map(({ connection }) => connection)).size).toBe(1)
  expect(ops.map(({ request }) => request)).toEqual(['1', '2', '3', '4', '5'])
  const requests = lines.filter(({ msg }) => msg === 'HTTP request')
  expect(requests.map(({ route }) => route)).toContain('/weapp/multi_room/add_pusher')
  expect(new Set(requests.map(({ requestID }) => requestID)).size).toBe(requests.length)
})

it('says nothing of single requests unless it is asked for', async () => {
  const { lines, log } = capture('info')
  const live = await startService({ log })
  await live.loginOverHttp('ann')
  await live.connect('bob')
  await live.close()
  expect(lines).toEqual([])
})

it('takes out what somebody else has quoted, wherever it stands', () => {
  const { lines, log } = capture('info', ['the "key" of all', 'short'])
  const command = Object.assign(new Error('ERR at redis://me:the-password@host:1/'), { command: ['SET', 'a-token'] })
  log('error', 'GET /x?userID=a&token=a-token&s=a-signature failed', { error: command })
  log('info', 'the "key" of all', { deep: { token: 'a-token', pushURL: 'rtmp://h/live/r?e=1' }, userSig: 'a-sig' })
  const text = JSON.stringify(lines)
  for (const secret of ['a-token', 'a-signature', 'the-password', 'of all', 'rtmp:', 'a-sig']) {
    expect(text).not.toContain(secret)
  }
  expect(lines[0]).toMatchObject({
    level: 'error',
    error: { type: 'Error', message: expect.stringContaining('@host') },
  })
})

describe('the id of a request', () => {
  const next = requestIds((size) => Buffer.alloc(size))

  it('is the one that a proxy has given it, if that may stand in a log', () => {
    expect(next({ headers: { 'x-request-id': '7b0c-11:a/b=' } })).toBe('7b0c-11:a/b=')
    for (const given of ['', 'a b', 'a"b', 'a\nb', 'x'.repeat(129)]) {
      expect(next({ headers: { 'x-request-id': given } })).toMatch(/^AAAAAAAA-\w+$/)
    }
  })

  it('is answered in the header, and in the body of what failed outside the protocol', async () => {
    const live = await startService()
    const headers = { 'x-request-id': 'given' }
    const url = `http://127.0.0.1:${live.port}/weapp`
    const missing = await fetch(`${url}/multi_room/none`, { method: 'POST', headers })
    expect(await missing.json()).toEqual({ code: 404, message: 'No such call', requestID: 'given' })
    expect(missing.headers.get('x-request-id')).toBe('given')
    const refused = await fetch(`${url}/multi_room/logout`, { method: 'POST', headers, body: '{}' })
    expect(await refused.json()).toEqual({ code: 7, message: expect.any(String) })
    expect(refused.headers.get('x-request-id')).toBe('given')
    const own = await fetch(`${url}/multi_room/logout`, { method: 'POST', body: '{}' })
    expect(own.headers.get('x-request-id')).toMatch(/^[\w-]{8}-\w+$/)
    await live.close()
  })
})

it('calls a failure by the ids of its connection and of its request', async () => {
  const { lines, log } = capture('info')
  const live = await startService({ log })
  const ann = new SocketClient(new WebSocket(`ws://127.0.0.1:${live.port}/weapp/ws`))
  await new Promise((resolve) => ann.webSocket.once('open', resolve))
  await ann.call('login', { userID: 'ann', userSig: userSigOf('ann', Date.now()), userName: '', userAvatar: '' })
  live.service.hub.context.store.list = async () => {
    throw new Error('broken')
  }
  expect(await ann.ask('rooms', { kind: 'multi_room', index: 0, cnt: 1 })).toMatchObject({
    error: { code: 'SERVER_ERROR' },
  })
  ann.webSocket.terminate()
  await live.close()
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'A socket op failed', op: 'rooms', request: '2', connection: expect.any(String) }),
  ])
})
