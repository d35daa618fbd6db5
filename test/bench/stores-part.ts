import { ratioText, spreadText, type Part, type Row } from './report'
import { measureStores, STORE_OPERATIONS, type StoreOperation } from './server/store-costs'

const FIGURES: Readonly<Record<StoreOperation, string>> = {
  heartbeats: 'HTTP heartbeats',
  joinAndLeave: 'socket: join + leave',
  fanOut: 'socket: deliveries of a message to eight others',
}

/** What several nodes on Redis cost beside one node in memory. */
export async function storesPart(): Promise<Part> {
  const costs = await measureStores()
  const rows = STORE_OPERATIONS.flatMap((operation): Row[] => {
    const { memory, redis } = costs[operation]
    const figure = `${FIGURES[operation]}, a CPU-second of the node`
    return [
      { figure: `${figure}, in memory`, ours: spreadText(memory) },
      {
        figure: `${figure}, in Redis`,
        ours: `${spreadText(redis)}, ${ratioText(redis.median, memory.median)} of memory`,
      },
    ]
  })
  return { rows, results: { stores: costs } }
}
