import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ERRORS } from '../../src/error-catalogue'

const SHARED = path.resolve(__dirname, '../../components/shared')

interface Words {
  text(key: string, language: unknown): string
  count(key: string, n: number, language: unknown): string
  part(key: string, side: number, language: unknown): string
  name(tag: { name: string; screen?: boolean }, self: boolean, language: unknown): string
  below(shown: { code: string; text: string }, language: unknown): string
  notice(code: string): { title: string; icon: string; tone: string; action: string }
  WORDS: Record<string, string[]>
  NOTICES: Record<string, unknown>
}

/** wxs is the JavaScript of 2009, so it runs as it is. */
function loadWxs<T>(file: string): T {
  const module = { exports: {} }
  new Function('module', readFileSync(path.join(SHARED, file), 'utf8'))(module)
  return module.exports as T
}

const words = loadWxs<Words>('words.wxs')
const stage = readFileSync(path.join(SHARED, 'stage.wxml'), 'utf8')
const icons = readFileSync(path.join(SHARED, 'icons.wxss'), 'utf8')

test('every text has a Chinese and an English wording', () => {
  for (const [key, texts] of Object.entries(words.WORDS)) {
    expect(texts).toHaveLength(2)
    expect(words.text(key, 'zh')).toMatch(/[\u4e00-\u9fff]/)
    expect(words.text(key, 'en')).toMatch(/^[^\u4e00-\u9fff]+$/)
  }
})

test.each([undefined, null, '', 'zh', 'fr'])('language %p is Chinese', (language) => {
  expect(words.text('me', language)).toBe('我')
})

test('every text that the stage asks for is there', () => {
  const asked = [...stage.matchAll(/words\.(?:text|count|part)\(([^,]+),/g)].flatMap(([, keys]) =>
    [...(keys ?? '').matchAll(/'([a-zA-Z0-9]+)'/g)].map(([, key]) => key ?? ''),
  )
  expect(asked.length).toBeGreaterThan(20)
  for (const key of asked.filter((name) => name !== 'network')) expect(words.WORDS).toHaveProperty(key)
  for (const bars of [0, 1, 2, 3, 4]) expect(words.WORDS).toHaveProperty(`network${bars}`)
  for (const phase of ['joining', 'reconnecting']) expect(words.WORDS).toHaveProperty(phase)
})

test('counts stand in their texts', () => {
  expect(words.count('more', 3, 'zh')).toBe('还有 3 人')
  expect(words.count('attempt', 2, 'en')).toBe('try 2')
})

test('what stands around a count can be had without it', () => {
  expect([0, 1].map((side) => words.part('waited', side, 'zh').trim())).toEqual(['已等待', '秒'])
  expect([0, 1].map((side) => words.part('waited', side, 'en').trim())).toEqual(['', 's so far'])
})

test('a tile is named after its person, or after the person’s screen', () => {
  const ann = { name: 'Ann$&' }
  expect(words.name(ann, false, 'en')).toBe('Ann$&')
  expect(words.name({ ...ann, screen: true }, false, 'en')).toBe('Ann$&’s screen')
  expect(words.name(ann, true, 'zh')).toBe('我')
})

test('a notice of any error has a title, an icon that exists and a known action', () => {
  for (const code of Object.keys(words.NOTICES)) expect(ERRORS).toHaveProperty(code)
  for (const code of Object.keys(ERRORS)) {
    const { title, icon, tone, action } = words.notice(code)
    expect(words.WORDS).toHaveProperty(title)
    expect(icons).toContain(`.rl-i-${icon} {`)
    expect(['warn', 'danger']).toContain(tone)
    expect(['settings', 'retry', '']).toContain(action)
  }
})

test.each(['zh', 'en'] as const)('no notice says the same twice in %s', (language) => {
  for (const [code, { [language]: text }] of Object.entries(ERRORS)) {
    const title = words.text(words.notice(code).title, language)
    const below = words.below({ code, text }, language)
    expect(below).toBeTruthy()
    expect({ code, below }).not.toEqual({ code, below: title })
  }
})

test('the stage has no text of its own', () => {
  const texts = stage
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\{\{[\s\S]*?\}\}/g, '')
    .replace(/<[^>]*>/g, '')
  expect(texts.replace(/[\s1-3]/g, '')).toBe('')
})
