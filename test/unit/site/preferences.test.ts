/** @jest-environment jsdom */
import { readPreferences, storeLanguage, storeTheme } from '../../../examples/playground/site/preferences'

afterEach(() => localStorage.clear())

const read = (query = '', systemDark = false) => readPreferences(new URLSearchParams(query), localStorage, systemDark)

it('starts in Chinese and in the theme of the system', () => {
  expect(read()).toEqual({ theme: 'light', language: 'zh' })
  expect(read('', true)).toEqual({ theme: 'dark', language: 'zh' })
})

it('remembers what was chosen', () => {
  storeTheme('dark', localStorage)
  storeLanguage('en', localStorage)
  expect(read()).toEqual({ theme: 'dark', language: 'en' })
})

it('lets the address decide, unless it asks for what there is not', () => {
  storeTheme('dark', localStorage)
  expect(read('theme=light&lang=en', true)).toEqual({ theme: 'light', language: 'en' })
  expect(read('theme=pink&lang=fr')).toEqual({ theme: 'light', language: 'zh' })
})
