import { WORDS } from './words'
import type { Word } from './words'

export type Language = 'zh' | 'en'

/** What the `lang` attribute says. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' }

export type Arguments = Readonly<Record<string, string | number>>

/** A text that follows the language: a word with its arguments, or text that is the same in every language. */
export type Phrase = string | { readonly word: Word; readonly args?: Arguments }

let current: Language = 'zh'

export function language(): Language {
  return current
}

export function textOf(word: Word, args: Arguments = {}): string {
  const pattern: string = WORDS[word][current === 'zh' ? 0 : 1]
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole))
}

export function phraseText(phrase: Phrase): string {
  return typeof phrase === 'string' ? phrase : textOf(phrase.word, phrase.args)
}

/** Writes a word into the element, and again whenever the language changes. */
export function say<E extends HTMLElement>(element: E, word: Word, args: Arguments = {}): E {
  element.dataset.word = word
  element.dataset.wordArgs = JSON.stringify(args)
  element.textContent = textOf(word, args)
  return element
}

/** As {@link say}, for what is said again and again: the same text is left alone, or readers and selections would have no rest. */
export function keepSaying(element: HTMLElement, word: Word, args: Arguments = {}): void {
  if (element.dataset.word === word && element.textContent === textOf(word, args)) return
  say(element, word, args)
}

/** As {@link say}, for the element's accessible name, and for its tooltip if it has one. */
export function label<E extends HTMLElement>(element: E, word: Word, args: Arguments = {}): E {
  element.dataset.label = word
  element.dataset.labelArgs = JSON.stringify(args)
  name(element, textOf(word, args))
  return element
}

function name(element: HTMLElement, text: string): void {
  element.setAttribute('aria-label', text)
  // who sees an icon alone reads its name as a tooltip
  if (element.title) element.title = text
}

/** Changes the language of everything said and labelled below the root. */
export function useLanguage(next: Language, root: HTMLElement = document.documentElement): void {
  current = next
  root.lang = LANGUAGE_TAGS[next]
  for (const said of root.querySelectorAll<HTMLElement>('[data-word]')) {
    const text = textOf(said.dataset.word as Word, JSON.parse(said.dataset.wordArgs ?? '{}'))
    said.textContent = text
    // what may be cut off says all of itself in a tooltip; the tooltip of what has a label is the label
    if (said.title && said.dataset.label === undefined) said.title = text
  }
  for (const labelled of root.querySelectorAll<HTMLElement>('[data-label]')) {
    const args = JSON.parse(labelled.dataset.labelArgs ?? '{}')
    name(labelled, textOf(labelled.dataset.label as Word, args))
  }
}
