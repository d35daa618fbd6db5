import { BUDGETS } from './budget'
import { bundle } from './bundle'
import { closureOf, sizeOf } from './closure'

/** `npm run size`: what components weigh, against their budgets; `npm run size -- rtc-room` lists the sources of one by weight. */
async function main([wanted]: readonly string[]): Promise<void> {
  const scripts = await bundle(process.cwd())
  for (const { name, entries, maxGzip } of BUDGETS) {
    const { raw, minified, gzip } = await sizeOf(closureOf(scripts, entries))
    const verdict = gzip > maxGzip ? ', TOO MUCH' : ''
    console.log(`${name.padEnd(20)}${raw} raw, ${minified} minified, ${gzip} gzip of ${maxGzip}${verdict}`)
    if (gzip > maxGzip) process.exitCode = 1
  }
  if (wanted === undefined) return
  const entries = BUDGETS.find(({ name }) => name === wanted)?.entries ?? [wanted]
  const weights = closureOf(scripts, entries).flatMap(({ sources }) => Object.entries(sources))
  for (const [source, bytes] of weights.sort(([, one], [, other]) => other - one)) {
    console.log(String(bytes).padStart(7), source)
  }
}

void main(process.argv.slice(2))
