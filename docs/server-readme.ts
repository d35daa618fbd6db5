import { settingsTable } from '../server/src/config/settings'

/** The table stands between these. */
const BEGIN = '<!-- settings: written by `npm run docs` -->\n'
const END = '\n<!-- /settings -->'

/** The README of the server with its table of settings as the code has them. */
export function withSettings(readme: string): string {
  const before = readme.slice(0, readme.indexOf(BEGIN) + BEGIN.length)
  const after = readme.slice(readme.indexOf(END))
  return `${before}\n${settingsTable()}\n${after}`
}
