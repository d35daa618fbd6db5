import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * The Chromium to test with: what ROOMLET_CHROMIUM names, else one on PATH, else the one playwright has downloaded.
 * Throws when ROOMLET_CHROMIUM names no executable: somebody's explicit wish is not replaced in silence.
 */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  downloaded = chromium.executablePath(),
): string | undefined {
  const wanted = env['ROOMLET_CHROMIUM']
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`ROOMLET_CHROMIUM is no executable file: ${wanted}`)
    return wanted
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, downloaded].find(isExecutable)
}
