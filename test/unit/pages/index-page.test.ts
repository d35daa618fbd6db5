import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sectionsIn } from '../../../examples/miniprogram/pages/index/index-entries'

const APP = path.join(__dirname, '../../../examples/miniprogram')

test('the first page of the example app leads to all the others', () => {
  const { pages } = JSON.parse(readFileSync(path.join(APP, 'app.json'), 'utf8')) as { pages: string[] }
  const shown = sectionsIn('zh').flatMap(({ entries }) => entries.map(({ page }) => `pages/${page}/${page}`))
  expect(['pages/index/index', ...shown].sort()).toEqual([...pages].sort())
})
