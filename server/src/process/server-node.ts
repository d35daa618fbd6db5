import { randomBytes } from 'node:crypto'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { systemClock } from '../clock'
import type { LoadedConfig, ServerConfig } from '../config/config'
import type { Destination } from '../events/destination'
import { createWebhook } from '../events/webhook'
import { registerHealth } from '../http/health-routes'
import { answerBadAddress } from '../http/http-protocol'
import { httpServerOptions } from '../http/http-server-options'
import { requestIds } from '../http/request-id'
import { createImNotifier } from '../im/im-notifier'
import type { Log } from '../log'
import { createLogger, logOf } from '../logging/logger'
import type { MediaServerApi } from '../media/media-server-api'
import { createNginxRtmpControl } from '../media/nginx-rtmp-control'
import { createSrsApi } from '../media/srs-api'
import type { Mixer } from '../mixer/mixer'
import { createTencentMixer } from '../mixer/tencent-mixer'
import { systemRandom } from '../random'
import { createRoomService } from '../room-service'
import { RedisStore } from '../store/redis/redis-store'
import { metricsPort } from './metrics-port'

/** Share of the time for going away that the sockets have; the rest is for requests under way. */
const MOVING = 0.8
const IDLE_CHECK_MS = 100

export interface ServerNode {
  /** Has the clients move, finishes the requests under way, and ends everything, within the time that is configured for it. */
  stop(): Promise<void>
}

/** RoomService as a process of its own. Resolves when it listens. */
export async function startServerNode({ config, secrets }: LoadedConfig): Promise<ServerNode> {
  const logger = createLogger({ level: config.logLevel, secrets })
  const log = logOf(logger)
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    // RoomService writes its own, without the URL, in which tokens are
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(systemRandom),
    frameworkErrors: answerBadAddress,
    ...httpServerOptions(config.limits),
  })
  // Fastify's own handler logs the URL, and a token may be in it
  app.setNotFoundHandler(({ id }, reply) => reply.code(404).send({ code: 404, message: 'Nothing here', requestID: id }))
  const metering = metricsPort(config.metrics, log)
  const service = createRoomService({
    ...config,
    secretKey: config.secretKey || randomBytes(32).toString('hex'),
    mixer: mixerOf(config),
    destinations: destinationsOf(config, log),
    hookSecret: config.media.hookSecret,
    mediaServers: mediaServersOf(config),
    callbacks: config.events.callbacks,
    store: config.redisUrl === '' ? undefined : new RedisStore({ url: config.redisUrl, log }),
    log,
    meter: metering?.metrics.meter,
  })
  metering?.metrics.watch(service.hub.context)
  metering?.register(app)
  service.register(app)
  registerHealth(app, () => service.isReady)
  app.server.on('upgrade', (request, socket, head) => {
    if (!service.handleUpgrade(request, socket, head)) socket.destroy()
  })
  await metering?.open()
  await app.listen({ host: config.host, port: config.port })
  return {
    async stop() {
      log('info', 'This node goes away', { connections: service.hub.context.connections.size })
      const drainMs = config.drainSeconds * 1000
      await service.drain(drainMs * MOVING)
      // the store is there until the last request is answered
      await closeWithin(app, drainMs * (1 - MOVING))
      await service.close()
      await metering?.close()
      log('info', 'This node is gone')
    },
  }
}

/** Answers what is under way; connections that have nothing under way any more are ended soon, the rest after `ms`. */
async function closeWithin(app: Pick<FastifyInstance, 'server' | 'close'>, ms: number): Promise<void> {
  const sweeping = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS)
  const cut = systemClock.setTimer(ms, () => app.server.closeAllConnections())
  await app.close()
  clearInterval(sweeping)
  cut()
}

function mixerOf({ mix }: ServerConfig): Mixer | undefined {
  return mix ? createTencentMixer({ ...mix, clock: systemClock }) : undefined
}

function destinationsOf({ events: { webhooks, im }, sdkAppID, secretKey }: ServerConfig, log: Log): Destination[] {
  const { urls = [], secrets = [] } = webhooks ?? {}
  const clock = systemClock
  return [
    ...urls.map((url) => createWebhook({ url, secrets, sdkAppID, clock })),
    ...(im ? [createImNotifier({ ...im, sdkAppID, secretKey, clock, log })] : []),
  ]
}

function mediaServersOf({ media: { srsApiUrl, nginxRtmpControlUrl } }: ServerConfig): MediaServerApi[] {
  return [
    ...(srsApiUrl === '' ? [] : [createSrsApi({ baseUrl: srsApiUrl })]),
    ...(nginxRtmpControlUrl === '' ? [] : [createNginxRtmpControl({ baseUrl: nginxRtmpControlUrl })]),
  ]
}
