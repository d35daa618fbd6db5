import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { stdSerializers } from 'pino'
import fastify, { type FastifyRequest } from 'fastify'
import { runCommand } from './cli/run-command'
import { systemClock } from './clock'
import { readConfig, type ServerConfig } from './config/config'
import { registerHealth } from './http/health-routes'
import { answerBadAddress } from './http/http-protocol'
import { HTTP_SERVER_OPTIONS } from './http/http-server-options'
import type { Log } from './log'
import type { Mixer } from './mixer/mixer'
import { createTencentMixer } from './mixer/tencent-mixer'
import { createRoomService } from './room-service'
import { RedisStore } from './store/redis/redis-store'

const serializers = {
  req: ({ method }: FastifyRequest) => ({ method }),
  error: stdSerializers.err,
}

/** RoomService as a process of its own; see the README for what the environment may hold and for its other commands. */
async function serve(): Promise<void> {
  const config = readConfig(process.env, (path) => readFileSync(path, 'utf8'))
  const app = fastify({
    logger: { level: 'info', serializers },
    frameworkErrors: answerBadAddress,
    http: HTTP_SERVER_OPTIONS,
  })
  // Fastify's own handler logs the URL, and a token may be in it
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 404, message: 'Nothing here' }))
  const log: Log = (level, message, data) => app.log[level](data ?? {}, message)
  const service = createRoomService({
    ...config,
    secretKey: config.secretKey || randomBytes(32).toString('hex'),
    mixer: mixerOf(config),
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
