import { resolve } from 'node:path'
import { bundle, type Script } from '../../../build/bundle'
import { closureOf, sizeOf } from '../../../build/closure'

const ROOT = resolve(__dirname, '../../..')
/** What the example app's pages of RoomService require. */
const PAGES = ['components/rtc-room/rtc-room', 'components/live-room/live-room', 'rtcroom', 'liveroom']

let scripts: readonly Script[]
beforeAll(async () => {
  scripts = await bundle(ROOT)
})

function vendorsIn(entries: readonly string[]): string[] {
  const sources = closureOf(scripts, entries).flatMap((script) => Object.keys(script.sources))
  const vendors = sources.flatMap((source) => /^src\/provider\/(\w+)\//.exec(source)?.[1] ?? [])
  return [...new Set(vendors)].sort()
}

const minifiedOf = async (entries: readonly string[]): Promise<number> =>
  (await sizeOf(closureOf(scripts, entries))).minified

test('pages of RoomService upload no vendor’s code', () => {
  expect(vendorsIn(PAGES)).toEqual(['roomservice'])
})

test.each(['zego', 'trtc', 'direct'])('an app that adds %s uploads that vendor more, and no other', async (vendor) => {
  const [without, withVendor] = [await minifiedOf(PAGES), await minifiedOf([...PAGES, vendor])]
  process.stdout.write(`upload, minified: ${without} bytes without ${vendor}, ${withVendor} with it\n`)
  expect(vendorsIn([...PAGES, vendor])).toEqual(['roomservice', vendor].sort())
  expect(withVendor).toBeGreaterThan(without)
})
