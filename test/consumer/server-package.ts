import { execFileSync, spawn } from 'node:child_process'
import type { StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const SERVER = resolve(__dirname, '../../server')
const READY = /Server listening at (http:\/\/[\d.:]+)/
/** The machine may be busy. */
const START_TIMEOUT_MS = 60_000
/** Only what goes wrong is shown. */
const QUIET: StdioOptions = ['ignore', 'ignore', 'inherit']
const OPTIONS = ['--no-audit', '--no-fund', '--loglevel=error']

/**
 * Packs the server, installs it apart from this repository and starts its command, which has to answer.
 * @throws Error with what the server has said
 */
export async function checkServerPackage(folder: string): Promise<void> {
  mkdirSync(folder)
  execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', folder], { cwd: SERVER, stdio: QUIET })
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack has made no package of the server')
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'host', version: '1.0.0', private: true }))
  execFileSync('npm', ['install', '--prefer-offline', ...OPTIONS, `./${tarball}`], { cwd: folder, stdio: QUIET })
  await checkCommand(join(folder, 'node_modules/.bin/roomlet-server'))
}

async function checkCommand(command: string): Promise<void> {
  const env = { PATH: process.env.PATH, PORT: '0', DEMO: '1' }
  const server = spawn(command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(server, 'exit')
  const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT_MS)
  try {
    let said = ''
    const root = await new Promise<string>((ready, ended) => {
      const listen = (text: string): void => {
        said += text
        const [, found] = READY.exec(said) ?? []
        if (found !== undefined) ready(found)
      }
      server.stdout.setEncoding('utf8').on('data', listen)
      server.stderr.setEncoding('utf8').on('data', listen)
      server.once('error', ended)
      server.once('exit', () => ended(new Error(`roomlet-server ended: ${said}`)))
    })
    const answer = await fetch(`${root}/weapp/utils/get_login_info`)
    const { code } = (await answer.json()) as { code: unknown }
    if (code !== 0) throw new Error(`roomlet-server answers a login with ${String(code)}`)
    server.kill('SIGTERM')
    await exited
    if (server.exitCode !== 0) throw new Error(`roomlet-server ends with ${server.exitCode} on SIGTERM: ${said}`)
  } finally {
    clearTimeout(timer)
    server.kill('SIGKILL')
  }
}
