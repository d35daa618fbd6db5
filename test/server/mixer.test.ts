import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNoMixer } from '../../server/src/mixer/mixer'
import { createTencentMixer } from '../../server/src/mixer/tencent-mixer'
import vectors from '../fixtures/vectors.json'

const vector = vectors.mixStreamApiSign
const clock = { now: () => 1_700_000_000_000 }
const params = { timestamp: 1_700_000_000, interface: { interfaceName: 'Mix_StreamV2', para: { app_id: '1' } } }

const room = { roomID: 'r', record: true }

/** What the service answers, and what it was asked. */
let answer: { status: number; body: string }
let asked: { url: string; body: string }[]
let server: Server
let baseUrl: string

beforeEach(async () => {
  asked = []
  answer = { status: 200, body: '{"code":0,"message":"Success!","timestamp":1700000001}' }
  server = createServer((request: IncomingMessage, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      asked.push({ url: request.url ?? '', body })
      response.writeHead(answer.status).end(answer.body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((closed) => server.close(closed)))

const mixer = () => createTencentMixer({ appID: 1252500000, apiKey: vector.key, clock, baseUrl })

it('asks the service with a signature for a minute, and hands its answer on', async () => {
  expect(await mixer().mix(params, room)).toEqual({ code: 0, message: 'Success!', timestamp: 1_700_000_001 })
  const [{ url, body } = { url: '', body: '' }] = asked
  expect(url).toBe(`/common_access?appid=1252500000&interface=Mix_StreamV2&t=${vector.t}&sign=${vector.sign}`)
  expect(JSON.parse(body)).toEqual(params)
})

it('hands the service’s own refusal on', async () => {
  answer.body = '{"code":4,"message":"input stream not exist","timestamp":3}'
  expect(await mixer().mix(params, room)).toEqual({ code: 4, message: 'input stream not exist', timestamp: 3 })
})

it.each([
  ['fails', 500, '{}'],
  ['answers no JSON', 200, 'oops'],
  ['answers something else', 200, '{"ok":true}'],
  ['answers nothing', 200, 'null'],
])('answers with an error when the service %s', async (_name, status, body) => {
  answer = { status, body }
  const result = await mixer().mix(params, room)
  expect(result).toEqual({ code: expect.any(Number), message: expect.stringMatching(/./), timestamp: 1_700_000_000 })
  expect(result.code).toBeLessThan(0)
})

it('answers with an error that names no signature when nobody can be reached', async () => {
  const fails: typeof fetch = (input) => Promise.reject(new TypeError(`fetch failed: ${String(input)}`))
  const result = await createTencentMixer({ appID: '1', apiKey: 'k', clock, fetch: fails }).mix(params, room)
  expect(result.code).toBeLessThan(0)
  expect(result.message).not.toContain('sign')
})

it('mixes nothing by default, which is no error', async () => {
  expect(await createNoMixer(clock).mix(params, room)).toMatchObject({ code: 0, timestamp: 1_700_000_000 })
})
