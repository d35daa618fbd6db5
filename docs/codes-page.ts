import { classify } from '../src/codes/classify'
import type { MediaTarget } from '../src/codes/signals'

/** One documented number; `docs/codes.json` holds them all. */
export interface DocumentedCode {
  readonly target: MediaTarget
  readonly code: number
  readonly name: string
  readonly kind: 'event' | 'warning' | 'error'
  readonly en: string
  readonly zh: string
  readonly confidence: string
  /** keys of {@link CodeBook.sources} */
  readonly sources: readonly string[]
  readonly note?: string
}

export interface CodeBook {
  readonly sources: Readonly<Record<string, string>>
  readonly codes: readonly DocumentedCode[]
}

const INTRODUCTION = `# Codes of live-pusher and live-player

What the two tags report by \`statechange\` (and \`error\`), and what Roomlet does about it. The library ships number, name and
signal ([src/codes](../src/codes)); meanings and sources stay here. The signals are explained at \`MediaSignal\` in
[signals.ts](../src/codes/signals.ts). A number that is not listed is logged and harmless.

This page is written by \`npm run docs\` from [codes.json](codes.json).
`

/** The text of docs/codes.md. Signals come from the shipped tables, so that the page tells what the library does. */
export function codesPage(book: CodeBook): string {
  const sources = Object.entries(book.sources).map(([key, text]) => `- **${key}**: ${text}`)
  return [
    INTRODUCTION,
    '## live-pusher\n',
    tableOf(book, 'publisher'),
    '\n## live-player\n',
    tableOf(book, 'player'),
    '\n## Sources\n',
    sources.join('\n'),
    '',
  ].join('\n')
}

function tableOf(book: CodeBook, target: MediaTarget): string {
  const rows = book.codes
    .filter((entry) => entry.target === target)
    .map(({ code, name, kind, en, zh, note, confidence, sources }) => {
      const meaning = note === undefined ? en : `${en}. ${note}`
      const cells = [
        code,
        `\`${name}\``,
        kind,
        classify(target, code).signal,
        meaning,
        zh,
        confidence,
        sources.join(', '),
      ]
      return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
    })
  const head =
    '| Code | Name | Kind | Signal | Meaning | 含义 | Confidence | Sources |\n|---:|---|---|---|---|---|---|---|'
  return [head, ...rows].join('\n')
}
