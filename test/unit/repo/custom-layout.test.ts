import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

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
