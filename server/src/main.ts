import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { stdSerializers } from 'pino'
import fastify, { type FastifyRequest } from 'fastify'
import { runCommand } from './cli/run-command'
import { systemClock } from './clock'
import { registerHealth } from './http/health-routes'
import { answerBadAddress } from './http/http-protocol'
import type { Log } from './log'
import type { Mixer } from './mixer/mixer'
import { createTencentMixer } from './mixer/tencent-mixer'
import { createRoomService } from './room-service'
import { RedisStore } from './store/redis/redis-store'

/** RoomService as a process of its own; see the README for what the environment may hold and for its other commands. */
interface Settings {
  host: string
  port: number
  basePath: string
  rtmpPort: number
  maxMembers: number | undefined
  maxGuests: number | undefined
  mixer: Mixer | undefined
  /** Where the rooms are; in the memory of this process when empty. */
  redisUrl: string
  sdkAppID: number
  secretKey: string
  demo: boolean
}

function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const demo = env.DEMO === '1'
  const secretKey = env.SECRET_KEY ?? ''
  if (secretKey === '' && !demo) {
    throw new Error('SECRET_KEY is missing: the key of the userSigs (or DEMO=1, which lets anyone in as anyone)')
  }
  return {
    host: env.HOST ?? '127.0.0.1',
    port: integer(env, 'PORT') ?? 8080,
    basePath: env.BASE_PATH ?? '',
    rtmpPort: integer(env, 'RTMP_PORT') ?? 1935,
    maxMembers: integer(env, 'MAX_MEMBERS'),
    maxGuests: integer(env, 'MAX_GUESTS'),
    mixer: mixerOf(env.MIX_APP_ID, env.MIX_API_KEY),
    redisUrl: redisUrlOf(env),
    sdkAppID: integer(env, 'SDK_APP_ID') ?? 1400000000,
    secretKey: secretKey || randomBytes(32).toString('hex'),
    demo,
  }
}

function mixerOf(appID = '', apiKey = ''): Mixer | undefined {
  if ((appID === '') !== (apiKey === '')) throw new Error('MIX_APP_ID and MIX_API_KEY go together')
  return apiKey ? createTencentMixer({ appID, apiKey, clock: systemClock }) : undefined
}

function redisUrlOf(env: NodeJS.ProcessEnv): string {
  const url = env.ROOMLET_REDIS_URL ?? ''
  if (url !== '' && !/^rediss?:\/\/[^/]/.test(url)) {
    throw new Error('ROOMLET_REDIS_URL is not a redis:// or rediss:// URL')
  }
  return url
}

function integer(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} is not a number`)
  return Number(text)
}

const serializers = {
  req: ({ method }: FastifyRequest) => ({ method }),
  error: stdSerializers.err,
}

async function serve(): Promise<void> {
  const settings = settingsOf(process.env)
  const app = fastify({ logger: { level: 'info', serializers }, frameworkErrors: answerBadAddress })
  // Fastify's own handler logs the URL, and a token may be in it
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 404, message: 'Nothing here' }))
  const log: Log = (level, message, data) => app.log[level](data ?? {}, message)
  const store = settings.redisUrl === '' ? undefined : new RedisStore({ url: settings.redisUrl, log })
  const service = createRoomService({ ...settings, store, log })
  service.register(app)
  registerHealth(app, () => service.hub.context.store.isAvailable)
  app.server.on('upgrade', (request, socket, head) => {
    if (!service.handleUpgrade(request, socket, head)) socket.destroy()
  })
  const stop = (): void => void service.close().then(() => app.close())
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  await app.listen({ host: settings.host, port: settings.port })
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
  process.stderr.write(`roomlet-server: ${error.message}\n`)
  process.exit(1)
})
