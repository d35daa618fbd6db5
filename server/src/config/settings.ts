import { LOG_LEVELS } from '../log'
import { LIMIT_ENTRIES } from './limits'

interface Described {
  /** For whoever runs a server, in Markdown. */
  readonly meaning: string
}

export interface TextSetting extends Described {
  readonly kind: 'text'
  readonly default: string
}
export interface NumberSetting extends Described {
  readonly kind: 'number'
  /** null: nothing is set. */
  readonly default: number | null
  readonly least: number
  readonly most?: number
}
/** `1` or `0`, which is the default. */
export interface FlagSetting extends Described {
  readonly kind: 'flag'
}
export interface ChoiceSetting extends Described {
  readonly kind: 'choice'
  readonly choices: readonly string[]
  readonly default: string
}
/** Nobody sees its value; it may stand in the file that `{name}_FILE` names. */
export interface SecretSetting extends Described {
  readonly kind: 'secret'
}
export type Setting = TextSetting | NumberSetting | FlagSetting | ChoiceSetting | SecretSetting

const PORT = { kind: 'number', least: 0, most: 65_535 } as const

/** What can be set, limits aside: the environment, the file, `--help` and the README's table are all of this. */
export const GENERAL_SETTINGS = {
  SECRET_KEY: {
    kind: 'secret',
    meaning: 'Key the userSigs are made with; tokens and stream URLs are signed with keys derived from it',
  },
  SDK_APP_ID: {
    kind: 'number',
    default: 1400000000,
    least: 1,
    most: 0xffffffff,
    meaning: 'The app whose userSigs are accepted',
  },
  HOST: { kind: 'text', default: '127.0.0.1', meaning: 'Address to listen on' },
  PORT: { ...PORT, default: 8080, meaning: 'Port of HTTP and WebSocket, 0 = any free one' },
  BASE_PATH: {
    kind: 'text',
    default: '',
    meaning: 'Path everything is mounted under, for a reverse proxy that passes it on',
  },
  RTMP_PORT: {
    ...PORT,
    default: 1935,
    meaning: 'Port of the RTMP server that stream URLs lead to, on the host by which a client came',
  },
  MAX_MEMBERS: {
    kind: 'number',
    default: 9,
    least: 1,
    meaning: 'Members of a `multi_room` or `webrtc_room` at most; a `double_room` holds two',
  },
  MAX_GUESTS: {
    kind: 'number',
    default: 3,
    least: 0,
    meaning: 'Guests beside the presenter of a `live_room` at most',
  },
  MAX_AUDIENCE: { kind: 'number', default: 10_000, least: 0, meaning: 'Those who watch a `live_room` at most' },
  TRUST_PROXY: {
    kind: 'flag',
    meaning: 'A proxy in front says by `X-Forwarded-For` where clients are; only behind one',
  },
  LEGACY_PUBLIC_KEY: {
    kind: 'secret',
    meaning: 'PEM of an app of before 2019: its userSigs (ECDSA) are accepted beside those of the key above',
  },
  TOKEN_LIFETIME_SECONDS: {
    kind: 'number',
    default: 86_400,
    least: 60,
    meaning: 'How long a token is good for; a login by the token gives a fresh one',
  },
  MIX_APP_ID: {
    kind: 'text',
    default: '',
    meaning: "App id at Tencent's live service, which mixes the streams of live rooms; without it nothing does",
  },
  MIX_API_KEY: { kind: 'secret', meaning: 'API key there' },
  ROOMLET_REDIS_URL: {
    kind: 'secret',
    meaning:
      '`redis://[[user]:password@]host[:port][/db]` or `rediss://…`: rooms are in Redis, for several nodes; else in memory',
  },
  ROOMLET_WEBHOOK_URL: {
    kind: 'secret',
    meaning:
      'Where [room events](#room-events) are posted to; several URLs with spaces between them, the same on all nodes',
  },
  ROOMLET_WEBHOOK_SECRET: {
    kind: 'secret',
    meaning:
      'What webhooks are signed with, 16 characters or more; while it is changed the new one and the old one, with a space between them',
  },
  PRIVATE_MAP_KEYS: {
    kind: 'flag',
    meaning: 'Rooms are created, entered, published and played in with a [privateMapKey](#rights) only',
  },
  HOOK_SECRET: {
    kind: 'secret',
    meaning:
      'Last part of the [hooks](#media-servers) that media servers ask, 16 characters or more; without it there are none',
  },
  SRS_API_URL: {
    kind: 'secret',
    meaning: 'HTTP API of SRS, like `http://admin:password@127.0.0.1:1985`: streams are cut by it',
  },
  NGINX_RTMP_CONTROL_URL: {
    kind: 'secret',
    meaning: 'Location with `rtmp_control` of nginx-rtmp, like `http://127.0.0.1:8081/control`: the same',
  },
  LIVE_CALLBACK_KEY: {
    kind: 'secret',
    meaning: "Key of the [callbacks](#callbacks-of-tencent) of Tencent's live service; without it they are not served",
  },
  TRTC_CALLBACK_KEY: { kind: 'secret', meaning: 'The same for those of TRTC' },
  IM_ADMIN: {
    kind: 'text',
    default: '',
    meaning:
      'userID of an administrator of the app at Tencent IM: its clients see what happens in the rooms, see [IM](#clients-on-tencent-im)',
  },
  IM_BASE_URL: {
    kind: 'text',
    default: 'https://console.tim.qq.com',
    meaning: "Scheme and host of IM's REST API, which depend on the app's region",
  },
  METRICS_PORT: { ...PORT, default: null, meaning: 'Port of `/metrics` and nothing else; 0 = any free one' },
  METRICS_HOST: { kind: 'text', default: '127.0.0.1', meaning: 'Address that port listens on' },
  METRICS_TOKEN: {
    kind: 'secret',
    meaning: 'What a reader of `/metrics` has to show; without `METRICS_PORT` it is served on `PORT`',
  },
  DRAIN_SECONDS: {
    kind: 'number',
    default: 10,
    least: 0,
    most: 3600,
    meaning: 'How long a node that is told to end gives its clients to [move](#ending-a-node)',
  },
  LOG_LEVEL: {
    kind: 'choice',
    choices: LOG_LEVELS,
    default: 'info',
    meaning: '`error`, `warn`, `info` or `debug`; every request and socket op is a line of `debug`',
  },
  DEMO: { kind: 'flag', meaning: '`utils/get_login_info` gives anyone a userSig for any name. Never in production' },
} as const satisfies Readonly<Record<string, Setting>>

/** Names of the settings of a kind. */
export type SettingOf<Kind extends Setting['kind']> = {
  [Name in keyof typeof GENERAL_SETTINGS]: (typeof GENERAL_SETTINGS)[Name]['kind'] extends Kind ? Name : never
}[keyof typeof GENERAL_SETTINGS]

export const SETTINGS: Readonly<Record<string, Setting>> = {
  ...GENERAL_SETTINGS,
  ...Object.fromEntries(
    Object.values(LIMIT_ENTRIES).map(({ variable, default: standard, least, meaning }) => [
      variable,
      { kind: 'number', default: standard, least, meaning: `${meaning}, at most` },
    ]),
  ),
}

/** Every name that a value can be given by. */
export function namesOf([name, { kind }]: readonly [string, Setting]): readonly string[] {
  return kind === 'secret' ? [name, `${name}_FILE`] : [name]
}

/** As it is written; '' when nothing is set. */
export function defaultOf(setting: Setting): string {
  if (setting.kind === 'secret') return ''
  return setting.kind === 'flag' ? '0' : String(setting.default ?? '')
}

/** The rows of the README, in Markdown; the limits have a table of their own there. */
export function settingsTable(): string {
  const rows = Object.entries(GENERAL_SETTINGS).map(([name, setting]) => {
    const names = namesOf([name, setting]).map((each) => `\`${each}\``)
    const standard = defaultOf(setting)
    return `| ${names.join(', ')} | ${standard === '' ? '–' : `\`${standard}\``} | ${setting.meaning} |`
  })
  return ['| Setting | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
}
