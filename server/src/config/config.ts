import { createPublicKey } from 'node:crypto'
import { LOG_LEVELS, type LogLevel } from '../log'
import { readConfigFile } from './config-file'
import { eventsIn, type EventsConfig } from './events-config'
import { mediaIn, type MediaConfig } from './media-config'
import { LIMIT_ENTRIES, type Limits } from './limits'
import { SettingsReader, type EffectiveSetting, type Environment, type ReadFile } from './settings-reader'

/** Everything that RoomService as a process of its own takes from its surroundings. */
export interface ServerConfig {
  readonly host: string
  readonly port: number
  readonly basePath: string
  readonly rtmpPort: number
  readonly trustProxy: boolean
  readonly privateMapKeys: boolean
  readonly sdkAppID: number
  /** '' in a demo: one is made up, which ends with the process. */
  readonly secretKey: string
  /** PEM; '' = userSigs of the first generation are refused. */
  readonly legacyPublicKey: string
  /** Where the rooms are; '' = in the memory of this process. */
  readonly redisUrl: string
  readonly tokenLifetimeSeconds?: number
  readonly maxMembers?: number
  readonly maxGuests?: number
  readonly maxAudience?: number
  readonly limits: Partial<Limits>
  readonly mix: { readonly appID: string; readonly apiKey: string } | null
  readonly events: EventsConfig
  readonly media: MediaConfig
  readonly demo: boolean
  /** How long a node takes leave of its clients. */
  readonly drainSeconds: number
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

export interface LoadedConfig {
  readonly config: ServerConfig
  /** Every value that nobody may see. */
  readonly secrets: readonly string[]
  readonly effective: readonly EffectiveSetting[]
}

export interface ConfigSources {
  readonly env: Environment
  readonly readFile: ReadFile
  /** Of a JSON file, in the place of the one that `ROOMLET_CONFIG` names; the environment wins over what is in it. */
  readonly path?: string
}

/** @throws ConfigError */
export function readConfig(env: Environment, readFile: ReadFile): ServerConfig {
  return loadConfig({ env, readFile }).config
}

/** @throws ConfigError */
export function loadConfig({ env, readFile, path = env.ROOMLET_CONFIG ?? '' }: ConfigSources): LoadedConfig {
  const mistakes: string[] = []
  const file = path === '' ? [] : [readConfigFile(path, readFile, mistakes)]
  const reader = new SettingsReader([{ name: 'environment', values: env }, ...file], readFile)
  reader.mistakes.push(...mistakes)
  const config = configIn(reader)
  if (reader.mistakes.length > 0) throw new ConfigError(reader.mistakes)
  return { config, secrets: reader.secrets(), effective: reader.effective() }
}

function configIn(reader: SettingsReader): ServerConfig {
  const demo = reader.flag('DEMO')
  const secretKey = reader.secret('SECRET_KEY')
  if (secretKey === '' && demo && reader.text('IM_ADMIN') !== '') reader.wrong('IM_ADMIN', 'needs SECRET_KEY as well')
  const mayBeThere = reader.mistakes.some((mistake) => /^(DEMO|SECRET_KEY|ROOMLET_CONFIG)/.test(mistake))
  if (secretKey === '' && !demo && !mayBeThere) {
    reader.mistakes.push('SECRET_KEY is missing: the key of the userSigs (or DEMO=1, which lets anyone in as anyone)')
  }
  return {
    demo,
    secretKey,
    host: reader.text('HOST'),
    port: reader.number('PORT') ?? 0,
    basePath: reader.text('BASE_PATH'),
    rtmpPort: reader.number('RTMP_PORT') ?? 0,
    trustProxy: reader.flag('TRUST_PROXY'),
    privateMapKeys: reader.flag('PRIVATE_MAP_KEYS'),
    sdkAppID: reader.number('SDK_APP_ID') ?? 0,
    legacyPublicKey: publicKey(reader, 'LEGACY_PUBLIC_KEY'),
    redisUrl: redisUrlIn(reader),
    tokenLifetimeSeconds: reader.number('TOKEN_LIFETIME_SECONDS'),
    maxMembers: reader.number('MAX_MEMBERS'),
    maxGuests: reader.number('MAX_GUESTS'),
    maxAudience: reader.number('MAX_AUDIENCE'),
    limits: limitsIn(reader),
    drainSeconds: reader.number('DRAIN_SECONDS') ?? 0,
    mix: mixIn(reader),
    events: eventsIn(reader),
    media: mediaIn(reader),
    metrics: {
      port: reader.number('METRICS_PORT'),
      host: reader.text('METRICS_HOST'),
      token: reader.secret('METRICS_TOKEN'),
    },
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
  }
}

function limitsIn(reader: SettingsReader): Partial<Limits> {
  const limits: { -readonly [K in keyof Limits]?: number } = {}
  for (const name of Object.keys(LIMIT_ENTRIES) as (keyof Limits)[]) {
    const number = reader.limit(LIMIT_ENTRIES[name])
    if (number !== undefined) limits[name] = number
  }
  return limits
}

function mixIn(reader: SettingsReader): ServerConfig['mix'] {
  const appID = reader.text('MIX_APP_ID')
  const apiKey = reader.secret('MIX_API_KEY')
  reader.together('MIX_APP_ID', 'MIX_API_KEY')
  return apiKey === '' ? null : { appID, apiKey }
}

/** A URL may hold a password. */
function redisUrlIn(reader: SettingsReader): string {
  const url = reader.secret('ROOMLET_REDIS_URL')
  if (url !== '' && !/^rediss?:\/\/[^/]/.test(url)) {
    reader.wrong('ROOMLET_REDIS_URL', 'is not a redis:// or rediss:// URL')
  }
  return url
}

function publicKey(reader: SettingsReader, name: 'LEGACY_PUBLIC_KEY'): string {
  const pem = reader.secret(name)
  try {
    if (pem !== '') createPublicKey(pem)
  } catch {
    reader.wrong(name, 'is no public key in PEM')
  }
  return pem
}
