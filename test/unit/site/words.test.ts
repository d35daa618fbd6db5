import { WORDS } from '../../../examples/playground/site/words'
import { DEVICE_WORDS } from '../../../examples/miniprogram/pages/device-test/device-words'
import { INDEX_WORDS } from '../../../examples/miniprogram/pages/index/index-entries'
import { ROOMS_WORDS } from '../../../examples/miniprogram/pages/rooms/room-rows'
import { SETTINGS_WORDS } from '../../../examples/miniprogram/pages/settings/settings-words'
import { TAG_WORDS } from '../../../examples/miniprogram/tag-words'
import type { WordTable } from '../../../examples/miniprogram/word-table'
import { WORDS as PAGE_WORDS } from '../../../examples/miniprogram/words'

const siteTexts = Object.entries(WORDS).map(([word, [zh, en]]) => ({ word, zh: zh as string, en: en as string }))

function textsOf(table: WordTable<string>) {
  return Object.entries(table.zh).map(([word, zh]) => ({ word, zh, en: table.en[word] ?? '' }))
}

const pageTexts = [PAGE_WORDS, INDEX_WORDS, SETTINGS_WORDS, TAG_WORDS, ROOMS_WORDS, DEVICE_WORDS].flatMap((table) =>
  textsOf(table as WordTable<string>),
)
const CJK = '[\\u4e00-\\u9fff]'

const argumentsOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe.each([...siteTexts, ...pageTexts])('the text $word', ({ zh, en }) => {
  it('stands in both languages, with the same arguments', () => {
    expect(zh).not.toBe('')
    expect(en).not.toBe('')
    expect(argumentsOf(en)).toEqual(argumentsOf(zh))
  })

  it('has no Chinese in its English', () => {
    expect(en).not.toMatch(new RegExp(CJK))
  })

  it('has full-width punctuation after Chinese', () => {
    expect(zh).not.toMatch(new RegExp(`${CJK}[,.:;!?()]`))
    expect(zh).not.toContain('...')
  })

  it('has a space between Chinese and Latin letters, digits or arguments', () => {
    expect(zh).not.toMatch(new RegExp(`${CJK}[A-Za-z0-9{]|[A-Za-z0-9}]${CJK}`))
  })
})
