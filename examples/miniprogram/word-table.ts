import type { Lang } from './words'

/** The texts of one page in both languages. */
export type WordTable<Word extends string> = Readonly<Record<Lang, Readonly<Record<Word, string>>>>

/** A table from one line a text: Chinese, English. */
export function wordTable<Word extends string>(
  texts: Readonly<Record<Word, readonly [zh: string, en: string]>>,
): WordTable<Word> {
  const column = (index: 0 | 1): Readonly<Record<Word, string>> => {
    const words = {} as Record<Word, string>
    for (const word of Object.keys(texts) as Word[]) words[word] = texts[word][index]
    return words
  }
  return { zh: column(0), en: column(1) }
}

/** A text with its arguments in the place of `{name}`. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
