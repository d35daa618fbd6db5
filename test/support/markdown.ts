export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What stands under a heading of the second level. @throws Error when there is none */
export function sectionOf(markdown: string, title: string): string {
  const text = markdown.split(/^## /m).find((part) => part.startsWith(`${title}\n`))
  if (!text) throw new Error(`The page has no section ${title}`)
  return text
}

/** All tables of a text, cell by cell. */
export function tablesOf(text: string): readonly Table[] {
  return [...text.matchAll(/^(\|.*\|)\n\|[-| ]+\|\n((?:\|.*\|\n?)*)/gm)].map(([, head = '', body = '']) => ({
    head: cellsOf(head),
    rows: body.split('\n').filter(Boolean).map(cellsOf),
  }))
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
}
