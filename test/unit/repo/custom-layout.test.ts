import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { WORDS } from '../../../examples/miniprogram/words'
import type { TagPhase } from '../../../src/media/media-state'
import type { Phase } from '../../../src/room/phases'

const PHASES: Readonly<Record<Phase | TagPhase, true>> = {
  idle: true,
  joining: true,
  joined: true,
  reconnecting: true,
  leaving: true,
  closed: true,
  held: true,
  starting: true,
  running: true,
  stalled: true,
  retrying: true,
  suspended: true,
  failed: true,
}
/** A tag that runs shows its picture. */
const UNTOLD = 'running'

const PAGE = resolve(__dirname, '../../../examples/miniprogram/pages/custom-layout/custom-layout')
const linesOf = (extension: string): readonly string[] =>
  readFileSync(`${PAGE}.${extension}`, 'utf8').trimEnd().split('\n')

test('a layout of one’s own on the core takes less than 120 lines of script and WXML', () => {
  const lines = [...linesOf('ts'), ...linesOf('wxml')]
  expect(lines.length).toBeLessThan(120)
  // nor are they long instead of many
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(150)
})

test('it stands on the package alone, without a component', () => {
  const imports = [
    ...linesOf('ts')
      .join('\n')
      .matchAll(/from '(roomlet[^']*)'/g),
  ].map(([, path]) => path)
  expect(new Set(imports)).toEqual(new Set(['roomlet', 'roomlet/rtcroom']))
  expect(readFileSync(`${PAGE}.json`, 'utf8')).toContain('"usingComponents": {}')
})

test('it says every state of the room and of a tag in the language of the app', () => {
  const wxml = linesOf('wxml').join('\n')
  expect([...wxml.matchAll(/\{\{[^}]*(?:roomPhase|item\.state)\]?\}\}/g)].map(([shown]) => shown)).toEqual([
    '{{t[roomPhase]}}',
    '{{t[item.state]}}',
  ])
  for (const phase of Object.keys(PHASES).filter((name) => name !== UNTOLD)) {
    const { zh, en } = WORDS as Record<'zh' | 'en', Record<string, string>>
    expect([phase, zh[phase]]).toEqual([phase, expect.stringMatching(/^[\u4e00-\u9fff]+…?$/)])
    expect([phase, en[phase]]).toEqual([phase, expect.stringMatching(/^[A-Z][a-z ]+…?$/)])
  }
})
