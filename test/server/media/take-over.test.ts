import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { WebSocket } from 'ws'
import { MediaServer } from '../../../examples/playground/media-server/media-server'
import { flvHeader, metadataTag } from '../../../examples/playground/runtime/media/flv-writer'
import { until } from '../../support/until'

const HOST = '127.0.0.1'
const STREAM = 'room-1.alice.main'

let app: FastifyInstance
let media: MediaServer
const sockets: WebSocket[] = []

beforeEach(async () => {
  app = fastify({ logger: false, forceCloseConnections: true })
  media = (await MediaServer.listen({ host: HOST, rtmpPort: 0, basePath: '' })).server
  const handleUpgrade = media.attach(app, { check: () => ({ ok: true }) })
  app.server.on('upgrade', handleUpgrade)
  await app.listen({ host: HOST, port: 0 })
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await media.close()
  await app.close()
})

/** A connection and what it was sent. */
function connect(...protocols: string[]): { socket: WebSocket; received: Buffer[] } {
  const { port } = app.server.address() as AddressInfo
  const socket = new WebSocket(`ws://${HOST}:${port}/live/${STREAM}.flv`, protocols)
  const received: Buffer[] = []
  socket.on('message', (data: Buffer) => received.push(data))
  sockets.push(socket)
  return { socket, received }
}

async function publish(): Promise<WebSocket> {
  const { socket, received } = connect('publisher')
  await until('the stream is given to the publisher', async () => received.some((data) => String(data) === 'published'))
  return socket
}

test('who comes after a stream was taken over while nobody watched gets what its new publisher sends', async () => {
  await publish()
  const second = await publish()
  const viewer = connect()
  await until('the viewer is let in', async () => viewer.received.length > 0)

  second.send(flvHeader(true, true))
  second.send(metadataTag({ encoder: 'the second publisher' }))

  await until('the metadata of the second publisher', async () =>
    Buffer.concat(viewer.received).includes('the second publisher'),
  )
})

test('the publisher that lost its stream is disconnected', async () => {
  const first = await publish()
  await publish()
  await until('the end of the first connection', async () => first.readyState === WebSocket.CLOSED)
  expect(media.publishing()).toEqual([STREAM])
})
