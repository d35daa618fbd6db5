import { loadConfig, readConfig } from '../../../server/src/config/config'
import { mistakesIn } from '../support/config-mistakes'

const SECRET = 'hunter2-hunter2-hunter2'
const URL = 'https://a.example/hook?key=hunter2'

const read = (env: Record<string, string>) => readConfig({ SECRET_KEY: 'k', ...env }, () => `${URL}\n`).events

const mistakesOf = (env: Record<string, string>): readonly string[] => mistakesIn(() => read(env))

it('takes several webhooks, each once, and two secrets', () => {
  const env = {
    ROOMLET_WEBHOOK_URL: `${URL} http://b.example\n${URL}`,
    ROOMLET_WEBHOOK_SECRET: `${SECRET} another-secret-of-tests`,
  }
  const { webhooks } = read(env)
  expect(webhooks).toEqual({ urls: [URL, 'http://b.example'], secrets: [SECRET, 'another-secret-of-tests'] })
  const { secrets } = loadConfig({ env: { SECRET_KEY: 'k', ...env }, readFile: () => '' })
  expect(secrets).toEqual(expect.arrayContaining([URL, 'http://b.example', SECRET, 'another-secret-of-tests']))
})

it('tells clients on IM for an administrator, whose userSig needs the key', () => {
  expect(read({ IM_ADMIN: 'admin' }).im).toEqual({ admin: 'admin', baseUrl: 'https://console.tim.qq.com' })
  expect(read({ IM_ADMIN: 'admin', IM_BASE_URL: 'http://127.0.0.1:1/' }).im?.baseUrl).toBe('http://127.0.0.1:1')
  const mistakes = mistakesOf({ DEMO: '1', SECRET_KEY: '', IM_ADMIN: 'admin', IM_BASE_URL: 'console.tim.qq.com' })
  expect(mistakes).toEqual([
    expect.stringMatching(/^IM_ADMIN .*needs SECRET_KEY as well$/),
    expect.stringMatching(/^IM_BASE_URL .*is not an http/),
  ])
})

it('takes their URLs from a file', () => {
  expect(read({ ROOMLET_WEBHOOK_URL_FILE: '/f', ROOMLET_WEBHOOK_SECRET: SECRET }).webhooks?.urls).toEqual([URL])
})

it.each([
  [{ ROOMLET_WEBHOOK_URL: URL }, 'ROOMLET_WEBHOOK_URL (environment) needs ROOMLET_WEBHOOK_SECRET as well'],
  [{ ROOMLET_WEBHOOK_SECRET: SECRET }, 'ROOMLET_WEBHOOK_SECRET (environment) needs ROOMLET_WEBHOOK_URL as well'],
  [
    { ROOMLET_WEBHOOK_URL: URL, ROOMLET_WEBHOOK_SECRET: 'hunter2' },
    'ROOMLET_WEBHOOK_SECRET (environment) has less than 16 characters',
  ],
  ...['ftp://hunter2', 'hunter2', 'https://ann:hunter2@a.example'].map((url): [Record<string, string>, string] => [
    { ROOMLET_WEBHOOK_URL: `${URL} ${url}`, ROOMLET_WEBHOOK_SECRET: SECRET },
    'ROOMLET_WEBHOOK_URL (environment) is not one or more http:// or https:// URLs without a password',
  ]),
] satisfies [Record<string, string>, string][])('%j is one mistake, and no value is repeated', (env, mistake) => {
  expect(mistakesOf(env)).toEqual([mistake])
})
