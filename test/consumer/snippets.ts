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
  /** The heading that it stands under. */
  readonly heading: string
}

const PAGE = /^Page\(/m
const NO_COMPONENTS = '{ "usingComponents": {} }'
const BLOCK = /^#{2,} (.+)$|^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm

/** All code of a Markdown file. */
export function blocksOf(markdown: string): readonly Block[] {
  let heading = ''
  return [...markdown.matchAll(BLOCK)].flatMap(([, title, language = '', name = '', text = '']) => {
    heading = title ?? heading
    return title === undefined ? [{ language, name, text, heading }] : []
  })
}

/** @throws Error for a component's JSON without the WXML and the script of its page */
export function pageSnippets(markdown: string): readonly Snippet[] {
  const blocks = blocksOf(markdown)
  const starts = blocks.flatMap((block, index) => (isConfig(block) || isPageAlone(block, blocks, index) ? [index] : []))
  return starts.map((start, order) => snippetOf(blocks.slice(start, starts[order + 1])))
}

function isConfig({ language, name, text }: Block): boolean {
  return language === 'json' && name === '' && text.includes('usingComponents')
}

/** WXML with its page's script, under a heading that shows no component: native tags need no JSON. */
function isPageAlone({ language, name, heading }: Block, blocks: readonly Block[], index: number): boolean {
  const next = blocks[index + 1]
  if (language !== 'html' || name !== '' || next?.language !== 'js' || !PAGE.test(next.text)) return false
  return !blocks.some((block) => block.heading === heading && isConfig(block))
}

/** From its beginning to the next page's. */
function snippetOf(blocks: readonly Block[]): Snippet {
  const first = (wanted: string): string | undefined =>
    blocks.find(({ language, name }) => language === wanted && name === '')?.text
  const [json, wxml, js] = [blocks.find(isConfig)?.text ?? NO_COMPONENTS, first('html'), first('js')]
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
  if (PAGE.test(text)) return text
  const { imports, rest } = splitImports(text)
  return `${imports}Page({\n  async onLoad() {\n${rest.trim()}\n  },\n})\n`
}

/** For lines that have to stand in a function, which their imports cannot. */
export function splitImports(text: string): { imports: string; rest: string } {
  const imports = text.match(/^import .*\n/gm) ?? []
  return { imports: imports.join(''), rest: text.replace(/^import .*\n/gm, '') }
}
