import type { Language } from './language'

export type Theme = 'light' | 'dark'

export interface Preferences {
  readonly theme: Theme
  readonly language: Language
}

const THEME_KEY = 'roomlet.theme'
const LANGUAGE_KEY = 'roomlet.language'

/** What the address asks for (`theme`, `lang`), else what was chosen last time, else the system's theme and Chinese. */
export function readPreferences(query: URLSearchParams, storage: Storage, systemDark: boolean): Preferences {
  const theme = query.get('theme') ?? storage.getItem(THEME_KEY)
  const language = query.get('lang') ?? storage.getItem(LANGUAGE_KEY)
  return {
    theme: theme === 'dark' || theme === 'light' ? theme : systemDark ? 'dark' : 'light',
    language: language === 'en' ? 'en' : 'zh',
  }
}

export function storeTheme(theme: Theme, storage: Storage): void {
  storage.setItem(THEME_KEY, theme)
}

export function storeLanguage(language: Language, storage: Storage): void {
  storage.setItem(LANGUAGE_KEY, language)
}
