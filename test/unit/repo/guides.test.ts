import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ENTRIES } from '../../../build/entries'
import { liveRoomProperties } from '../../../components/live-room/props'
import { rtcRoomProperties } from '../../../components/rtc-room/props'
import { PROFILES } from '../../../components/shared/encoding'
import { webrtcRoomProperties } from '../../../components/webrtc-room/props'
import { ERRORS } from '../../../src/error-catalogue'
import { sectionOf, tablesOf } from '../../support/markdown'

const ROOT = resolve(__dirname, '../../..')
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8')
const COMPONENT_READMES = ['rtc-room', 'live-room', 'webrtc-room'].map((name) => read(`components/${name}/README.md`))

const cellsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|---'))
    .map((row) => row.split('|').map((cell) => cell.trim()))

const fences = (text: string): string[] =>
  [...text.matchAll(/```(?:json|html|css|js|sh)\b[^]*?\n```/g)].map(([all]) => all)

/** Defaults that are words. */
const IN_ENGLISH: Readonly<Record<string, string>> = { 无: 'none', 关: 'off', 自动查找: 'found' }

describe('the Chinese README', () => {
  const chinese = read('README.zh-CN.md')
  const english = read('README.md')

  test('has the code and the commands of the English one', () => {
    expect(fences(chinese)).toEqual(fences(english))
  })

  test('lists the same variables as the English one, with their defaults', () => {
    const [known, told] = [sectionOf(english, 'Settings'), sectionOf(chinese, '环境变量')].map((text) =>
      tablesOf(text)[0]?.rows.map(([name, by, standard = '']) => [name, by, IN_ENGLISH[standard] ?? standard]),
    )
    expect(known?.length).toBeGreaterThan(10)
    expect(told).toEqual(known)
  })

  test('lists every error with its Chinese text', () => {
    const listed = [...chinese.matchAll(/^\| `([A-Z_]+)` \| ([是否]) \| (.+) \|$/gm)].map(([, ...cells]) => cells)
    const known = Object.entries(ERRORS).map(([code, { recoverable, zh }]) => [code, recoverable ? '是' : '否', zh])
    expect(listed.sort()).toEqual(known.sort())
  })

  test('says of every provider what the English one says', () => {
    const told = (text: string): string[][] =>
      [...text.matchAll(/^\| `(\w+)` ((?:\| (?:yes|no|是|否) ){5})\|$/gm)].map(([, name = '', cells = '']) => [
        name,
        cells.replaceAll('是', 'yes').replaceAll('否', 'no'),
      ])
    expect(told(chinese)).toHaveLength(4)
    expect(told(chinese)).toEqual(told(english))
  })

  test('has a line for each fault, with the same events and reasons', () => {
    const marked = (text: string, heading: string): string[][] =>
      cellsOf(text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '')
        .slice(1)
        .map((cells) => [...(cells[3] ?? '').matchAll(/`(\w+)`/g)].map(([, word = '']) => word).sort())
    expect(marked(chinese, '故障').length).toBeGreaterThan(20)
    expect(marked(chinese, '故障')).toEqual(marked(english, 'Faults'))
  })

  test.each([english, chinese])('gives the bitrates of every profile', (text) => {
    const rows = [...text.matchAll(/^\| [^|]+ \| `([\w-]+)` \| (\w+) \| (\d+)-(\d+) \| (\w+) \|$/gm)]
    const told = rows.map(([, name, mode, minBitrate, maxBitrate, audioQuality]) => [
      name,
      { mode, minBitrate: Number(minBitrate), maxBitrate: Number(maxBitrate), audioQuality },
    ])
    expect(told).toEqual(Object.entries(PROFILES))
  })
})

describe.each(['docs/migration.md', 'docs/migration.zh-CN.md'])('%s', (page) => {
  const newLines = cellsOf(read(page)).map((cells) => cells[2] ?? '')

  test('sends a page only to paths that the package has', () => {
    const paths = newLines.flatMap((line) =>
      [...line.matchAll(/['"]roomlet\/([\w/-]+)['"]/g)].map(([, path = '']) => path),
    )
    expect(paths.length).toBeGreaterThan(2)
    const missing = paths.filter((path) => !existsSync(resolve(ROOT, `${ENTRIES[path] ?? path}.ts`)))
    expect(missing).toEqual([])
  })

  test('names only tags and error codes that there are', () => {
    const tags = newLines.flatMap((line) => [...line.matchAll(/tag === '(\w+)'/g)].map(([, tag = '']) => tag))
    expect(tags).toEqual(['linkOn', 'linkOff'])
    for (const tag of tags) expect(COMPONENT_READMES[1]).toMatch(new RegExp(`^\\| ${tag} \\|`, 'm'))
    const codes = newLines.flatMap((line) => [...line.matchAll(/'([A-Z]+_[A-Z_]+)'/g)].map(([, code = '']) => code))
    expect(codes.filter((code) => !(code in ERRORS))).toEqual([])
  })

  test('writes only attributes that the components take', () => {
    const known = new Set(
      [rtcRoomProperties, liveRoomProperties, webrtcRoomProperties].flatMap((properties) => Object.keys(properties)),
    )
    const attributes = newLines.flatMap((line) => [...line.matchAll(/`(\w+)="/g)].map(([, name = '']) => name))
    expect(attributes).toEqual(expect.arrayContaining(['roomid', 'pureaudio']))
    expect(attributes.filter((name) => !known.has(name) && name !== 'data')).toEqual([])
  })
})

test('both migration guides have the same lines', () => {
  const [english, chinese] = ['docs/migration.md', 'docs/migration.zh-CN.md'].map((page) =>
    cellsOf(read(page)).map((cells) =>
      cells.slice(1, 3).flatMap((cell) => [...cell.matchAll(/`[^`]+`/g)].map(([code]) => code)),
    ),
  )
  expect(chinese?.map((codes) => codes.length)).toEqual(english?.map((codes) => codes.length))
})
