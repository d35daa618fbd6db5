import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { registerHealth } from '../../server/src/http/health-routes'
import { answerBadAddress } from '../../server/src/http/http-protocol'
import { createKeys, createRoomService, createStreamUrls } from '../../server/src/index'
import { registerDeviceTest } from './device-test-routes'
import { registerDirectRooms } from './direct-rooms'
import { ApiReference } from './api-reference'
import { MediaServer } from './media-server/media-server'
import { WebRtcGateway } from './webrtc-gateway/webrtc-gateway'

export interface PlaygroundOptions {
  readonly host: string
  /** 0 = any free port */
  readonly port: number
  /** 0 = any free port */
  readonly rtmpPort: number
  /** '' or like `/calls` */
  readonly basePath: string
  /** what buildPlayground() wrote */
  readonly files: string
  /** Key of userSigs and URLs; a new one by default, so nothing signed outlives the process. */
  readonly secretKey?: string
}

export interface Playground {
  /** with a slash at its end */
  readonly url: string
  readonly rtmpPort: number
  /** Begins to write the API reference, which is written when somebody asks for it otherwise. */
  prepareReference(): void
  /** Ends every connection and frees both ports. */
  close(): Promise<void>
}

/** The playground's app; userSigs are made for it. */
export const SDK_APP_ID = 1400000000

/** Thrown when a port is taken; the message says which. */
class PortInUse extends Error {}

/** The whole playground on one HTTP port: files, RoomService in demo mode and media. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { host, basePath, files } = options
  const { server: media, rtmpPort } = await named(options.rtmpPort, 'RTMP_PORT', MediaServer.listen(options))
  const secretKey = options.secretKey ?? randomBytes(32).toString('hex')
  const service = createRoomService({
    sdkAppID: SDK_APP_ID,
    secretKey,
    basePath,
    demo: true,
    rtmpPort,
  })
  // Requests may carry tokens and signatures in their URLs, so none is logged.
  const app = fastify({ logger: false, forceCloseConnections: true, frameworkErrors: answerBadAddress })
  service.register(app)
  app.register(async (scope) => registerHealth(scope, () => service.hub.context.store.isAvailable), {
    prefix: basePath,
  })
  registerDeviceTest(app, basePath)
  const handleMediaUpgrade = media.attach(app, service.gate)
  const keys = createKeys({ sdkAppID: SDK_APP_ID, secretKey })
  const urls = createStreamUrls({ keys, clock: { now: Date.now }, rtmpPort, basePath })
  registerDirectRooms(app, { basePath, urls, publishing: () => media.publishing() })
  const gateway = new WebRtcGateway(options)
  gateway.attach(app, service.gate)
  const reference = new ApiReference(options)
  reference.attach(app)
  serveFiles(app, basePath, files)
  app.server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    if (!service.handleUpgrade(request, socket, head) && !handleMediaUpgrade(request, socket, head)) socket.destroy()
  })
  const close = async (): Promise<void> => {
    gateway.close()
    reference.close()
    await media.close()
    await service.close()
    await app.close()
  }
  try {
    await named(options.port, 'PORT', app.listen({ host, port: options.port }))
  } catch (error) {
    await close()
    throw error
  }
  const { port } = app.server.address() as AddressInfo
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}${basePath}/`
  return { url, rtmpPort, prepareReference: () => reference.prepare(), close }
}

function serveFiles(app: FastifyInstance, basePath: string, files: string): void {
  app.register(fastifyStatic, { root: files, prefix: `${basePath}/`, cacheControl: false })
  if (basePath) {
    for (const path of ['/', basePath]) app.get(path, (_request, reply) => reply.redirect(`${basePath}/`))
  }
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 404, message: 'Nothing here' }))
}

async function named<T>(port: number, variable: string, listening: Promise<T>): Promise<T> {
  try {
    return await listening
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new PortInUse(`port ${port} is in use; set ${variable} to another one (0 = any free port)`)
  }
}
