import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { codesPage } from '../../../docs/codes-page'
import type { CodeBook } from '../../../docs/codes-page'
import { PLAYER_CODES } from '../../../src/codes/player-codes'
import { PUBLISHER_CODES } from '../../../src/codes/publisher-codes'

const read = (name: string): string => readFileSync(resolve(__dirname, '../../../docs', name), 'utf8')
const book = JSON.parse(read('codes.json')) as CodeBook

describe('docs/codes', () => {
  test('documents exactly the codes that ship, by the same names', () => {
    const shipped = [
      ...PUBLISHER_CODES.map(([code, name]) => `publisher ${code} ${name}`),
      ...PLAYER_CODES.map(([code, name]) => `player ${code} ${name}`),
    ]
    const documented = book.codes.map(({ target, code, name }) => `${target} ${code} ${name}`)
    expect(documented.sort()).toEqual(shipped.sort())
    expect(shipped).toHaveLength(143)
  })

  test('gives every code a meaning in both languages and a known source', () => {
    const lacking = book.codes.filter(
      ({ en, zh, sources }) =>
        en === '' || zh === '' || sources.length === 0 || sources.some((key) => !book.sources[key]),
    )
    expect(lacking).toEqual([])
  })

  test('codes.md is what `npm run docs` writes now', () => {
    expect(read('codes.md')).toBe(codesPage(book))
  })
})
