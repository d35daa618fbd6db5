import { BUDGETS } from '../../build/budget'
import { bundle } from '../../build/bundle'
import { closureOf, sizeOf } from '../../build/closure'
import { PEER_SIZES } from './peers'
import { ratioText, text, type Part, type Row } from './report'

const kb = (bytes: number): string => text(bytes / 1024)

/** What `npm run size` measures: the scripts that a page with the component downloads. */
export async function sizePart(): Promise<Part> {
  const scripts = await bundle(process.cwd())
  const size: Record<string, { raw: number; minified: number; gzip: number; maxGzip: number }> = {}
  const rows: Row[] = []
  for (const { name, entries, maxGzip } of BUDGETS) {
    const { raw, minified, gzip } = await sizeOf(closureOf(scripts, entries))
    size[name] = { raw, minified, gzip, maxGzip }
    const peer = PEER_SIZES.find(([peerName]) => peerName === name)
    rows.push({
      figure: `${name}: KB raw / minified / gzip`,
      ours: `${kb(raw)} / ${kb(minified)} / ${kb(gzip)}`,
      ...(peer && { peers: peer.slice(1).map(String).join(' / '), ratio: ratioText(gzip / 1024, peer[3]) }),
      target: `gzip ≤ ${kb(maxGzip)}`,
      holds: gzip <= maxGzip,
    })
  }
  const others = PEER_SIZES.filter(([name]) => !(name in size))
  rows.push(
    ...others.map(([name, ...sizes]): Row => ({ figure: `${name}: the same`, ours: '', peers: sizes.join(' / ') })),
  )
  return { rows, results: { size } }
}
