/** @jest-environment jsdom */
import { DEMOS, demoOf } from '../../../examples/playground/site/demos'
import { header } from '../../../examples/playground/site/header'
import { useLanguage } from '../../../examples/playground/site/language'

const ACTIONS = { chooseLanguage: () => undefined, chooseTheme: () => undefined }
const tabsOf = (root: HTMLElement) => [...root.querySelectorAll('.tab')]

test.each(['zh', 'en'] as const)('tabs bear the name of a component, or words of the language: %s', (language) => {
  useLanguage(language)
  const said = tabsOf(header(DEMOS['rtc-room'], ACTIONS)).map(({ textContent }) => textContent ?? '')
  const components = ['rtc-room', 'live-room', 'webrtc-room']
  expect(said).toEqual(expect.arrayContaining(components))
  const words = said.filter((text) => !components.includes(text))
  expect(words).toHaveLength(4)
  for (const word of words) expect(word).toMatch(language === 'zh' ? /^[\u4e00-\u9fff]+$/ : /^[A-Z][A-Za-z ]+$/)
})

test.each([
  ['rtc-room', 'tab-rtc-room'],
  ['push-play', 'tab-push-play'],
  // these share the tab of the first of them
  ['overlay', 'tab-themes'],
])('the tab of %s is the current one', (demo, tab) => {
  const current = tabsOf(header(demoOf(demo), ACTIONS)).filter((each) => each.getAttribute('aria-current') === 'page')
  expect(current.map((each) => each.getAttribute('data-testid'))).toEqual([tab])
})
