import fastify from 'fastify'
import { MediaServer } from '../../../examples/playground/media-server/media-server'
import { systemClock } from '../../../server/src/clock'
import { createGate } from '../../../server/src/gate'
import { createKeys } from '../../../server/src/keys'

/** The playground's media server as a process of its own, with the gate of a RoomService that has the same key. */
async function main(): Promise<void> {
  const { PORT, RTMP_PORT, SDK_APP_ID, SECRET_KEY = '' } = process.env
  const host = '127.0.0.1'
  const keys = createKeys({ sdkAppID: Number(SDK_APP_ID), secretKey: SECRET_KEY })
  const { server } = await MediaServer.listen({ host, rtmpPort: Number(RTMP_PORT), basePath: '' })
  const app = fastify({ logger: false, forceCloseConnections: true })
  const handleUpgrade = server.attach(app, createGate({ keys, clock: systemClock }))
  app.server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    if (!handleUpgrade(request, socket, head)) socket.destroy()
  })
  await app.listen({ host, port: Number(PORT) })
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
