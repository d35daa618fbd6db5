import { checkConfig, configOption } from '../../../server/src/cli/check-config'
import { loadConfig, readConfig, type ServerConfig } from '../../../server/src/config/config'
import { mistakesIn } from '../support/config-mistakes'

const FILES: Record<string, string> = { '/run/secret': ' from-a-file\n', '/run/empty': '\n' }

function read(env: Record<string, string>): ServerConfig {
  return readConfig(env, (path) => {
    const content = FILES[path]
    if (content === undefined) throw new Error(`ENOENT ${path}`)
    return content
  })
}

const mistakesOf = (env: Record<string, string>): readonly string[] => mistakesIn(() => read(env))

it('needs no more than a key', () => {
  expect(read({ SECRET_KEY: 'k' })).toEqual({
    demo: false,
    logLevel: 'info',
    drainSeconds: 10,
    metrics: { host: '127.0.0.1', port: undefined, token: '' },
    secretKey: 'k',
    host: '127.0.0.1',
    port: 8080,
    basePath: '',
    rtmpPort: 1935,
    trustProxy: false,
    privateMapKeys: false,
    sdkAppID: 1400000000,
    legacyPublicKey: '',
    redisUrl: '',
    tokenLifetimeSeconds: 86_400,
    maxMembers: 9,
    maxGuests: 3,
    maxAudience: 10_000,
    limits: {},
    mix: null,
    events: { webhooks: null, callbacks: { liveKey: '', trtcKey: '' }, im: null },
    media: { hookSecret: '', srsApiUrl: '', nginxRtmpControlUrl: '' },
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
    HOOK_SECRET: 'hunter2',
    SRS_API_URL: 'hunter2',
    NGINX_RTMP_CONTROL_URL: 'ftp://hunter2',
  }
  const mistakes = mistakesOf(env)
  expect(mistakes).toEqual([
    'DEMO (environment) is neither 0 nor 1',
    'SECRET_KEY (environment) and SECRET_KEY_FILE are both set',
    'PORT (environment) is not a number from 0 to 65535',
    'TRUST_PROXY (environment) is neither 0 nor 1',
    'SDK_APP_ID (environment) is not a number from 1 to 4294967295',
    'LEGACY_PUBLIC_KEY (environment) is no public key in PEM',
    'MAX_MEMBERS (environment) is not a number from 1 on',
    'MAX_FRAME_BYTES (environment) is not a number from 4096 on',
    'MIX_API_KEY (environment) needs MIX_APP_ID as well',
    'HOOK_SECRET (environment) is not 16 to 256 letters, digits and _ . ~ -',
    'SRS_API_URL (environment) is not an http:// or https:// URL',
    'NGINX_RTMP_CONTROL_URL (environment) is not an http:// or https:// URL',
  ])
  expect(mistakes.join()).not.toContain('hunter2')
})

it.each<[Record<string, string>, string]>([
  [{}, 'SECRET_KEY is missing: the key of the userSigs (or DEMO=1, which lets anyone in as anyone)'],
  [{ SECRET_KEY_FILE: '/run/empty' }, 'SECRET_KEY_FILE (environment) names an empty file'],
  [{ DEMO: '1', SECRET_KEY_FILE: '/nowhere' }, 'SECRET_KEY_FILE (environment) names a file that cannot be read'],
])('%j is one mistake', (env, mistake) => {
  expect(mistakesOf(env)).toEqual([mistake])
})

describe('a file of settings', () => {
  const load = (file: unknown, env: Record<string, string> = {}) =>
    loadConfig({
      env,
      path: 'rooms.json',
      readFile: (path) => (path === 'rooms.json' ? (typeof file === 'string' ? file : JSON.stringify(file)) : ' k2\n'),
    })
  const wrongIn = (file: unknown, env: Record<string, string> = {}): readonly string[] =>
    mistakesIn(() => load(file, env))

  it('takes texts, numbers and booleans, and the environment wins', () => {
    const file = { SECRET_KEY: 'k', PORT: 1, TRUST_PROXY: true, HOST: '::1', MAX_NAME_BYTES: 9, MAX_MEMBERS: '4' }
    expect(load(file, { HOST: '0.0.0.0', MAX_MEMBERS: '', PORT: '2' }).config).toMatchObject({
      secretKey: 'k',
      port: 2,
      trustProxy: true,
      host: '0.0.0.0',
      maxMembers: 4,
      limits: { nameBytes: 9 },
    })
  })

  it('gives way to a secret of the environment, whichever way either names it', () => {
    expect(load({ SECRET_KEY_FILE: '/run/key' }).config.secretKey).toBe('k2')
    expect(load({ SECRET_KEY_FILE: '/run/key' }, { SECRET_KEY: 'k' }).config.secretKey).toBe('k')
    expect(load({ SECRET_KEY: 'k' }, { SECRET_KEY_FILE: '/run/key' }).config.secretKey).toBe('k2')
  })

  it('is told apart from the environment in every mistake, and all are told at once', () => {
    const file = {
      PORT: 'hunter2',
      HOTS: 'x',
      HOST: null,
      SECRET_KEY: 'k',
      SECRET_KEY_FILE: '/f',
      LOG_LEVEL: 'hunter2',
    }
    expect(wrongIn(file, { RTMP_PORT: 'hunter2' })).toEqual([
      '"HOTS" (rooms.json) is no setting',
      'HOST (rooms.json) is neither a text, nor a number, nor true or false',
      'SECRET_KEY (rooms.json) and SECRET_KEY_FILE are both set',
      'PORT (rooms.json) is not a number from 0 to 65535',
      'RTMP_PORT (environment) is not a number from 0 to 65535',
      'LOG_LEVEL (rooms.json) is none of error, warn, info, debug',
    ])
  })

  it.each(['', '{"SECRET_KEY":"hunter2"', '[]', 'null', '1'])(
    'that holds %j is one mistake beside the others',
    (text) => {
      expect(wrongIn(text, { PORT: 'x' })).toEqual([
        'ROOMLET_CONFIG (rooms.json) is not a JSON object',
        'PORT (environment) is not a number from 0 to 65535',
      ])
    },
  )

  it('is named by ROOMLET_CONFIG, unless the command names another', () => {
    const files: Record<string, string> = { 'a.json': '{"PORT":1,"DEMO":true}', 'b.json': '{"PORT":2,"DEMO":true}' }
    const port = (path?: string) =>
      loadConfig({ env: { ROOMLET_CONFIG: 'a.json' }, path, readFile: (each) => files[each] ?? '' }).config.port
    expect([port(), port('b.json')]).toEqual([1, 2])
    const missing = {
      env: { ROOMLET_CONFIG: '/none', DEMO: '1' },
      readFile: () => {
        throw new Error('ENOENT')
      },
    }
    expect(checkConfig(missing)).toMatchObject({
      exitCode: 1,
      stderr: 'roomlet-server: ROOMLET_CONFIG (/none) cannot be read\n',
    })
  })
})

it('--check prints every setting with where it comes from, and no secret', () => {
  const file = { SECRET_KEY_FILE: '/run/key', MAX_GUESTS: 1, ROOMLET_REDIS_URL: 'redis://:hunter2@host' }
  const readFile = (path: string): string => (path === 'rooms.json' ? JSON.stringify(file) : 'hunter2')
  const { exitCode, stdout } = checkConfig({ env: { PORT: '1' }, path: 'rooms.json', readFile })
  expect(exitCode).toBe(0)
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'SECRET_KEY_FILE=/run/key  (rooms.json)',
      'ROOMLET_REDIS_URL=[set]  (rooms.json)',
      'PORT=1  (environment)',
      'MAX_GUESTS=1  (rooms.json)',
      'MIX_API_KEY=',
      'HOST=127.0.0.1',
      'DEMO=0',
      'MAX_NAME_BYTES=256',
    ]),
  )
  expect(stdout).not.toContain('hunter2')
})

it('misses the key beside other mistakes, unless one of them may be why', () => {
  const missing = expect.stringContaining('SECRET_KEY is missing')
  expect(mistakesOf({ PORT: 'x' })).toEqual([missing, expect.stringContaining('PORT')])
  expect(mistakesOf({ DEMO: 'yes' })).toEqual([expect.stringContaining('DEMO')])
})

it('hides every word of a secret that has several, and no common one', () => {
  const env = { SECRET_KEY: 'a key of words, one-of-which-is-long' }
  expect(loadConfig({ env, readFile: () => '' }).secrets).toEqual([env.SECRET_KEY, 'one-of-which-is-long'])
})

it('--config may stand anywhere, and needs a path', () => {
  expect(configOption(['--check', '--config', 'a'])).toEqual({ path: 'a', rest: ['--check'] })
  expect(configOption(['--config=a', '--check'])).toEqual({ path: 'a', rest: ['--check'] })
  expect(configOption(['sign', 'x'])).toEqual({ rest: ['sign', 'x'] })
  expect([configOption(['--config']), configOption(['--config='])]).toEqual([null, null])
})
