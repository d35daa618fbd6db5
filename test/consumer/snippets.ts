/** A page as a README shows it: a block of JSON, one of WXML and one of JavaScript, one after the other. */
export interface Snippet {
  readonly json: string
  readonly wxml: string
  readonly js: string
}

const BLOCK = /^```(\w+)\n([^]*?)^```$/gm

/** @throws Error for a component's JSON without the WXML and the script of its page */
export function pageSnippets(markdown: string): readonly Snippet[] {
  const blocks = [...markdown.matchAll(BLOCK)].map(([, language = '', text = '']) => ({ language, text }))
  return blocks.flatMap(({ language, text }, index) => {
    if (language !== 'json' || !text.includes('usingComponents')) return []
    const [wxml, js] = blocks.slice(index + 1, index + 3)
    if (wxml?.language !== 'html' || js?.language !== 'js') throw new Error(`No page follows ${text.trim()}`)
    return [{ json: text, wxml: wxml.text, js: pageScript(js.text) }]
  })
}

/** Lines that stand alone belong into a method of a page, below their imports. */
function pageScript(text: string): string {
  if (/^Page\(/m.test(text)) return text
  const imports = text.match(/^import .*\n/gm) ?? []
  const rest = text.replace(/^import .*\n/gm, '').trim()
  return `${imports.join('')}Page({\n  async onLoad() {\n${rest}\n  },\n})\n`
}
