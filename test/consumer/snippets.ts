/** A page as a README shows it: a block of JSON, one of WXML and one of JavaScript, perhaps one of WXSS, and files beside it. */
export interface Snippet {
  readonly json: string
  readonly wxml: string
  readonly wxss: string
  readonly js: string
  /** Of components of the page's own, by the names that their blocks carry. */
  readonly files: Readonly<Record<string, string>>
}

interface Block {
  readonly language: string
  /** '' for a block of the page itself */
  readonly name: string
  readonly text: string
}

const BLOCK = /^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm

/** All code of a Markdown file. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(BLOCK)].map(([, language = '', name = '', text = '']) => ({ language, name, text }))
}

/** @throws Error for a component's JSON without the WXML and the script of its page */
export function pageSnippets(markdown: string): readonly Snippet[] {
  const blocks = blocksOf(markdown)
  const starts = blocks.flatMap(({ language, name, text }, index) =>
    language === 'json' && name === '' && text.includes('usingComponents') ? [index] : [],
  )
  return starts.map((start, order) => snippetOf(blocks.slice(start, starts[order + 1])))
}

/** From its JSON to the next page's. */
function snippetOf(blocks: readonly Block[]): Snippet {
  const first = (wanted: string): string | undefined =>
    blocks.find(({ language, name }) => language === wanted && name === '')?.text
  const [json, wxml, js] = [first('json') ?? '', first('html'), first('js')]
  if (wxml === undefined || js === undefined) throw new Error(`No page follows ${json.trim()}`)
  const named = blocks.filter(({ name }) => name !== '').map(({ name, text }): [string, string] => [name, text])
  const files = Object.fromEntries(named)
  return { json: withComponents(json, files), wxml, wxss: first('css') ?? '', js: pageScript(js), files }
}

/** A page uses the components that it is shown with. */
function withComponents(json: string, files: Readonly<Record<string, string>>): string {
  const config = JSON.parse(json) as { usingComponents: Record<string, string> }
  const names = Object.keys(files).flatMap((file) => (file.endsWith('.js') ? [file.replace(/\.js$/, '')] : []))
  const own = Object.fromEntries(names.map((name) => [name, `./${name}`]))
  return JSON.stringify({ ...config, usingComponents: { ...own, ...config.usingComponents } })
}

/** Lines that stand alone belong into a method of a page, below their imports. */
function pageScript(text: string): string {
  if (/^Page\(/m.test(text)) return text
  const imports = text.match(/^import .*\n/gm) ?? []
  const rest = text.replace(/^import .*\n/gm, '').trim()
  return `${imports.join('')}Page({\n  async onLoad() {\n${rest}\n  },\n})\n`
}
