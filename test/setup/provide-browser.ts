/** What the set-up has to know of, and may do to, the machine it runs on. */
export interface Machine {
  readonly isRoot: boolean
  /** apt-get is there: Debian or a descendant */
  readonly hasApt: boolean
  findChromium(): string | undefined
  hasChineseFont(): boolean
  hasRedis(): boolean
  hasNginxRtmp(): boolean
  /** ffmpeg and ffprobe */
  hasFfmpeg(): boolean
  /** true when the command ended well; its output goes to the terminal */
  run(command: string, args: readonly string[]): boolean
  say(text: string): void
}

const CHROMIUM_PACKAGE = 'chromium'
const FONT_PACKAGE = 'fonts-noto-cjk'
/** Joins a room as an encoder, and reads one as a player. */
const FFMPEG_PACKAGE = 'ffmpeg'

export const INSTALL_HINT = `The tests need Chromium, and none was found or could be installed. One of these is enough:
  as root on Debian:  apt-get install ${CHROMIUM_PACKAGE} ${FONT_PACKAGE}
  anywhere:           npx playwright-core install --with-deps chromium
  one that is there:  ROOMLET_CHROMIUM=/path/to/chromium npm test`

/** Finds Chromium, installing it where that is possible, and answers its path. Throws with {@link INSTALL_HINT}. */
export function provideBrowser(machine: Machine): string {
  // Everything by apt in one go: two installs at once collide on dpkg's lock.
  const missing = [
    ...(machine.findChromium() === undefined ? [CHROMIUM_PACKAGE] : []),
    ...(machine.hasChineseFont() ? [] : [FONT_PACKAGE]),
    ...(machine.hasFfmpeg() ? [] : [FFMPEG_PACKAGE]),
  ]
  if (missing.length > 0 && machine.isRoot && machine.hasApt) installByApt(machine, missing)
  if (machine.findChromium() === undefined) {
    machine.say('Downloading Chromium with playwright')
    machine.run('npx', ['--no-install', 'playwright-core', 'install', 'chromium'])
  }
  const chromium = machine.findChromium()
  if (chromium === undefined) throw new Error(INSTALL_HINT)
  if (!machine.hasFfmpeg())
    machine.say(`No ffmpeg: the tests of an encoder in a room are skipped (Debian: ${FFMPEG_PACKAGE})`)
  if (!machine.hasChineseFont()) machine.say(`No Chinese font: pictures show boxes (Debian: ${FONT_PACKAGE})`)
  return chromium
}

export function installByApt(machine: Machine, packages: readonly string[]): void {
  machine.say(`Installing ${packages.join(' ')} with apt-get`)
  // Another apt on the machine (unattended upgrades) may hold the lock for a while.
  const lock = 'DPkg::Lock::Timeout=300'
  machine.run('apt-get', ['-o', lock, 'update'])
  machine.run('apt-get', ['-o', lock, 'install', '-y', '--no-install-recommends', ...packages])
}
