import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { ENTRIES } from '../../../build/entries'
import { LINK_ERRORS } from '../../../src/link-errors'
import { SERVICE_ERRORS } from '../../../src/service-errors'
import { VENDOR_ERRORS } from '../../../src/vendor-errors'

const ROOT = resolve(__dirname, '../../..')

/** Files whose code a page ships when it uses this one: what is imported as a type alone is not among them. */
function shippedWith(entry: string): string[] {
  const seen = new Set<string>()
  const waiting = [join(ROOT, entry)]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    waiting.push(...importsOf(file))
  }
  return [...seen].map((file) => relative(ROOT, file)).sort()
}

const known = new Map<string, readonly string[]>()

/** As they are in the compiled file, which is what a mini program loads. */
function importsOf(file: string): readonly string[] {
  const before = known.get(file)
  if (before) return before
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2018 },
  })
  const imports = [...outputText.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, path = '']) => {
    const found = join(dirname(file), `${path}.ts`)
    if (!existsSync(found)) throw new Error(`${relative(ROOT, file)} imports ${path}, which is not there`)
    return found
  })
  known.set(file, imports)
  return imports
}

const OTHER_VENDORS = /^src\/provider\/(?!roomservice\/|[^/]+$)/
const ROOM_SERVICE = /^src\/(?:signaling\/|provider\/roomservice\/(?!known\.ts))/

describe('a page ships only the vendors it uses', () => {
  test.each(['components/rtc-room/rtc-room.ts', 'components/live-room/live-room.ts'])('%s brings none', (entry) => {
    const files = shippedWith(entry)
    expect(files.filter((file) => OTHER_VENDORS.test(file) || ROOM_SERVICE.test(file))).toEqual([])
  })

  test.each(['components/rtc-room/module.ts', 'components/live-room/module.ts'])('%s brings RoomService', (entry) => {
    const files = shippedWith(entry)
    expect(files).toContain('src/provider/roomservice/roomservice.ts')
    expect(files.filter((file) => OTHER_VENDORS.test(file))).toEqual([])
  })

  test('webrtc-room brings TRTC, and no package of its messages', () => {
    const files = shippedWith('components/webrtc-room/webrtc-room.ts')
    expect(files).toContain('src/provider/trtc/trtc-rooms.ts')
    // rooms of the first generation are not to be had by its properties
    expect(files).not.toContain('src/provider/trtc/legacy-session.ts')
    const foreign = files.filter((file) => OTHER_VENDORS.test(file) && !file.startsWith('src/provider/trtc/'))
    expect([...foreign, ...files.filter((file) => ROOM_SERVICE.test(file))]).toEqual([])
  })

  test.each(['zego/zego.ts', 'vhall/vhall-publisher.ts', 'direct/direct.ts'])('%s brings no other vendor', (entry) => {
    const folder = `src/provider/${dirname(entry)}/`
    const files = shippedWith(`src/provider/${entry}`)
    expect(files).toContain(`src/provider/${entry}`)
    const foreign = (file: string): boolean => /^src\/provider\/[^/]+\//.test(file) && !file.startsWith(folder)
    expect(files.filter(foreign)).toEqual([])
  })

  test('the core’s index brings none but what it names', () => {
    expect(shippedWith('src/index.ts').filter((file) => OTHER_VENDORS.test(file))).toEqual([])
  })
})

describe('whoever raises an error of a service brings its texts', () => {
  const CATALOGUES = {
    'src/link-errors.ts': LINK_ERRORS,
    'src/vendor-errors.ts': VENDOR_ERRORS,
    'src/service-errors.ts': SERVICE_ERRORS,
  }
  const codes = Object.keys(SERVICE_ERRORS)
  const components = ['rtc-room', 'live-room', 'webrtc-room'].map((name) => `components/${name}/${name}`)

  test.each([...Object.values(ENTRIES), ...components])('%s', (entry) => {
    const files = shippedWith(`${entry}.ts`)
    const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8'))
    const raised = codes.filter((code) => texts.some((text) => text.includes(`'${code}'`)))
    const brought = Object.entries(CATALOGUES).flatMap(([file, errors]) =>
      files.includes(file) ? Object.keys(errors) : [],
    )
    expect(raised.filter((code) => !brought.includes(code))).toEqual([])
  })
})
