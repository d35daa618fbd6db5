import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { runCommand } from './cli/run-command'
import { systemClock } from './clock'
import { readConfig } from './config/config'
import { startServerNode } from './process/server-node'

/** RoomService as a process of its own; see the README for what the environment may hold and for its other commands. */
async function serve(): Promise<void> {
  const node = await startServerNode(readConfig(process.env, (path) => readFileSync(path, 'utf8')))
  const stop = (): void => void node.stop()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0) return serve()
  const readInput = (): Promise<string> => text(process.stdin)
  const result = await runCommand(args, { readInput, clock: systemClock })
  process.stdout.write(result.stdout)
  process.stderr.write(result.stderr)
  process.exitCode = result.exitCode
}

main(process.argv.slice(2)).catch((error: Error) => {
  for (const line of error.message.split('\n')) process.stderr.write(`roomlet-server: ${line}\n`)
  process.exit(1)
})
