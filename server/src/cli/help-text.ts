import { LIMIT_ENTRIES } from '../config/limits'
import { TICKET_COMMANDS } from './ticket-commands'

/** What the server reads from its environment; the README's table has the defaults. */
export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ['SECRET_KEY', 'key of the userSigs; required unless DEMO=1'],
  ['SECRET_KEY_FILE', 'the file it is in instead'],
  ['SDK_APP_ID', 'the app whose userSigs are accepted'],
  ['HOST', 'address to listen on'],
  ['PORT', 'port of HTTP and WebSocket'],
  ['BASE_PATH', 'path everything is mounted under'],
  ['RTMP_PORT', 'port of the RTMP server that stream URLs lead to'],
  ['TRUST_PROXY', '1: a proxy in front says by X-Forwarded-For where clients are'],
  ['MAX_MEMBERS', 'members of a multi_room or webrtc_room at most'],
  ['MAX_GUESTS', 'guests of a live_room at most'],
  ['MAX_AUDIENCE', 'those who watch a live_room at most'],
  ['LEGACY_PUBLIC_KEY', 'PEM of an app of before 2019, whose userSigs are accepted as well'],
  ['LEGACY_PUBLIC_KEY_FILE', 'the file it is in instead'],
  ['TOKEN_LIFETIME_SECONDS', 'how long a token is good for'],
  ['MIX_APP_ID', "app id at Tencent's live service, to mix live rooms"],
  ['MIX_API_KEY', 'API key there'],
  ['MIX_API_KEY_FILE', 'the file it is in instead'],
  ['ROOMLET_REDIS_URL', 'redis:// or rediss:// URL: rooms are in Redis, for several nodes'],
  ['ROOMLET_REDIS_URL_FILE', 'the file it is in instead'],
  ['ROOMLET_WEBHOOK_URL', 'where room events are posted to; several with spaces between them'],
  ['ROOMLET_WEBHOOK_URL_FILE', 'the file they are in instead'],
  ['ROOMLET_WEBHOOK_SECRET', 'what webhooks are signed with; while it is changed the new and the old'],
  ['ROOMLET_WEBHOOK_SECRET_FILE', 'the file it is in instead'],
  ['METRICS_PORT', 'port of /metrics alone'],
  ['METRICS_HOST', 'address that port listens on'],
  ['METRICS_TOKEN', 'what a reader of /metrics has to show; without METRICS_PORT it is on PORT'],
  ['METRICS_TOKEN_FILE', 'the file it is in instead'],
  ['LOG_LEVEL', 'error, warn, info or debug'],
  ['DEMO', '1: anyone gets a userSig for any name; never in production'],
  ...Object.values(LIMIT_ENTRIES).map(({ variable, meaning }) => [variable, `${meaning}, at most`] as const),
]

const NAME_WIDTH = 20
const VARIABLE_WIDTH = 29

export function helpText(): string {
  const tickets = Object.entries(TICKET_COMMANDS).map(([name, { signFields, verifyFields }]) => {
    const indent = ' '.repeat(NAME_WIDTH + 2)
    return `  ${name.padEnd(NAME_WIDTH)}sign   ${signFields.join(', ')}\n${indent}verify ${verifyFields.join(', ')}`
  })
  const variables = ENVIRONMENT.map(([name, meaning]) => `  ${name.padEnd(VARIABLE_WIDTH)}${meaning}`)
  return [
    'roomlet-server                 serve rooms, as the environment says',
    'roomlet-server sign <name>     read one JSON object from standard input, print the ticket',
    'roomlet-server verify <name>   the same with the ticket in it: print what it says, or end with 1 and say what is wrong',
    'roomlet-server --help          print this',
    '',
    'Tickets and the fields of their input (? = may be left out):',
    ...tickets,
    '',
    'Environment:',
    ...variables,
    '',
  ].join('\n')
}
