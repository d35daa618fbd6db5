import { nodeDeaths } from '../support/cluster/node-deaths'

/** `npm run test:cluster`: 200 members in 20 rooms over two nodes, one of which is killed every 10 s for a minute. */
async function main(): Promise<void> {
  const result = await nodeDeaths({ rooms: 20, kills: 6, killEveryMs: 10_000, pauseMs: 1_000 })
  const { lost, doubled, closed, refused, wrongRosters } = result
  const faults = { lost, doubled, 'rooms closed': closed, refused, 'wrong rosters': wrongRosters }
  const figures = {
    members: result.members,
    'nodes killed': result.kills,
    'connections broken': result.drops,
    'messages acknowledged': result.acknowledged,
    'messages delivered': result.delivered,
    ...Object.fromEntries(Object.entries(faults).map(([name, found]) => [name, found.length])),
    'settled after the last death (ms)': Math.round(result.settledMs),
  }
  for (const [name, figure] of Object.entries(figures)) process.stdout.write(`${name}: ${figure}\n`)
  for (const found of Object.values(faults)) for (const each of found.slice(0, 10)) process.stdout.write(`  ${each}\n`)
  if (Object.values(faults).some((found) => found.length > 0)) process.exitCode = 1
}

void main()
