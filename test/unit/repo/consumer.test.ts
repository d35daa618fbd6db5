import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadedBy, weigh } from '../../consumer/compiled-files'
import { pageSnippets } from '../../consumer/snippets'

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`
const JSON_BLOCK = block('json', '{ "usingComponents": { "rtc-room": "roomlet/components/rtc-room/rtc-room" } }')

describe('the snippets of a README', () => {
  test('are a page each, whatever stands between', () => {
    const page = "import { login } from 'roomlet/rtcroom'\n\nPage({ onLoad: () => login({}) })"
    const markdown = `# One\n${block('sh', 'npm ci')}${JSON_BLOCK}text\n${block('html', '<rtc-room/>')}\n${block('js', page)}`
    const [snippet, ...more] = pageSnippets(markdown)
    expect(more).toEqual([])
    expect(snippet?.json).toContain('roomlet/components/rtc-room/rtc-room')
    expect([snippet?.wxss, snippet?.files]).toEqual(['', {}])
    expect(snippet?.wxml).toBe('<rtc-room/>\n')
    expect(snippet?.js).toBe(`${page}\n`)
  })

  test('go into a method of a page when they are lines of one', () => {
    const lines = "import { login } from 'roomlet/rtcroom'\n\nawait login({})"
    const [snippet] = pageSnippets(JSON_BLOCK + block('html', '<rtc-room/>') + block('js', lines))
    expect(snippet?.js).toBe(
      "import { login } from 'roomlet/rtcroom'\nPage({\n  async onLoad() {\nawait login({})\n  },\n})\n",
    )
  })

  test('take with them their style and the components that stand beside them', () => {
    const own = '```js own.js\nComponent({})\n```\n```html own.wxml\n<view/>\n```\n'
    const markdown = `${JSON_BLOCK}${block('html', '<rtc-room/>')}${block('css', '.a {}')}${block('js', 'Page({})')}${own}${JSON_BLOCK}`
    const [snippet] = pageSnippets(`${markdown}${block('html', '<view/>')}${block('js', 'Page({})')}`)
    expect(snippet).toMatchObject({ wxss: '.a {}\n', files: { 'own.js': 'Component({})\n', 'own.wxml': '<view/>\n' } })
    expect(JSON.parse(snippet?.json ?? '')).toMatchObject({ usingComponents: { own: './own' } })
  })

  test('are pages without a component as well, where native tags stand under a heading of their own', () => {
    const alone = `### Without a room\n${block('html', '<live-pusher/>')}${block('js', 'Page({})')}`
    const lines = `### A property\n${block('html', '<rtc-room/>')}${block('js', 'call()')}`
    const page = `## A call\n${JSON_BLOCK}${block('html', '<rtc-room/>')}${block('js', 'Page({ a: 1 })')}`
    expect(pageSnippets(page + lines + alone).map(({ wxml, js }) => [wxml, js])).toEqual([
      ['<rtc-room/>\n', 'Page({ a: 1 })\n'],
      ['<live-pusher/>\n', 'Page({})\n'],
    ])
    expect(pageSnippets(alone).map(({ json }) => JSON.parse(json) as unknown)).toEqual([{ usingComponents: {} }])
  })

  test.each(['README.md', 'README.zh-CN.md'])('of %s include the page that only publishes', (path) => {
    const pages = pageSnippets(readFileSync(join(__dirname, '../../..', path), 'utf8'))
    const publishing = pages.filter(({ js }) => js.includes("from 'roomlet/media'"))
    expect(publishing.map(({ wxml }) => wxml)).toEqual([expect.stringMatching(/^<live-pusher /)])
  })

  test('are refused when a component has no page', () => {
    expect(() => pageSnippets(JSON_BLOCK + block('js', 'Page({})'))).toThrow(/No page follows/)
  })
})

describe('what a component loads', () => {
  let folder: string
  const FILES = {
    'components/a/a.js': "const { x } = require('../../shared/core.js')",
    'components/a/a.json': '{ "component": true, "usingComponents": { "b": "../b/b" } }',
    'components/a/a.wxml': '<import src="../shared/stage.wxml"/><wxs module="m" src="./words.wxs"/>',
    'components/a/a.wxss': '@import "../shared/room.wxss";',
    'components/a/words.wxs': 'module.exports = {}',
    'components/b/b.js': 'require("../../shared/core.js")',
    'components/b/b.json': '{ "component": true, "componentGenerics": { "g": { "default": "../c/c" }, "h": true } }',
    'components/c/c.js': 'Component({})',
    'components/c/c.json': '{ "component": true }',
    'components/shared/stage.wxml': '<include src="none-of-it"/>',
    'components/shared/none-of-it.wxml': '<view/>',
    'components/shared/room.wxss': '.a {}',
    'shared/core.js': 'exports.x = 1',
    'shared/other.js': 'exports.y = 1',
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roomlet-files-'))
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is every file that one of its files names, and no other', () => {
    const { 'shared/other.js': _unused, ...loaded } = FILES
    expect([...loadedBy(folder, ['components/a/a'])].sort()).toEqual(Object.keys(loaded).sort())
  })

  test('is listed as it is reached, whatever the files are called', () => {
    const scripts = loadedBy(folder, ['components/a/a']).filter((path) => path.endsWith('.js'))
    expect(scripts).toEqual(['components/a/a.js', 'shared/core.js', 'components/b/b.js', 'components/c/c.js'])
  })

  test('is weighed together, kind by kind', () => {
    const paths = loadedBy(folder, ['components/a/a'])
    expect(weigh(folder, paths, '.wxss').bytes).toBe('@import "../shared/room.wxss";.a {}'.length)
    expect(weigh(folder, paths, '.wxss').gzip).toBeGreaterThan(20)
  })

  test('names the file that is missing', () => {
    writeFileSync(join(folder, 'broken.js'), 'require("./gone.js")')
    expect(() => loadedBy(folder, ['broken'])).toThrow(/gone\.js/)
  })
})
