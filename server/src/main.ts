import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { checkConfig, configOption } from './cli/check-config'
import { runCommand, type CommandResult } from './cli/run-command'
import { systemClock } from './clock'
import { loadConfig, type ConfigSources } from './config/config'
import { startServerNode } from './process/server-node'

/** RoomService as a process of its own; see the README for its settings and for its other commands. */
async function serve(sources: ConfigSources): Promise<void> {
  const starting = startServerNode(loadConfig(sources))
  let isStopping = false
  const stop = (_signal: NodeJS.Signals, number: number): void => {
    // whoever asks twice wants it now
    if (isStopping) process.exit(128 + number)
    isStopping = true
    starting.then((node) => node.stop()).then(() => process.exit(0), fail)
  }
  // before it listens: whoever reads that it does may end it at once
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  await starting
}

async function main(args: readonly string[]): Promise<void> {
  const option = configOption(args)
  if (!option) throw new Error('--config needs the path of a file')
  const { rest, path } = option
  const sources: ConfigSources = { env: process.env, readFile: (file) => readFileSync(file, 'utf8'), path }
  if (rest.length === 0) return serve(sources)
  if (rest.length === 1 && rest[0] === '--check') return print(checkConfig(sources))
  const readInput = (): Promise<string> => text(process.stdin)
  print(await runCommand(rest, { readInput, clock: systemClock }))
}

function print({ stdout, stderr, exitCode }: CommandResult): void {
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  process.exitCode = exitCode
}

function fail(error: Error): never {
  for (const line of error.message.split('\n')) process.stderr.write(`roomlet-server: ${line}\n`)
  process.exit(1)
}

main(process.argv.slice(2)).catch(fail)
