import { percentile, Stadium } from '../server/support/stadium'
import { text, type Part } from './report'

/** What is promised for two cores that do nothing else: clients and server share them. */
const VIEWERS = 1000
const JOIN_MS = 5_000
const P99_MS = 150
const MESSAGES_PER_SECOND = 20
const SECONDS = 10
const BUSY = 'Clients and server share the cores with whatever else runs; on an idle machine it holds.'

export async function audiencePart(): Promise<Part> {
  const stadium = await Stadium.open()
  try {
    const { joinMs, kibEach } = await stadium.fill(VIEWERS)
    const { received, delays } = await stadium.broadcast(MESSAGES_PER_SECOND, SECONDS)
    const count = MESSAGES_PER_SECOND * SECONDS
    const complete = received.filter((numbers) => numbers.length === count).length
    const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)]
    const rows = [
      {
        figure: `${VIEWERS} viewers join`,
        ours: `${text(joinMs)} ms`,
        target: `< ${text(JOIN_MS)} ms`,
        holds: joinMs < JOIN_MS,
        why: BUSY,
      },
      { figure: 'resident memory a viewer', ours: `${text(kibEach)} KiB` },
      {
        figure: 'members with every message once',
        ours: `${complete} of ${VIEWERS + 1}`,
        target: 'all',
        holds: complete === VIEWERS + 1,
      },
      { figure: `fan-out of ${MESSAGES_PER_SECOND} messages/s to ${VIEWERS}, p50`, ours: `${text(p50)} ms` },
      {
        figure: `fan-out of ${MESSAGES_PER_SECOND} messages/s to ${VIEWERS}, p99`,
        ours: `${text(p99)} ms`,
        target: `< ${P99_MS} ms`,
        holds: p99 < P99_MS,
        why: BUSY,
      },
    ]
    return { rows, results: { audience: { viewers: VIEWERS, joinMs, kibEach, complete, p50, p99 } } }
  } finally {
    await stadium.close()
  }
}
