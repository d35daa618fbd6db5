import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createWebhook } from '../../server/src/events/webhook'
import { blocksOf, splitImports } from '../consumer/snippets'
import { WebhookReceiver } from '../support/events/webhook-receiver'
import { until } from '../support/until'
import { SDK_APP_ID } from './support/hub-client'
import { startService } from './support/live-service'
import { ServerHost } from './support/server-host'

/** A bound against hanging, on a machine that is busy. */
const TIMEOUT_MS = 120_000
const BLOCKS = blocksOf(readFileSync(join(__dirname, '../../server/README.md'), 'utf8'))
const HANDLED = new Set<string>()

let host: ServerHost
beforeAll(() => {
  host = new ServerHost()
})
afterAll(() => host.close())

/** The one block of a language under a heading, or the first one of the page. */
function snippet(language: string, heading: string): string {
  const [found, ...more] = BLOCKS.filter((block) => block.language === language && block.heading === heading)
  if (!found || more.length > 0) throw new Error(`not one block of ${language} under “${heading}”`)
  HANDLED.add(`${language} ${heading}`)
  return found.text
}

/** What a reader has to fill in. @throws Error when the text does not have it */
function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((filled, [gap, value]) => {
    if (!filled.includes(gap)) throw new Error(`the snippet has no ${gap}`)
    return filled.replaceAll(gap, value)
  }, text)
}

/** What a script says as JSON, if it has ended well and said nothing else. */
async function told(script: string, env?: Readonly<Record<string, string>>): Promise<unknown> {
  const { exitCode, stdout, stderr } = await host.run(script, env)
  expect([exitCode, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

it(
  'the first command serves the app whose key it is given',
  async () => {
    const lines = filledIn(snippet('sh', ''), { "<key of your app's userSigs>": 'a-key' })
    const server = host.startShell(lines, { PORT: '0' })
    const root = await server.says(/Server listening at (http:\/\/[\d.:]+)/)
    const ask = `{"sdkAppID":1400000000,"secretKey":"a-key","userID":"ann","expire":60}`
    const { stdout } = await host.shell(`echo '${ask}' | npx roomlet-server sign userSigV2`)
    const query = new URLSearchParams({ sdkAppID: '1400000000', userID: 'ann', userSig: stdout.trim() })
    const answer = await fetch(`${root}/weapp/multi_room/login?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    server.stop()
    expect(await answer.json()).toMatchObject({ code: 0, userID: 'ann' })
    await server.ended
  },
  TIMEOUT_MS,
)

it(
  'an application of one’s own serves HTTP and sockets, and ends when it is closed',
  async () => {
    const text = filledIn(snippet('ts', 'In an application of your own'), {
      'port: 8080': "port: 0, host: '127.0.0.1'",
    })
    const script = `${text}
import { once } from 'node:events'
import { makeUserSig } from 'roomlet-server'
import WebSocket from 'ws'

const root = '127.0.0.1:' + app.server.address().port
const userSig = makeUserSig({ sdkAppID: 1400000000, secretKey: process.env.SECRET_KEY, userID: 'ann', expire: 60 })
const query = new URLSearchParams({ sdkAppID: '1400000000', userID: 'ann', userSig })
const login = await fetch('http://' + root + '/weapp/multi_room/login?' + query, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
const socket = new WebSocket('ws://' + root + '/weapp/ws')
await once(socket, 'open')
const [refusal] = await once(new WebSocket('ws://' + root + '/elsewhere'), 'error')
console.log(JSON.stringify({ code: (await login.json()).code, refused: refusal instanceof Error }))
const closed = once(socket, 'close')
await rooms.close()
await closed
await app.close()`
    expect(await told(script, { SECRET_KEY: 'a-key' })).toEqual({ code: 0, refused: true })
  },
  TIMEOUT_MS,
)

it(
  'a media server in the same process is answered as the comments say',
  async () => {
    const [before, after] = snippet('ts', 'Media servers').split("'e=656f2280&k=…&s=…'")
    const refusals = [...(after ?? '').matchAll(/'(\w+)'(?= \||(?<=\| '\w+') \})/g)].map(([, reason]) => reason)
    expect(refusals).toHaveLength(5)
    const script = `
import { EventEmitter } from 'node:events'
import { inspect } from 'node:util'
import fastify from 'fastify'
import { createRoomService, makeUserSig } from 'roomlet-server'

const app = fastify()
const service = createRoomService({ sdkAppID: 1400000000, secretKey: 'a-key' })
service.register(app)
async function login(userID) {
  const userSig = makeUserSig({ sdkAppID: 1400000000, secretKey: 'a-key', userID, expire: 60 })
  const { token } = await post('login', { sdkAppID: '1400000000', userID, userSig })
  return { userID, token }
}
async function post(call, query, payload = {}) {
  const url = '/weapp/multi_room/' + call + '?' + new URLSearchParams(query)
  return (await app.inject({ method: 'POST', url, payload })).json()
}
const [ann, bob] = [await login('ann'), await login('bob')]
const { pushURL } = await post('get_push_url', ann, { roomID: 'r1' })
await post('add_pusher', ann, { roomID: 'r1', pushURL })
const { pushers } = await post('get_pushers', bob, { roomID: 'r1' })

async function ask(text) {
  let forget
  const answers = []
  const noted = async (answer) => (answers.push(await answer), answer)
  const connection = Object.assign(new EventEmitter(), { destroy() {} })
  const { gate } = service
  const rooms = { gate: {
    check: (...args) => noted(gate.check(...args)),
    publish: (...args) => noted(gate.publish(...args)),
    onStream: (listener) => void (forget = gate.onStream((event) => { answers.push(event); listener(event) })),
  } }
  ${before}text${after}
  connection.emit('close')
  forget()
  return answers
}
const queryOf = (url) => url.slice(url.indexOf('?'))
console.log(JSON.stringify({
  inspected: inspect((await ask(queryOf(pushers[0].accelerateURL)))[0]),
  played: await ask(queryOf(pushers[0].accelerateURL)),
  published: await ask(queryOf(pushURL)),
  made_up: await ask('e=656f2280&k=…&s=…'),
}))
await service.close()`
    const { inspected, played, published, made_up } = (await told(script)) as Record<string, Record<string, unknown>[]>
    expect(after).toContain(`// ${String(inspected)}`)
    const ann = { ok: true, roomID: 'r1', userID: 'ann', kind: 'main' }
    expect(played).toEqual([ann, { ok: false, reason: 'foreign' }])
    expect(published?.slice(0, 2)).toEqual([{ ok: false, reason: 'foreign' }, ann])
    expect(published?.[2]).toMatchObject({ type: 'stopped', stream: 'r1.ann_main' })
    for (const { ok, reason } of made_up ?? []) expect([ok, refusals.includes(String(reason))]).toEqual([false, true])
  },
  TIMEOUT_MS,
)

it(
  'a webhook is let through once, and a forged one never',
  async () => {
    const { imports, rest } = splitImports(snippet('ts', 'Webhooks'))
    const script = `${imports}
import { makeWebhookSign } from 'roomlet-server'

const [secret, rawBody, known] = ['a-secret-of-the-receiver', '{"id":"x"}', new Set()]
const isKnown = async (id) => known.has(id) || (known.add(id), false)
const reply = { code: (status) => ({ send: () => status }) }
const timestamp = Math.floor(Date.now() / 1000)
const signedWith = (secret) => ({
  headers: {
    'webhook-id': 'x',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': makeWebhookSign({ secret, id: 'x', body: rawBody, timestamp }),
  },
})
async function receive(request) {
${rest}
  return 'taken'
}
const answers = []
for (const key of ['another-secret-of-nobody', secret, secret]) answers.push(await receive(signedWith(key)))
console.log(JSON.stringify(answers))`
    expect(await told(script)).toEqual([401, 'taken', 204])
  },
  TIMEOUT_MS,
)

it(
  'a webhook looks as the example does',
  async () => {
    const example = JSON.parse(snippet('json', 'Webhooks')) as Record<string, unknown>
    const receiver = await WebhookReceiver.start()
    const clock = { now: Date.now }
    const secrets = ['a-secret-for-tests']
    const live = await startService({
      destinations: [createWebhook({ url: receiver.url, secrets, sdkAppID: SDK_APP_ID, clock })],
    })
    try {
      await (await live.connect('ann')).join('r')
      await until('somebody has joined', async () => receiver.taken.length === 2)
      const real = receiver.taken.map(({ event }) => event).find(({ type }) => type === example.type)
      const typesOf = (event: object) => Object.entries(event).map(([name, value]) => [name, typeof value])
      expect(typesOf(example).sort()).toEqual(typesOf(real ?? {}).sort())
    } finally {
      await live.close()
      await receiver.close()
    }
  },
  TIMEOUT_MS,
)

it(
  'tickets and URLs are made, and callbacks verified',
  async () => {
    const { imports, rest } = splitImports(snippet('ts', 'Tickets and signed URLs'))
    const script = `${imports}
import { makeTrtcCallbackSign, verifyTxSecret, verifyUserSig } from 'roomlet-server'

const [secretKey, key, callbackKey, rawBody] = ['a-key', 'live-key', 'callback-key', '{"EventType":101}']
const warnings = []
console.warn = (text) => warnings.push(text)
function made(request) {
${rest}
  return { userSig, pushURL }
}
made({ headers: { sign: makeTrtcCallbackSign({ key: 'another', body: rawBody }) } })
const { userSig, pushURL } = made({ headers: { sign: makeTrtcCallbackSign({ key: callbackKey, body: rawBody }) } })
const txSecret = new URL(pushURL).searchParams.get('txSecret')
const now = Date.now()
console.log(JSON.stringify({
  user: verifyUserSig(userSig, { sdkAppID: 1400000000, secretKey, userID: 'ann', now }).ok,
  url: verifyTxSecret(txSecret, { key, streamName: '8888_ann', expireUnix: 1700003600, now: 1700000000000 }).ok,
  warnings,
}))`
    const forged = 'a callback is refused: signature'
    expect(await told(script)).toEqual({ user: true, url: true, warnings: [forged] })
  },
  TIMEOUT_MS,
)

it(
  'hooks of both media servers are answered by the token',
  async () => {
    const text = snippet('ts', 'Hooks of a media server')
    const [srs = '', nginx = ''] = [...text.matchAll(/^\/\/ [\w-]+: (\{.+\})$/gm)].map(([, shape = '']) => shape)
    const script = `
import { makeStreamToken, verifyStreamToken as verify } from 'roomlet-server'

const key = 'a-key'
const told = []
const expireUnix = Math.floor(Date.now() / 1000) + 60
const verifyStreamToken = (...args) => {
  const answer = verify(...args)
  told.push(answer.ok)
  return answer
}
function answered(token) {
  const [hook, form] = JSON.parse(JSON.stringify([${srs}, ${nginx}]).replaceAll('…', token))
  {
${text}
  }
}
answered(makeStreamToken({ key, action: 'publish', appName: 'live', streamName: 'ann_main', expireUnix }))
answered(makeStreamToken({ key, action: 'play', appName: 'live', streamName: 'ann_main', expireUnix }))
console.log(JSON.stringify(told))`
    expect(await told(filledIn(script, { "token: '…'": "token: '…'" }))).toEqual([true, true, false, false])
  },
  TIMEOUT_MS,
)

it(
  'tickets are signed and verified on the command line as it is shown',
  async () => {
    const [sign = '', verify = ''] = snippet('sh', 'Tickets on the command line').trim().split('\n')
    const signed = await host.shell(sign)
    expect(signed).toMatchObject({ exitCode: 0 })
    const verified = await host.shell(filledIn(verify, { 'eJ…': signed.stdout.trim() }))
    expect(verified).toMatchObject({ exitCode: 0 })
    expect(JSON.parse(verified.stdout)).toMatchObject({ userID: 'ann' })
    expect(await host.shell(verify)).toMatchObject({ exitCode: 1, stdout: '' })
  },
  TIMEOUT_MS,
)

it('no script or command of the page is left out, the compose file and nginx aside', () => {
  const shown = BLOCKS.filter(({ language }) => language !== 'nginx').map(
    ({ language, heading }) => `${language} ${heading}`,
  )
  expect(shown.filter((name) => !HANDLED.has(name))).toEqual(['sh In containers'])
})
