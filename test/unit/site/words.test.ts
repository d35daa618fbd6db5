import { WORDS } from '../../../examples/playground/site/words'
import { WORDS as PAGE_WORDS } from '../../../examples/miniprogram/words'

const siteTexts = Object.entries(WORDS).map(([word, [zh, en]]) => ({ word, zh: zh as string, en: en as string }))
const pageTexts = Object.entries(PAGE_WORDS.zh).map(([word, zh]) => ({
  word,
  zh,
  en: PAGE_WORDS.en[word as keyof typeof PAGE_WORDS.en],
}))
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
