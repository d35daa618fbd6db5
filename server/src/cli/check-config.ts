import { ConfigError, loadConfig, type ConfigSources } from '../config/config'
import type { CommandResult } from './run-command'

/** `--check`: every setting as it holds and where it comes from, or all that is wrong with them. Nothing is started. */
export function checkConfig(sources: ConfigSources): CommandResult {
  try {
    const lines = loadConfig(sources).effective.map(
      ({ name, value, from }) => `${name}=${value}${from === '' ? '' : `  (${from})`}\n`,
    )
    return { exitCode: 0, stdout: lines.join(''), stderr: '' }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { exitCode: 1, stdout: '', stderr: error.mistakes.map((mistake) => `roomlet-server: ${mistake}\n`).join('') }
  }
}

/** @returns the path that `--config <path>` or `--config=<path>` names, and the other arguments; null without a path */
export function configOption(args: readonly string[]): { path?: string; rest: readonly string[] } | null {
  const at = args.findIndex((arg) => /^--config(=|$)/.test(arg))
  if (at < 0) return { rest: args }
  const [, inline] = /^--config=(.*)$/.exec(args[at] ?? '') ?? []
  const path = inline ?? args[at + 1]
  if (!path) return null
  return { path, rest: [...args.slice(0, at), ...args.slice(at + (inline === undefined ? 2 : 1))] }
}
