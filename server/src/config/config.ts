import { createPublicKey } from 'node:crypto'
import { LOG_LEVELS, type LogLevel } from '../log'
import { EnvReader, type Environment, type ReadFile } from './env-reader'
import { eventsIn, type EventsConfig } from './events-config'
import { LIMIT_ENTRIES, type Limits } from './limits'

const MAX_PORT = 65_535
const UINT32_MAX = 0xffffffff
const DEMO_APP_ID = 1400000000

/** Everything that RoomService as a process of its own takes from its surroundings. */
export interface ServerConfig {
  readonly host: string
  readonly port: number
  readonly basePath: string
  readonly rtmpPort: number
  readonly trustProxy: boolean
  readonly sdkAppID: number
  /** '' in a demo: one is made up, which ends with the process. */
  readonly secretKey: string
  /** PEM; '' = userSigs of the first generation are refused. */
  readonly legacyPublicKey: string
  /** Where the rooms are; '' = in the memory of this process. */
  readonly redisUrl: string
  readonly tokenLifetimeSeconds: number | undefined
  readonly maxMembers: number | undefined
  readonly maxGuests: number | undefined
  readonly maxAudience: number | undefined
  readonly limits: Partial<Limits>
  readonly mix: { readonly appID: string; readonly apiKey: string } | null
  readonly events: EventsConfig
  readonly demo: boolean
  readonly metrics: MetricsConfig
  /** The least important lines that are logged. */
  readonly logLevel: LogLevel
}

export interface MetricsConfig {
  /** A port of its own; undefined = none. */
  readonly port: number | undefined
  readonly host: string
  /** Whoever reads has to show it; '' = nobody has to. */
  readonly token: string
}

/** All that is wrong, one sentence each; no sentence repeats a value. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'))
  }
}

/** @throws ConfigError */
export function readConfig(env: Environment, readFile: ReadFile): ServerConfig {
  const reader = new EnvReader(env, readFile)
  const demo = reader.flag('DEMO')
  const secretKey = reader.secret('SECRET_KEY')
  if (secretKey === '' && !demo && reader.mistakes.length === 0) {
    reader.mistakes.push('SECRET_KEY is missing: the key of the userSigs (or DEMO=1, which lets anyone in as anyone)')
  }
  const config = {
    demo,
    secretKey,
    host: reader.text('HOST', '127.0.0.1'),
    port: reader.count('PORT', 0, MAX_PORT) ?? 8080,
    basePath: reader.text('BASE_PATH'),
    rtmpPort: reader.count('RTMP_PORT', 0, MAX_PORT) ?? 1935,
    trustProxy: reader.flag('TRUST_PROXY'),
    sdkAppID: reader.count('SDK_APP_ID', 1, UINT32_MAX) ?? DEMO_APP_ID,
    legacyPublicKey: publicKey(reader, 'LEGACY_PUBLIC_KEY'),
    redisUrl: redisUrlIn(reader),
    tokenLifetimeSeconds: reader.count('TOKEN_LIFETIME_SECONDS', 60),
    maxMembers: reader.count('MAX_MEMBERS', 1),
    maxGuests: reader.count('MAX_GUESTS', 0),
    maxAudience: reader.count('MAX_AUDIENCE', 0),
    limits: limitsIn(reader),
    mix: mixIn(reader),
    events: eventsIn(reader),
    metrics: {
      port: reader.count('METRICS_PORT', 0, MAX_PORT),
      host: reader.text('METRICS_HOST', '127.0.0.1'),
      token: reader.secret('METRICS_TOKEN'),
    },
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
  }
  if (reader.mistakes.length > 0) throw new ConfigError(reader.mistakes)
  return config
}

function limitsIn(reader: EnvReader): Partial<Limits> {
  const limits: { -readonly [K in keyof Limits]?: number } = {}
  for (const name of Object.keys(LIMIT_ENTRIES) as (keyof Limits)[]) {
    const { variable, least } = LIMIT_ENTRIES[name]
    const number = reader.count(variable, least)
    if (number !== undefined) limits[name] = number
  }
  return limits
}

function mixIn(reader: EnvReader): ServerConfig['mix'] {
  const appID = reader.text('MIX_APP_ID')
  const apiKey = reader.secret('MIX_API_KEY')
  if ((appID === '') !== (apiKey === '')) reader.mistakes.push('MIX_APP_ID and MIX_API_KEY go together')
  return apiKey === '' ? null : { appID, apiKey }
}

/** A URL may hold a password. */
function redisUrlIn(reader: EnvReader): string {
  const url = reader.secret('ROOMLET_REDIS_URL')
  if (url !== '' && !/^rediss?:\/\/[^/]/.test(url)) {
    reader.mistakes.push('ROOMLET_REDIS_URL is not a redis:// or rediss:// URL')
  }
  return url
}

function publicKey(reader: EnvReader, name: string): string {
  const pem = reader.secret(name)
  try {
    if (pem !== '') createPublicKey(pem)
  } catch {
    reader.mistakes.push(`${name} is no public key in PEM`)
  }
  return pem
}
