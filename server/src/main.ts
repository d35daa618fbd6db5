import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import { runCommand } from './cli/run-command'
import { systemClock } from './clock'
import { readConfig, type ServerConfig } from './config/config'
import { secretsIn } from './config/events-config'
import type { Destination } from './events/destination'
import { createWebhook } from './events/webhook'
import { registerHealth } from './http/health-routes'
import { answerBadAddress } from './http/http-protocol'
import { requestIds } from './http/request-id'
import { HTTP_SERVER_OPTIONS } from './http/http-server-options'
import { createLogger, logOf } from './logging/logger'
import type { Mixer } from './mixer/mixer'
import { createTencentMixer } from './mixer/tencent-mixer'
import { systemRandom } from './random'
import { createRoomService } from './room-service'
import { RedisStore } from './store/redis/redis-store'

/** RoomService as a process of its own; see the README for what the environment may hold and for its other commands. */
async function serve(): Promise<void> {
  const config = readConfig(process.env, (path) => readFileSync(path, 'utf8'))
  const secrets = [config.secretKey, config.redisUrl, config.mix?.apiKey ?? '', ...secretsIn(config.events)]
  const logger = createLogger({ level: config.logLevel, secrets })
  const log = logOf(logger)
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    // RoomService writes its own, without the URL, in which tokens are
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(systemRandom),
    frameworkErrors: answerBadAddress,
    http: HTTP_SERVER_OPTIONS,
  })
  // Fastify's own handler logs the URL, and a token may be in it
  app.setNotFoundHandler(({ id }, reply) => reply.code(404).send({ code: 404, message: 'Nothing here', requestID: id }))
  const service = createRoomService({
    ...config,
    secretKey: config.secretKey || randomBytes(32).toString('hex'),
    mixer: mixerOf(config),
    destinations: destinationsOf(config),
    store: config.redisUrl === '' ? undefined : new RedisStore({ url: config.redisUrl, log }),
    log,
  })
  service.register(app)
  registerHealth(app, () => service.hub.context.store.isAvailable)
  app.server.on('upgrade', (request, socket, head) => {
    if (!service.handleUpgrade(request, socket, head)) socket.destroy()
  })
  const stop = (): void => void service.close().then(() => app.close())
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  await app.listen({ host: config.host, port: config.port })
}

function mixerOf({ mix }: ServerConfig): Mixer | undefined {
  return mix ? createTencentMixer({ ...mix, clock: systemClock }) : undefined
}

function destinationsOf({ events: { webhooks }, sdkAppID }: ServerConfig): Destination[] {
  const { urls = [], secrets = [] } = webhooks ?? {}
  return urls.map((url) => createWebhook({ url, secrets, sdkAppID, clock: systemClock }))
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0) return serve()
  const readInput = (): Promise<string> => text(process.stdin)
  const result = await runCommand(args, { readInput, clock: systemClock })
  process.stdout.write(result.stdout)
  process.stderr.write(result.stderr)
  process.exitCode = result.exitCode
}

main(process.argv.slice(2)).catch((error: Error) => {
  for (const line of error.message.split('\n')) process.stderr.write(`roomlet-server: ${line}\n`)
  process.exit(1)
})
