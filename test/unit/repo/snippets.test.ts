import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { transformSync } from 'esbuild'
import { ENTRIES } from '../../../build/entries'
import { blocksOf, splitImports } from '../../consumer/snippets'

const ROOT = resolve(__dirname, '../../..')
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8')
const scriptsOf = (path: string): Readonly<Record<string, string>> =>
  (JSON.parse(read(path)) as { scripts: Record<string, string> }).scripts

/** Every page that shows code. */
const PAGES = ['.', 'docs', 'server', ...['rtc-room', 'live-room', 'webrtc-room'].map((name) => `components/${name}`)]
  .flatMap((folder) => readdirSync(resolve(ROOT, folder)).map((file) => `${folder}/${file}`))
  .concat('examples/playground/README.md', 'examples/playground/desk/README.md')
  .filter((path) => path.endsWith('.md') && blocksOf(read(path)).length > 0)

/** The source of what a script imports. */
function sourceOf(from: string): string {
  if (from === 'roomlet-server') return 'server/src/index.ts'
  const [, name = 'index'] = /^roomlet\/(.+)$/.exec(from) ?? []
  return `${ENTRIES[name] ?? name}.ts`
}

const COMMANDS = ['cd', 'docker', 'echo', 'npm', 'npx']

/** The programs of a command line, without the variables that are set for them. */
function programsOf(line: string): readonly string[][] {
  return line
    .split(/ && | \| /)
    .map((part) => part.replace(/<[^>]*>/g, 'x').replace(/^(?:\w+=\S+ )+/, ''))
    .map((part) => part.trim().split(/\s+/))
}

/** Lines of a handler may return: what is no import stands in a function. */
function inFunction(text: string): string {
  const { imports, rest } = splitImports(text)
  return `${imports}export async function snippet() {\n${rest}\n}`
}

test('pages with code are found', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['./README.md', './README.zh-CN.md', 'server/README.md']))
})

describe.each(PAGES)('%s', (page) => {
  const blocks = blocksOf(read(page))

  test('its scripts can be compiled', () => {
    for (const { language, text } of blocks.filter(({ language }) => language === 'js' || language === 'ts')) {
      const loader = language as 'js' | 'ts'
      expect(() => transformSync(inFunction(text), { loader, format: 'esm', target: 'es2022' })).not.toThrow()
    }
  })

  test('its scripts import what is exported', () => {
    for (const { text } of blocks.filter(({ language }) => language === 'js' || language === 'ts')) {
      for (const [, names = '', from = ''] of text.matchAll(
        /(?:import|const) \{ ([^}]+) \} (?:from |= require\()'(roomlet[^']*)'/g,
      )) {
        const source = sourceOf(from)
        expect([from, existsSync(resolve(ROOT, source))]).toEqual([from, true])
        for (const name of names.split(', ')) expect(read(source)).toMatch(new RegExp(`export [^;]*?\\b${name}\\b`))
      }
    }
  })

  test('its JSON can be read', () => {
    for (const { text } of blocks.filter(({ language }) => language === 'json'))
      expect(() => JSON.parse(text) as unknown).not.toThrow()
  })

  test('its commands exist', () => {
    const lines = blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.replace(/\\\n\s*/g, '').split('\n'))
      .filter((line) => line !== '' && !line.startsWith('#'))
    for (const [program = '', ...words] of lines.flatMap(programsOf)) {
      expect(COMMANDS).toContain(program)
      if (program === 'npx') expect(['roomlet-server', 'jest']).toContain(words[0])
      if (program === 'docker') expect(existsSync(resolve(ROOT, words[words.indexOf('-f') + 1] ?? ''))).toBe(true)
      if (program !== 'npm') continue
      const name = words[0] === 'run' ? words[1] : words[0]
      expect(['ci', 'install', ...Object.keys(scriptsOf('package.json'))]).toContain(name)
    }
  })
})
