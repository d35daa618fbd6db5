import { percentile, Stadium } from '../server/support/stadium'

/** What is promised for two cores that do nothing else: clients and server share them. */
const VIEWERS = 1000
const JOIN_MS = 5_000
const P99_MS = 150
const MESSAGES_PER_SECOND = 20
const SECONDS = 10

interface Row {
  readonly figure: string
  readonly measured: string
  readonly target: string
  readonly holds: boolean
}

async function audience(): Promise<Row[]> {
  const stadium = await Stadium.open()
  try {
    const { joinMs, kibEach } = await stadium.fill(VIEWERS)
    const { received, delays } = await stadium.broadcast(MESSAGES_PER_SECOND, SECONDS)
    const count = MESSAGES_PER_SECOND * SECONDS
    const complete = received.filter((numbers) => numbers.length === count).length
    const p99 = percentile(delays, 0.99)
    return [
      row(`${VIEWERS} viewers join`, `${joinMs.toFixed(0)} ms`, `${JOIN_MS} ms`, joinMs < JOIN_MS),
      row('memory a viewer', `${kibEach.toFixed(1)} KiB`, '-', true),
      row('viewers with every message once', `${complete} of ${VIEWERS + 1}`, 'all', complete === VIEWERS + 1),
      row(`${MESSAGES_PER_SECOND} messages/s, p50`, `${percentile(delays, 0.5).toFixed(1)} ms`, '-', true),
      row(`${MESSAGES_PER_SECOND} messages/s, p99`, `${p99.toFixed(1)} ms`, `${P99_MS} ms`, p99 < P99_MS),
    ]
  } finally {
    await stadium.close()
  }
}

function row(figure: string, measured: string, target: string, holds: boolean): Row {
  return { figure, measured, target, holds }
}

const PARTS: Readonly<Record<string, () => Promise<Row[]>>> = { audience }

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in PARTS))
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(', ')} (there is ${Object.keys(PARTS).join(', ')})`)
  let missed = 0
  for (const [name, measure] of Object.entries(PARTS)) {
    if (names.length > 0 && !names.includes(name)) continue
    for (const { figure, measured, target, holds } of await measure()) {
      if (!holds) missed += 1
      const verdict = holds ? '' : '  MISSED'
      process.stdout.write(
        `${name.padEnd(10)}${figure.padEnd(34)}${measured.padStart(14)}   target ${target}${verdict}\n`,
      )
    }
  }
  process.exitCode = missed > 0 ? 1 : 0
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
})
