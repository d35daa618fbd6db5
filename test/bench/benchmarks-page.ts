import { writeFileSync } from 'node:fs'
import type { PartName, Results } from './run'
import { isMissed, markdownTable } from './report'

const INTRODUCTIONS: Readonly<Record<PartName, string>> = {
  session: `Exact: one component on a page, from the page's login() on, over the real module, controller, core and RoomService, in virtual
time with a round trip of 100 ms; the same in every run and on every machine. So many others are in the room before. Twenty texts,
ten members that come or go, two stalls of every player, then a minute of quiet and stop(). A WebSocket takes a round trip to open;
cold is opening it and sending login and join together, warm is a login that stands. setData reaches the page after 16 ms.
"Needed" is the smallest payload by paths that has the same effect, worked out apart from the library. A presenter comes back to a
broadcast with guests; a viewer plays the presenter and those guests. The tests of the session hold the same targets.`,
  size: `The scripts that a page with the component downloads, as \`npm run size\` measures them.`,
  core: `One tag's event through codes, media, room, view and difference to the payload of setData, with everybody shown. CPU time, median
of the runs and their spread; divide by the calibration loop of the same run to compare machines.`,
  server: `Calls a CPU-second of the server process alone, whatever the clients cost: production build, production defaults, 30 connections that
wait for each answer. The bare route is a Fastify route without anything, measured by turns with each call. Heap is what lives after
a full collection.`,
  stores: `What several nodes cost: the same operations on one node with its rooms in memory and on one with its rooms in Redis, by turns, a
CPU-second of the node's process alone; redis-server has its own. A node batches what waits for Redis, so that more load costs less.`,
  audience: `A thousand sockets in one room of the real server process, clients and server on the same cores.`,
  media: `Real pictures in headless Chromium, encoded, sent through the playground's media server and decoded on the same cores. The latency is
read from a clock burned into each picture. After a fault both phones have to draw a picture filmed after it was over.`,
}

const ORDER: readonly PartName[] = ['session', 'size', 'core', 'server', 'stores', 'audience', 'media']

export async function writeBenchmarksPage(file: string, { machine, tables }: Results): Promise<void> {
  const missing = ORDER.filter((name) => !tables[name])
  if (missing.length > 0) throw new Error(`not measured yet: ${missing.join(', ')}`)
  const rows = ORDER.flatMap((name) => tables[name]?.rows ?? [])
  const targets = rows.filter(({ holds }) => holds !== undefined)
  const missed = targets.filter(isMissed)
  const sections = ORDER.map((name) => {
    const table = tables[name]
    return `## ${name}\n\n${INTRODUCTIONS[name]}\n\n${markdownTable(table?.rows ?? [])}`
  })
  const text = `# Benchmarks

One run of \`npm run bench\`, written by \`npm run bench -- --write\`. ${targets.length - missed.length} of ${targets.length} targets held.

Machine: ${machine}. Measured ${tables.session?.at.slice(0, 10)}.

## How to read it

- \`npm run bench -- session server\` runs single parts; all figures go to \`bench-results.json\`.
- "peers" is what people use today, in the same model: Tencent's rtc-room, live-room, webrtc-room and trtc-room for WeChat, their
  public Node RoomService, and the SDKs named. "ratio" is ours divided by theirs: for times, bytes and sizes less is better, for calls a
  CPU-second more.
- Timed figures are medians; the spread of the runs stands in parentheses. What else a machine does shows there first.

${sections.join('\n\n')}
`
  const { format } = await import('prettier')
  writeFileSync(file, await format(text, { parser: 'markdown', printWidth: 130, proseWrap: 'preserve' }))
}
