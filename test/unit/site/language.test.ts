/** @jest-environment jsdom */
import { label, language, phraseText, say, textOf, useLanguage } from '../../../examples/playground/site/language'

afterEach(() => {
  useLanguage('zh')
  document.body.replaceChildren()
})

const made = () => document.body.appendChild(document.createElement('p'))

it('speaks Chinese until told otherwise', () => {
  expect(language()).toBe('zh')
  expect(textOf('start')).toBe('开始通话')
})

it('puts arguments in and leaves those it does not get', () => {
  expect(textOf('eventCount', { n: 42 })).toBe('42 条')
  expect(textOf('eventCount')).toBe('{n} 条')
})

it('follows the language with what was said and labelled, arguments included', () => {
  const said = say(made(), 'eventCount', { n: 3 })
  const labelled = label(made(), 'removePhone', { letter: 'C' })
  useLanguage('en')
  expect(said.textContent).toBe('3')
  expect(labelled.getAttribute('aria-label')).toBe('Remove phone C')
  expect(document.documentElement.lang).toBe('en')
})

it('says the last word given to an element, not the first', () => {
  const said = say(made(), 'mute')
  say(said, 'muted')
  useLanguage('en')
  expect(said.textContent).toBe('Muted')
})

it('keeps text that arguments bring as text', () => {
  const said = say(made(), 'quoted', { text: '<img src=x onerror=alert(1)>' })
  useLanguage('en')
  expect(said.childElementCount).toBe(0)
  expect(said.textContent).toBe('"<img src=x onerror=alert(1)>"')
})

it('leaves plain phrases alone', () => {
  expect(phraseText('linxm')).toBe('linxm')
  expect(phraseText({ word: 'tryOfPlayer', args: { n: 2 } })).toBe('播放，第 2 次')
})
