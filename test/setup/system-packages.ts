import { spawnSync } from 'node:child_process'
import { findChromium } from './chromium'
import { hasFfmpeg } from './ffmpeg'
import { provideBrowser } from './provide-browser'
import type { Machine } from './provide-browser'
import { nginxRtmpModule } from './nginx-rtmp'
import { provideNginx } from './provide-nginx'
import { provideRedis } from './provide-redis'

const machine: Machine = {
  isRoot: process.getuid?.() === 0,
  hasApt: spawnSync('apt-get', ['--version']).status === 0,
  findChromium: () => findChromium(),
  hasChineseFont: () => {
    const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
    return fonts.status === 0 && fonts.stdout.trim() !== ''
  },
  hasRedis: () => spawnSync('redis-server', ['--version']).status === 0,
  hasNginxRtmp: () => nginxRtmpModule() !== null,
  hasFfmpeg,
  run: (command, args) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0
  },
  say: (text) => process.stdout.write(`${text}\n`),
}

try {
  provideRedis(machine)
  provideNginx(machine)
  machine.say(`Browser for the tests: ${provideBrowser(machine)}`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
