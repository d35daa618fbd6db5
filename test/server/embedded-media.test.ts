import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import WebSocket from 'ws'
import { MediaServer } from '../../examples/playground/media-server/media-server'
import type { StreamChange } from '../../server/src/media/stream-change'
import { startService, type LiveService } from './support/live-service'

/** A FLV file's beginning: what a publisher over WebSocket sends first. */
const FLV_HEADER = Buffer.from('464c5601050000000900000000', 'hex')

let live: LiveService
let media: MediaServer
let app: FastifyInstance
let heard: string[]
let sockets: WebSocket[]

beforeEach(async () => {
  sockets = []
  live = await startService()
  const listening = await MediaServer.listen({ host: '127.0.0.1', rtmpPort: 0, basePath: '' })
  media = listening.server
  app = fastify({ forceCloseConnections: true })
  const handleUpgrade = media.attach(app, live.service.gate)
  app.server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    if (!handleUpgrade(request, socket, head)) socket.destroy()
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  heard = []
  live.service.gate.onStream(({ type, userID }: StreamChange) => heard.push(`${type} ${userID}`))
})
afterEach(async () => {
  for (const socket of sockets) socket.terminate()
  await media.close()
  await app.close()
  await live.close()
})

/** Opens the stream over WebSocket. @returns the socket when the stream is ours, the status of a refusal otherwise */
async function publish(pushURL: string): Promise<WebSocket | number> {
  const { pathname, search } = new URL(pushURL)
  const { port } = app.server.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}${pathname}.flv${search}`, 'publisher')
  sockets.push(socket)
  socket.on('error', () => undefined)
  const refused = once(socket, 'unexpected-response').then(([, response]) => {
    const { statusCode = 0 } = response as { statusCode?: number }
    socket.terminate()
    return statusCode
  })
  const published = once(socket, 'message').then(() => {
    socket.send(FLV_HEADER)
    return socket
  })
  return Promise.race([refused, published])
}
const enter = async (userID: string) => {
  const client = await live.connect(userID)
  return { client, pushURL: (await client.join('r')).pushURL }
}

it('cuts the stream of a member that leaves, and refuses its URL from then on', async () => {
  const { client, pushURL } = await enter('ann')
  const stream = (await publish(pushURL)) as WebSocket
  expect([heard, media.publishing().includes('r.ann_main')]).toEqual([['started ann'], true])
  const closed = once(stream, 'close')
  await client.call('leave', { room: 'r' })
  await closed
  expect(media.publishing()).not.toContain('r.ann_main')
  expect(await publish(pushURL)).toBe(403)
  expect(heard).toEqual(['started ann', 'stopped ann'])
})

it('lets the same member publish again in the place of its dead connection', async () => {
  const { client, pushURL } = await enter('ann')
  const first = (await publish(pushURL)) as WebSocket
  const closed = once(first, 'close')
  const { pushURL: fresh } = await client.call('publishUrl', { room: 'r' })
  expect(await publish(fresh)).toBeInstanceOf(WebSocket)
  await closed
  expect(heard).toEqual(['started ann', 'stopped ann', 'started ann'])
})

it('cuts the one of two who came first under the same name, who cannot take the stream back', async () => {
  const { pushURL } = await enter('ann')
  const stream = (await publish(pushURL)) as WebSocket
  const closed = once(stream, 'close')
  const { pushURL: second } = await enter('ann')
  await closed
  expect(await publish(second)).toBeInstanceOf(WebSocket)
  expect(await publish(pushURL)).toBe(403)
  expect(media.publishing()).toContain('r.ann_main')
})

it('lets nobody publish with a forged URL', async () => {
  const { pushURL } = await enter('ann')
  for (const url of [pushURL.replace(/s=..../, 's=AAAA'), pushURL.replace('ann_main', 'bob_main')]) {
    expect(await publish(url)).toBe(403)
  }
  expect(heard).toEqual([])
})
