import type * as ServerChoice from '../../../examples/miniprogram/server/server-choice'
import { checkServer, problemOf } from '../../../examples/miniprogram/server/server-check'
import { FakeWx } from '../../support/fake-wx'

const phone = new FakeWx()
/** The module remembers what a query has named: each test has one of its own. */
const load = () => {
  let module: typeof ServerChoice | undefined
  jest.isolateModules(() => {
    module = jest.requireActual('../../../examples/miniprogram/server/server-choice')
  })
  if (!module) throw new Error('not loaded')
  return module
}

beforeEach(() => phone.install())
afterEach(() => phone.uninstall())

describe('the server of the pages', () => {
  test('is the default one until another is chosen, which is remembered', () => {
    const { serverOf, chooseServer } = load()
    expect(serverOf()).toBe('http://127.0.0.1:8080')
    chooseServer('http://192.168.1.5:8080')
    expect(serverOf()).toBe('http://192.168.1.5:8080')
    expect(load().serverOf()).toBe('http://192.168.1.5:8080')
  })

  test('is the one that a query names, for the pages after it as well, until the settings say otherwise', () => {
    const { serverOf, chooseServer } = load()
    expect(serverOf({ server: encodeURIComponent('https://rooms.test/calls/') })).toBe('https://rooms.test/calls')
    expect(serverOf({})).toBe('https://rooms.test/calls')
    chooseServer('http://other.test')
    expect(serverOf({})).toBe('http://other.test')
  })

  test('stands with those used before, the latest first, five at most and each once', () => {
    const { chooseServer, forgetServer, usedServers } = load()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'c']) chooseServer(`http://${name}.test`)
    expect(usedServers()).toEqual(['c', 'f', 'e', 'd', 'b'].map((name) => `http://${name}.test`))
    forgetServer('http://e.test')
    expect(usedServers()).not.toContain('http://e.test')
  })

  test.each([
    ['192.168.1.5:8080', 'http://192.168.1.5:8080'],
    [' https://rooms.example.com/calls// ', 'https://rooms.example.com/calls'],
    ['[fe80::1]:8080', 'http://[fe80::1]:8080'],
    ['', ''],
    ['ftp://files.test', ''],
    ['http://a b', ''],
    ['http://host:port', ''],
  ])('is typed as %p and means %p', (typed, root) => {
    expect(load().rootOf(typed)).toBe(root)
  })
})

describe('the check of a server', () => {
  test('asks /healthz and tells how long it took', async () => {
    phone.answers = () => ({ statusCode: 200, data: { status: 'ok' } })
    const times = [1000, 1042]
    await expect(checkServer('rooms.test:8080/', () => times.shift() ?? 0)).resolves.toEqual({
      ok: true,
      root: 'http://rooms.test:8080',
      ms: 42,
    })
    expect(phone.requests.map(({ url }) => url)).toEqual(['http://rooms.test:8080/healthz'])
  })

  test('asks nobody when the address is none', async () => {
    await expect(checkServer('http://')).resolves.toMatchObject({ ok: false, problem: 'address' })
    expect(phone.requests).toEqual([])
  })

  test.each([
    [{ statusCode: 404, data: {} }],
    [{ statusCode: 200, data: '<!doctype html>' }],
    [{ statusCode: 200, data: { status: 'up' } }],
  ])('knows a stranger by %j', async (answer) => {
    phone.answers = () => answer
    await expect(checkServer('rooms.test')).resolves.toMatchObject({ ok: false, problem: 'stranger' })
  })

  test.each([
    ['request:fail url not in domain list', 'domain'],
    ['request:fail timeout', 'timeout'],
    ['request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED', 'noAnswer'],
    ['request:fail -202:net::ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['request:fail ssl hand shake error', 'certificate'],
    ['request:fail invalid url', 'address'],
  ])('reads %p as %s', async (errMsg, problem) => {
    expect(problemOf(errMsg)).toBe(problem)
    phone.answers = () => errMsg
    await expect(checkServer('rooms.test')).resolves.toEqual({ ok: false, problem, said: errMsg })
  })
})
