import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../..')
const SKIPPED = new Set(['node_modules', 'miniprogram_npm', 'miniprogram_dist', 'dist', '.git', '.build', 'coverage'])

function pagesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : pagesBelow(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** What GitHub makes of headings, by which a link finds them. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const PAGES = pagesBelow('.')

test('the pages of the repository are found', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'server/README.zh-CN.md', 'docs/reference.md']))
})

test.each(PAGES)('%s links only to files and headings that exist', (page) => {
  const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
  const broken = links.filter(([, link = '']) => {
    const [file = '', anchor] = link.split('#').map(decodeURIComponent)
    const target = file === '' ? join(ROOT, page) : join(ROOT, page, '..', file)
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
  })
  expect(broken.map(([, link]) => link)).toEqual([])
})
