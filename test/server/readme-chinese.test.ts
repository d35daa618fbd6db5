import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { blocksOf } from '../consumer/snippets'
import { tablesOf } from '../support/markdown'

const SERVER = path.resolve(__dirname, '../../server')
const read = (name: string): string => readFileSync(path.join(SERVER, name), 'utf8')

interface Section {
  readonly title: string
  readonly level: number
  readonly text: string
}

/** What stands before the first heading is the first section. */
function sectionsOf(page: string): Section[] {
  return page.split(/^(?=##+ )/m).map((text) => {
    const [, marks = '#', title = ''] = /^(#+) (.*)\n/.exec(text) ?? []
    return { title, level: marks.length, text }
  })
}

/** The page in English, whose tables and scripts are held to the code, beside the Chinese one, section by section. */
function pairs(): [string, Section, Section][] {
  const [top, settings, ...rest] = sectionsOf(read('README.zh-CN.md'))
  // the settings of the English page have no heading
  const told = [{ title: '设置', level: 1, text: `${top?.text}${settings?.text}` }, ...rest]
  return sectionsOf(read('README.md')).map((section, index) => {
    const { title = '', level = 0, text = '' } = told[index] ?? {}
    return [`${section.title} → ${title}`, section, { title, level, text }]
  })
}

/** The words that a reader reads. */
const prose = (text: string): string => text.replace(/```.*?\n```|<!--.*?-->/gs, '')
/** Words of code, but for what a reader fills in. */
const codesOf = (text: string): string[] =>
  [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replace(/<[^>]+>/g, '<…>')).sort()
const numbersOf = (text: string): string[] =>
  [...new Set(prose(text).match(/(?<![\w.])\d[\d,.]*(?<![,.])/g) ?? [])].sort()
const targetsOf = (text: string): string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
/** As the pages' hosts make anchors of headings. */
const anchorOf = (title: string): string =>
  `#${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')}`

it('has a section for each of the English page', () => {
  expect(sectionsOf(read('README.zh-CN.md'))).toHaveLength(sectionsOf(read('README.md')).length + 1)
})

describe.each(pairs())('%s', (_titles, english, chinese) => {
  const rowsOf = ({ text }: Section) =>
    tablesOf(text).map(({ rows }) => rows.map((cells) => codesOf(cells.join(' | '))))

  it('is a section of the same rank', () => {
    expect(chinese.level).toBe(english.level)
  })

  it('has its tables, with the same names and figures in each row', () => {
    expect(rowsOf(chinese)).toEqual(rowsOf(english))
  })

  it('shows its code, which is run', () => {
    expect(blocksOf(chinese.text).map(({ text }) => text)).toEqual(blocksOf(english.text).map(({ text }) => text))
  })

  it('names whatever it names', () => {
    expect([...new Set(codesOf(chinese.text))]).toEqual([...new Set(codesOf(english.text))])
  })

  it('gives the same figures', () => {
    expect(numbersOf(chinese.text)).toEqual(numbersOf(english.text))
  })

  it('leads to as many places', () => {
    const abroad = ({ text }: Section) =>
      targetsOf(text)
        .map((target) => target.replace('README.zh-CN.md', 'README.md'))
        .filter((target) => !target.startsWith('#'))
    expect(abroad(chinese)).toEqual(abroad(english))
    expect(targetsOf(chinese.text)).toHaveLength(targetsOf(english.text).length)
  })
})

it.each(['README.md', 'README.zh-CN.md'])('%s leads to headings and files that there are', (name) => {
  const page = read(name)
  const anchors = sectionsOf(page).map(({ title }) => anchorOf(title))
  const targets = targetsOf(page)
  expect(targets.filter((target) => target.startsWith('#')).length).toBeGreaterThan(5)
  const missing = targets.filter((target) =>
    target.startsWith('#')
      ? !anchors.includes(target)
      : !target.startsWith('https:') && !existsSync(path.join(SERVER, target)),
  )
  expect(missing).toEqual([])
})
