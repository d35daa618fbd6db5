import { ConfigError, readConfig, type ServerConfig } from '../../../server/src/config/config'

const FILES: Record<string, string> = { '/run/secret': ' from-a-file\n', '/run/empty': '\n' }

function read(env: Record<string, string>): ServerConfig {
  return readConfig(env, (path) => {
    const content = FILES[path]
    if (content === undefined) throw new Error(`ENOENT ${path}`)
    return content
  })
}

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    read(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
  return []
}

it('needs no more than a key', () => {
  expect(read({ SECRET_KEY: 'k' })).toEqual({
    demo: false,
    logLevel: 'info',
    metrics: { host: '127.0.0.1', port: undefined, token: '' },
    secretKey: 'k',
    host: '127.0.0.1',
    port: 8080,
    basePath: '',
    rtmpPort: 1935,
    trustProxy: false,
    sdkAppID: 1400000000,
    legacyPublicKey: '',
    redisUrl: '',
    tokenLifetimeSeconds: undefined,
    maxMembers: undefined,
    maxGuests: undefined,
    maxAudience: undefined,
    limits: {},
    mix: null,
    events: { webhooks: null },
  })
})

it('takes limits by their variables', () => {
  const env = { SECRET_KEY: 'k', MAX_ROOMS_PER_USER: '3', MAX_MESSAGE_BYTES: '100', MAX_MEMBERS: '4' }
  expect(read(env)).toMatchObject({ maxMembers: 4, limits: { roomsPerUser: 3, messageBytes: 100 } })
})

it('reads keys from files', () => {
  const env = { SECRET_KEY_FILE: '/run/secret', MIX_APP_ID: '1', MIX_API_KEY_FILE: '/run/secret' }
  expect(read(env)).toMatchObject({ secretKey: 'from-a-file', mix: { appID: '1', apiKey: 'from-a-file' } })
})

it('tells all mistakes at once, and repeats no value', () => {
  const env = {
    SECRET_KEY: 'hunter2',
    SECRET_KEY_FILE: '/run/secret',
    PORT: '65536',
    SDK_APP_ID: 'hunter2',
    MAX_MEMBERS: '0',
    MAX_FRAME_BYTES: '-1',
    DEMO: 'yes',
    TRUST_PROXY: '2',
    MIX_API_KEY: 'hunter2',
    LEGACY_PUBLIC_KEY: 'hunter2',
  }
  const mistakes = mistakesOf(env)
  expect(mistakes).toEqual([
    'DEMO is neither 0 nor 1',
    'SECRET_KEY and SECRET_KEY_FILE are both set',
    'PORT is not a number from 0 to 65535',
    'TRUST_PROXY is neither 0 nor 1',
    'SDK_APP_ID is not a number from 1 to 4294967295',
    'LEGACY_PUBLIC_KEY is no public key in PEM',
    'MAX_MEMBERS is not a number from 1 on',
    'MAX_FRAME_BYTES is not a number from 4096 on',
    'MIX_APP_ID and MIX_API_KEY go together',
  ])
  expect(mistakes.join()).not.toContain('hunter2')
})

it.each<[Record<string, string>, string]>([
  [{}, 'SECRET_KEY is missing: the key of the userSigs (or DEMO=1, which lets anyone in as anyone)'],
  [{ SECRET_KEY_FILE: '/run/empty' }, 'SECRET_KEY_FILE is empty'],
  [{ DEMO: '1', SECRET_KEY_FILE: '/nowhere' }, 'SECRET_KEY_FILE cannot be read'],
])('%j is one mistake', (env, mistake) => {
  expect(mistakesOf(env)).toEqual([mistake])
})
