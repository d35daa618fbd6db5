import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildPlayground } from './build'
import { startPlayground } from './playground'

const BUILDS = path.join(__dirname, '.build')
const PARENT_CHECK_MS = 500
/** longest time that closing connections may take before the process ends anyway */
const CLOSE_TIMEOUT_MS = 3000

function portFrom(variable: string, fallback: number): number {
  const text = process.env[variable] ?? ''
  if (text === '') return fallback
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new Error(`${variable}=${text} is no port`)
  return port
}

/** '' or a path with a slash at its start and none at its end. */
function basePathFrom(text: string): string {
  const trimmed = text.replace(/^\/+|\/+$/g, '')
  return trimmed === '' ? '' : `/${trimmed}`
}

async function main(): Promise<void> {
  const parent = process.ppid
  const options = {
    host: process.env.HOST || '127.0.0.1',
    port: portFrom('PORT', 8080),
    rtmpPort: portFrom('RTMP_PORT', 1935),
    basePath: basePathFrom(process.env.BASE_PATH ?? ''),
    files: path.join(BUILDS, String(process.pid)),
  }
  removeLeftovers()
  await buildPlayground({ out: options.files })
  process.once('exit', () => rmSync(options.files, { recursive: true, force: true }))
  const playground = await startPlayground(options)
  stopWhenAsked(() => playground.close(), parent)
  process.stdout.write(`Roomlet ready at ${playground.url}\n`)
  // a person is likely to read it, a test or a service is not
  if (process.stdout.isTTY) playground.prepareReference()
}

/** Each process builds into a folder of its own, so that two may run; what killed ones left behind goes here. */
function removeLeftovers(): void {
  for (const name of existsSync(BUILDS) ? readdirSync(BUILDS) : []) {
    if (!isRunning(Number(name))) rmSync(path.join(BUILDS, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Ends on a signal, and when the parent is gone: a signal to npm alone does not reach its child everywhere. */
function stopWhenAsked(close: () => Promise<void>, parent: number): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(0), CLOSE_TIMEOUT_MS).unref()
    close().then(
      () => process.exit(0),
      (error: Error) => fail(error),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, PARENT_CHECK_MS).unref()
}

function fail(error: Error): void {
  process.stderr.write(`roomlet: ${error.message}\n`)
  process.exit(1)
}

main().catch(fail)
