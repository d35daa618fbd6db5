import { readdirSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { BUDGETS } from '../../../build/budget'
import { ERRORS } from '../../../src/error-catalogue'
import { direct } from '../../../src/provider/direct/direct'
import { roomService } from '../../../src/provider/roomservice/roomservice'
import { trtc } from '../../../src/provider/trtc/trtc'
import { zego } from '../../../src/provider/zego/zego'
import { ENVIRONMENT } from '../../../server/src/cli/help-text'
import { sectionOf, tablesOf } from '../../support/markdown'

const ROOT = resolve(__dirname, '../../..')
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8')
const readme = read('README.md')
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts

/** The cells of every row of the first table under a heading, without its head. */
const tableUnder = (heading: string) => tablesOf(sectionOf(readme, heading))[0]?.rows ?? []

const unquoted = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '')

describe('README', () => {
  test('gives the commands to start and to test, and both scripts exist', () => {
    const commands = [...readme.matchAll(/```sh\n([^`]+)\n```/g)].map((match) => match[1])
    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test', 'npm run build'])
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', 'build']))
  })

  test('names the test command that CI runs', () => {
    const lines = read('.ci/run').trim().split('\n')
    expect(lines[0]).toBe('#!/usr/bin/env bash')
    expect(lines).toContain('set -euo pipefail')
    expect(lines.at(-1)).toBe('npm ci && npm test')
    expect(statSync(resolve(ROOT, '.ci/run')).mode & 0o111).not.toBe(0)
  })

  test('lists exactly the errors of the catalogue, with their texts', () => {
    const documented = tableUnder('Errors').map(([code, ...rest]) => [unquoted(code), ...rest])
    const known = Object.entries(ERRORS).map(([code, { recoverable, zh, en }]) => [
      code,
      recoverable ? 'yes' : 'no',
      zh,
      en,
    ])
    expect(documented.sort()).toEqual(known.sort())
  })

  test('says of every provider what it can do', () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` ((?:\| (?:yes|no) ){5})\|$/gm)]
    const told = rows.map(([, name, cells = '']) => [
      name,
      cells
        .split('|')
        .slice(1)
        .map((cell) => cell.trim() === 'yes'),
    ])
    const known = [roomService, trtc, zego, direct].map(({ name, capabilities: can }) => [
      name,
      [can.messages, can.linkMic, can.createRooms, can.broadcasts, can.callAudience],
    ])
    expect(told).toEqual(known)
  })

  test('lists exactly the variables that playground and tests read, and of roomlet-server only such as it has', () => {
    const rows = tableUnder('Settings').map(([name, by = '']) => ({ name: unquoted(name), by }))
    const known: readonly string[] = ENVIRONMENT.map(([name]) => name)
    for (const { name } of rows.filter(({ by }) => by.includes('r'))) expect(known).toContain(name)
    const documented = rows.filter(({ by }) => by !== 'r').map(({ name }) => name)
    const files = ['examples/playground', 'test/setup'].flatMap((folder) =>
      readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !/node_modules|\bdist\b|\.build|\.d\.ts$/.test(path))
        .map((path) => `${folder}/${path}`),
    )
    const used = files.flatMap((path) =>
      [...read(path).matchAll(/\benv(?:\.|\[')([A-Z][A-Z_]+)|\(env, '([A-Z][A-Z_]+)'/g)].map(
        (match) => match[1] ?? match[2],
      ),
    )
    expect(documented).toEqual(expect.arrayContaining(used.filter((name) => name !== 'PATH')))
    const sources = files.map(read).join()
    for (const name of documented) expect(sources).toMatch(new RegExp(`env\\.${name}\\b|'${name}'`))
  })

  test.each(['README.md', 'README.zh-CN.md'])('%s promises the weights that the build is held to', (page) => {
    const [, sentence = ''] = /\n(.*`rtc-room` [\d.]+ KB[^]*?)\n\n/.exec(read(page)) ?? []
    const promised = [...sentence.matchAll(/([\d.]+) KB/g)].map(([, figure]) => Number(figure))
    const limitOf = (name: string): number => {
      const { maxGzip = NaN } = BUDGETS.find((budget) => budget.name === name) ?? {}
      return Math.ceil(maxGzip / 100) / 10
    }
    const names = ['rtc-room', 'rtc-room, rtcroom', 'live-room', 'webrtc-room', 'all three']
    expect(promised).toEqual(names.map(limitOf))
  })
})
