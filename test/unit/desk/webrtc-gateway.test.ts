import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import { createPeer } from '../../../examples/playground/webrtc-gateway/peer'
import { WebRtcGateway } from '../../../examples/playground/webrtc-gateway/webrtc-gateway'
import { until } from '../../support/until'

const SIGNED = '?e=1&s=good'

let app: FastifyInstance
let gateway: WebRtcGateway
let media: WebSocketServer
let address: string
/** Connections of the gateway to the media server, by what they asked for. */
let asked: string[]

beforeEach(async () => {
  asked = []
  app = fastify({ forceCloseConnections: true })
  gateway = new WebRtcGateway({ host: '127.0.0.1', basePath: '/calls' })
  gateway.attach(app, { check: (_action, _stream, query) => ({ ok: query.get('s') === 'good' }) })
  media = new WebSocketServer({ noServer: true })
  app.server.on('upgrade', (request, socket, head) => {
    asked.push(request.url ?? '')
    if (request.url?.includes('taken')) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    media.handleUpgrade(request, socket, head, (webSocket) => webSocket.send('published'))
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/calls`
})

afterEach(async () => {
  gateway.close()
  for (const socket of media.clients) socket.terminate()
  await app.close()
})

async function offerOf(kinds: readonly ('audio' | 'video')[]): Promise<{ sdp: string; close(): Promise<void> }> {
  const peer = createPeer(true)
  for (const kind of kinds) peer.addTransceiver(kind, { direction: 'sendonly' })
  await peer.setLocalDescription(await peer.createOffer())
  return { sdp: peer.localDescription?.sdp ?? '', close: () => peer.close() }
}

function post(path: string, body: string, type = 'application/sdp'): Promise<Response> {
  return fetch(`${address}${path}`, { method: 'POST', headers: { 'content-type': type }, body })
}

test('an offer is answered on loopback only, and its session ends when it is deleted', async () => {
  const offer = await offerOf(['video', 'audio'])
  const response = await post(`/whip/live/room.user_main${SIGNED}`, offer.sdp)
  expect(response.status).toBe(201)
  const answer = await response.text()
  const hosts = [...answer.matchAll(/^a=candidate:\S+ \d+ \S+ \d+ (\S+)/gm)].map(([, host]) => host)
  expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']))
  expect(asked).toEqual([`/calls/live/room.user_main.flv${SIGNED}`])

  const [publisher] = media.clients
  const closed = once(publisher as NonNullable<typeof publisher>, 'close')
  const session = new URL(response.headers.get('location') ?? '', address)
  expect((await fetch(session, { method: 'DELETE' })).status).toBe(200)
  await closed
  expect((await fetch(session, { method: 'DELETE' })).status).toBe(404)
  await offer.close()
})

test('what is not signed, no stream, no SDP, or in use is refused by its status, and nothing is left behind', async () => {
  const offer = await offerOf(['video'])
  const { sdp } = offer
  const status = async (path: string, body = sdp, type?: string) => (await post(path, body, type)).status
  expect(await status('/whip/live/room.user_main?e=1&s=bad')).toBe(403)
  expect(await status('/whep/live/room.user_main')).toBe(403)
  expect(await status(`/whip/live/a%20b${SIGNED}`)).toBe(404)
  expect(await status(`/other/live/room.user_main${SIGNED}`)).toBe(404)
  expect(await status(`/whip/live/room.user_main${SIGNED}`, sdp, 'text/html')).toBe(415)
  expect(await status(`/whip/live/room.user_main${SIGNED}`, `v=0\r\n${'x'.repeat(70_000)}`)).toBe(413)
  expect(await status(`/whip/live/taken${SIGNED}`)).toBe(502)
  expect(media.clients.size).toBe(0)
  await offer.close()
})

test.each([
  ['nothing', 400, () => ''],
  ['no SDP', 400, () => 'hello'],
  ['only its first line', 400, () => 'v=0\r\n'],
  ['no fingerprint', 400, (sdp: string) => sdp.replace(/^a=fingerprint.*\r\n/gm, '')],
  ['broken lines', 400, (sdp: string) => sdp.replace(/^m=video.*$/m, 'm=video 9 x 96').replace(/^o=.*$/m, 'o=')],
  ['five hundred candidates', 400, (sdp: string) => sdp + 'a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n'.repeat(500)],
  ['no H.264', 406, (sdp: string) => sdp.replace(/H264/g, 'VP8')],
] as const)('an offer with %s is refused with %i and harms nobody', async (_what, status, change) => {
  const offer = await offerOf(['video', 'audio'])
  const response = await post(`/whip/live/room.user_main${SIGNED}`, change(offer.sdp))
  expect(response.status).toBe(status)
  expect((await post(`/whip/live/room.user_main${SIGNED}`, offer.sdp)).status).toBe(201)
  await offer.close()
})

test('a session ends with its stream, and every session with the gateway', async () => {
  const offers = await Promise.all([offerOf(['video']), offerOf(['video'])])
  const responses = await Promise.all(
    offers.map(({ sdp }, index) => post(`/whip/live/room.user${index}_main${SIGNED}`, sdp)),
  )
  expect(responses.map(({ status }) => status)).toEqual([201, 201])
  const [first] = media.clients
  first?.terminate()
  const gone = new URL(responses[0]?.headers.get('location') ?? '', address)
  const alsoGone = new URL(responses[1]?.headers.get('location') ?? '', address)
  await until('one session to end', async () => media.clients.size === 1)
  gateway.close()
  await until('the other one to end', async () => media.clients.size === 0)
  for (const session of [gone, alsoGone]) expect((await fetch(session, { method: 'DELETE' })).status).toBe(404)
  expect((await post(`/whip/live/room.user_main${SIGNED}`, offers[0]?.sdp ?? '')).status).toBe(503)
  await Promise.all(offers.map((offer) => offer.close()))
})
