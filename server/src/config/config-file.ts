import { namesOf, SETTINGS } from './settings'
import type { ReadFile, Source } from './settings-reader'

const NAMES = new Set(Object.entries(SETTINGS).flatMap(namesOf))

/** A JSON object of settings by their names, each a text, a number or a boolean. @param mistakes takes all that is wrong with it */
export function readConfigFile(path: string, readFile: ReadFile, mistakes: string[]): Source {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(objectIn(path, readFile, mistakes))) {
    const text = textOf(value)
    if (!NAMES.has(name)) mistakes.push(`${JSON.stringify(name)} (${path}) is no setting`)
    else if (text === null) mistakes.push(`${name} (${path}) is neither a text, nor a number, nor true or false`)
    else values[name] = text
  }
  return { name: path, values }
}

function objectIn(path: string, readFile: ReadFile, mistakes: string[]): object {
  let text: string
  try {
    text = readFile(path)
  } catch {
    mistakes.push(`ROOMLET_CONFIG (${path}) cannot be read`)
    return {}
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // what JSON.parse complains about is not repeated: it quotes the file, in which keys stand
  }
  mistakes.push(`ROOMLET_CONFIG (${path}) is not a JSON object`)
  return {}
}

function textOf(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
