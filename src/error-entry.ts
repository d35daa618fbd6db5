/** Language of a text that a person reads. */
export type Language = 'zh' | 'en'

/** One error of the catalogue. */
export interface ErrorEntry {
  /** true: the library tries again by itself; false: the caller has to act */
  readonly recoverable: boolean
  readonly zh: string
  readonly en: string
}

export const fatal = (zh: string, en: string): ErrorEntry => ({ recoverable: false, zh, en })
export const passing = (zh: string, en: string): ErrorEntry => ({ recoverable: true, zh, en })

/** What is known so far, by code: each part of the library brings the errors that it raises. */
export const catalogue: Record<string, ErrorEntry | undefined> = {}

export function addErrors(entries: Readonly<Record<string, ErrorEntry>>): void {
  Object.assign(catalogue, entries)
}
