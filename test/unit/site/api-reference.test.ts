import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { ApiReference } from '../../../examples/playground/api-reference'
import { until } from '../../support/until'

/** Notes its start, then waits for the file `go`, whose text is what it fails with, if any. */
const WRITER = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const out = process.argv[process.argv.indexOf('--out') + 1]
appendFileSync(out + '.starts', process.pid + '\\n')
const timer = setInterval(() => {
  if (!existsSync(out + '.go')) return
  clearInterval(timer)
  const refusal = readFileSync(out + '.go', 'utf8')
  if (refusal) {
    process.stderr.write(refusal)
    process.exitCode = 1
    return
  }
  mkdirSync(out)
  writeFileSync(out + '/index.html', 'the reference')
}, 5)
`
const NAVIGATION = { 'sec-fetch-mode': 'navigate' }

let files: string
let app: FastifyInstance
let reference: ApiReference

beforeEach(async () => {
  files = mkdtempSync(join(tmpdir(), 'roomlet-reference-'))
  mkdirSync(join(files, 'site'))
  const writer = join(files, 'writer.js')
  writeFileSync(writer, WRITER)
  app = fastify()
  reference = new ApiReference({ basePath: '/calls', files: join(files, 'site'), writer })
  reference.attach(app)
  await app.register(fastifyStatic, { root: join(files, 'site'), prefix: '/calls/' })
})

afterEach(async () => {
  const pids = starts()
  reference.close()
  await app.close()
  for (const pid of pids) await until(`the end of ${pid}`, async () => !isRunning(pid))
  rmSync(files, { recursive: true })
})

const path = (ending: string): string => join(files, 'site', `docs${ending}`)
const go = (refusal = ''): void => writeFileSync(path('.go'), refusal)

/** Of whole lines only: a writer may have made the file and not yet written into it. */
function starts(): number[] {
  return existsSync(path('.starts'))
    ? (readFileSync(path('.starts'), 'utf8').match(/\d+(?=\n)/g) ?? []).map(Number)
    : []
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const get = (headers: Record<string, string> = {}) => app.inject({ url: '/calls/docs/', headers })

test('who comes first gets a page that says what is awaited, and the reference once it is written', async () => {
  const first = await get(NAVIGATION)
  expect([first.statusCode, first.headers['cache-control']]).toEqual([200, 'no-store'])
  expect(first.body).toContain('正在从源码生成 API 文档')
  const asked = get() // what the page does
  expect((await get(NAVIGATION)).body).toBe(first.body)
  go()
  expect((await asked).body).toBe('the reference')
  expect((await get(NAVIGATION)).body).toBe('the reference')
  expect(starts()).toHaveLength(1)
})

test('a program is answered once the reference is there', async () => {
  const asked = get()
  go()
  expect((await asked).body).toBe('the reference')
})

test('what was prepared is not written again', async () => {
  reference.prepare()
  reference.prepare()
  await until('the writer', async () => starts().length > 0)
  go()
  expect((await get()).body).toBe('the reference')
  expect(starts()).toHaveLength(1)
})

test('a failure is told to whoever waits, and the next one who asks tries again', async () => {
  go('no such entry point')
  const asked = await get()
  expect([asked.statusCode, asked.json()]).toMatchObject([
    500,
    { message: 'The reference could not be written: no such entry point' },
  ])
  go()
  expect((await get()).body).toBe('the reference')
  expect(starts()).toHaveLength(2)
})

test('closing ends the writer', async () => {
  reference.prepare()
  const [pid = 0] = await until('the writer', async () => starts().length > 0 && starts())
  reference.close()
  await until('its end', async () => !isRunning(pid))
})

test('other addresses are none of its business', async () => {
  expect((await app.inject('/calls/docsy')).statusCode).toBe(404)
  expect((await app.inject('/calls/docs')).headers.location).toBe('/calls/docs/')
  expect(starts()).toEqual([])
})
