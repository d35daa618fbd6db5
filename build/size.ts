import { bundle } from './bundle'
import { closureOf, sizeOf } from './closure'

const component = (name: string): string => `components/${name}/${name}`
const ALL = ['rtc-room', 'live-room', 'webrtc-room']
const CLOSURES: Record<string, readonly string[]> = {
  ...Object.fromEntries(ALL.map((name) => [name, [component(name)]])),
  'all three': ALL.map(component),
  'rtc-room + rtcroom': [component('rtc-room'), 'rtcroom'],
  'live-room + liveroom': [component('live-room'), 'liveroom'],
  'webrtc-room + rtcroom': [component('webrtc-room'), 'rtcroom'],
  'all three + both': [...ALL.map(component), 'rtcroom', 'liveroom'],
  index: ['index'],
}

/** `npm run size`: what components weigh; `npm run size -- rtc-room` lists the sources of one by what they weigh. */
async function main([wanted]: readonly string[]): Promise<void> {
  const scripts = await bundle(process.cwd())
  for (const [name, entries] of Object.entries(CLOSURES)) {
    const { files, raw, minified, gzip } = await sizeOf(closureOf(scripts, entries))
    console.log(`${name.padEnd(24)}${files} files, ${raw} raw, ${minified} minified, ${gzip} gzip`)
  }
  if (wanted === undefined) return
  const weights = closureOf(scripts, CLOSURES[wanted] ?? [wanted]).flatMap(({ sources }) => Object.entries(sources))
  for (const [source, bytes] of weights.sort(([, one], [, other]) => other - one))
    console.log(String(bytes).padStart(7), source)
}

void main(process.argv.slice(2))
