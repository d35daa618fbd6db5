import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ENTRIES } from '../../../build/entries'

const ROOT = resolve(__dirname, '../../..')
const COPIED = [
  'gulpfile.ts',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'src',
  'components',
  'typings',
  'build',
  'docs',
]
const BUILD_TIMEOUT_MS = 60_000

/** Sound but for its last line, which only real types can tell from the rest. */
const CONSUMER = `
import { RoomError, classify } from 'roomlet'
import type { MediaSignal } from 'roomlet'
import { login, logout, getRoomList } from 'roomlet/rtcroom'
import { direct } from 'roomlet/direct'
import { createPlayer, createPublisher } from 'roomlet/media'
import * as liveroom from 'roomlet/liveroom'
import { trtc } from 'roomlet/trtc'
import VhallPublisher from 'roomlet/vhall'
import { registerProvider, zego, type ZegoConfig } from 'roomlet/zego'

export const signal: MediaSignal = classify('player', 2004).signal
export const error = new RoomError('KICKED')
export const calls = [login, logout, getRoomList, liveroom.login, createPlayer, createPublisher]
export const names: string[] = [direct.name, trtc.name]
export const publisher: typeof VhallPublisher = VhallPublisher
registerProvider(zego, (): ZegoConfig | null => null)
classify('microphone', 2004)
`

/** The components' own types are those of a mini program, which has the platform's typings. */
const PAGE = `
import type { RtcRoom } from 'roomlet/components/rtc-room/rtc-room'

export const leave = (room: RtcRoom): Promise<void> => room.stop()
export const never = (room: RtcRoom): Promise<void> => room.fly()
`

const RESOLUTIONS: Readonly<Record<string, object>> = {
  bundler: { module: 'ESNext', moduleResolution: 'bundler' },
  node16: { module: 'node16', moduleResolution: 'node16' },
  node10: { module: 'CommonJS', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
}

interface Built {
  readonly status: number | null
  readonly output: string
}

describe('npm run build', () => {
  let copy: string

  const build = (): Built => {
    const gulp = join(ROOT, 'node_modules/gulp/bin/gulp.js')
    const result = spawnSync(process.execPath, ['--import', 'tsx', gulp, 'build'], { cwd: copy, encoding: 'utf8' })
    return { status: result.status, output: result.stdout + result.stderr }
  }
  const write = (path: string, text: string): void => writeFileSync(join(copy, path), text)
  const buildWith = (path: string, text: string): Built => {
    write(path, text)
    try {
      return build()
    } finally {
      rmSync(join(copy, path))
    }
  }

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'roomlet-build-'))
    for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  test.each([
    [
      'an expression that WXML does not know',
      'wxml',
      '<view>\n  <view wx:if="{{ a?.b }}"/>\n</view>\n',
      /bad\.wxml:2:\d+/,
    ],
    ['an unclosed tag', 'wxml', '<view>\n</view>\n<text>\n', /bad\.wxml:3:\d+/],
    [
      'an import of a missing template',
      'wxml',
      '<view/>\n<import src="./none.wxml"/>\n',
      /bad\.wxml:2: \.\/none\.wxml not found/,
    ],
    ['a WXSS block that never ends', 'wxss', '.a {\n  color: red;\n', /bad\.wxss:3:1/],
    ['an import of missing WXSS', 'wxss', '.a {}\n@import "./none.wxss";\n', /bad\.wxss:2: \.\/none\.wxss not found/],
    [
      'a selector that components drop',
      'wxss',
      '.a {\n  color: red;\n}\nview {\n  color: red;\n}\n',
      /bad\.wxss:\d+:\d+: tag, ID/,
    ],
    ['JSON with a trailing comma', 'json', '{\n  "component": true,\n}\n', /bad\.json:3: /],
    [
      'a component that is not there',
      'json',
      '{\n  "usingComponents": { "a": "./none" }\n}\n',
      /bad\.json:2: \.\/none not found/,
    ],
    ['ES6 in a WXS module', 'wxs', 'var a = 1\nmodule.exports = { f: (x) => x }\n', /bad\.wxs:2:\d+/],
    ['a type error', 'ts', "export const one = 1\nexport const two: number = 'two'\n", /bad\.ts:2:\d+: error TS2322/],
  ])(
    '%s stops it, naming file and line',
    (_what, extension, text, message) => {
      const { status, output } = buildWith(`components/shared/bad.${extension}`, text)
      expect(output).toMatch(message)
      expect(status).toBe(1)
    },
    BUILD_TIMEOUT_MS,
  )

  describe('of sound sources', () => {
    const PICTURE = 'components/shared/picture.png'
    let built: Built

    beforeAll(() => {
      // Bytes that are no UTF-8: a copy that reads text would change them.
      writeFileSync(join(copy, PICTURE), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00]))
      built = build()
      rmSync(join(copy, PICTURE))
    }, BUILD_TIMEOUT_MS)

    const dist = (path: string): string => join(copy, 'miniprogram_dist', path)

    test('ends well', () => {
      expect(built.status === 0 ? 'built' : built.output).toBe('built')
    })

    test.each([
      'components/rtc-room/rtc-room.js',
      'components/rtc-room/rtc-room.d.ts',
      'components/rtc-room/rtc-room.json',
      'components/rtc-room/rtc-room.wxml',
      'components/rtc-room/rtc-room.wxss',
      'components/shared/media.wxml',
      'components/shared/stage.wxml',
      'src/view/select-room-view.d.ts',
    ])('emits %s', (path) => {
      expect(existsSync(dist(path))).toBe(true)
    })

    test('copies pictures byte by byte', () => {
      expect([...readFileSync(dist('components/shared/picture.png'))]).toEqual([
        0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00,
      ])
    })

    test('makes a package whose index a plain require can load, with its types', () => {
      const script =
        "const { RoomError } = require('./miniprogram_dist'); process.stdout.write(new RoomError('KICKED').code)"
      const result = spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' })
      expect(result).toMatchObject({ stdout: 'KICKED', stderr: '', status: 0 })
      expect(readFileSync(dist('index.d.ts'), 'utf8')).toContain('./src/index')
    })

    test.each([
      ['rtc-room', 'rtcroom'],
      ['live-room', 'liveroom'],
    ])('emits the module of %s as %s', (component, entry) => {
      const script = `console.log(Object.keys(require('./miniprogram_dist/${entry}')).sort().join())`
      const result = spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' })
      expect(result).toMatchObject({ stdout: expect.stringContaining('login,logout'), stderr: '', status: 0 })
      expect(readFileSync(dist(`${entry}.d.ts`), 'utf8')).toContain(`./components/${component}/module`)
    })

    test('two entries share one copy of what both use', () => {
      const script =
        "console.log(require('./miniprogram_dist/rtcroom') !== require('./miniprogram_dist/liveroom'), " +
        "Object.keys(require.cache).map((path) => require('node:fs').readFileSync(path, 'utf8')).join('').match(/RoomError = class/g).length)"
      const result = spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' })
      expect(result).toMatchObject({ stdout: 'true 1\n', stderr: '', status: 0 })
    })

    test.each([
      ['rtc-room', 8],
      ['live-room', 9],
      ['webrtc-room', 11],
    ])('%s loads at most %i scripts', (name, most) => {
      const script =
        'Object.assign(global, { Component() {}, Behavior() {}, wx: { getDeviceInfo: () => ({}) } });' +
        'const before = Object.keys(require.cache).length;' +
        `require('./miniprogram_dist/components/${name}/${name}');` +
        'console.log(Object.keys(require.cache).length - before)'
      const result = spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' })
      expect(result).toMatchObject({ stderr: '', status: 0 })
      expect(Number(result.stdout)).toBeLessThanOrEqual(most)
    })

    test.each(['direct', 'trtc', 'zego'])('emits the vendor %s by its name, with what registers it', (name) => {
      const script = `const vendor = require('./miniprogram_dist/${name}'); vendor.registerProvider(vendor.${name})`
      expect(spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' }).stderr).toBe('')
    })

    test('every file that package.json promises exists', () => {
      const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
        main: string
        types: string
        exports: Record<string, string | { types: string; default: string }>
      }
      const promised = Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : [target.types, target.default],
      )
      const missing = [manifest.main, manifest.types, ...promised].filter(
        (path) => !path.includes('*') && !existsSync(join(copy, path)),
      )
      expect(missing).toEqual([])
    })

    describe('installed', () => {
      let consumer: string

      beforeAll(() => {
        consumer = join(copy, 'consumer')
        const installed = join(consumer, 'node_modules/roomlet')
        mkdirSync(installed, { recursive: true })
        cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'))
        cpSync(join(copy, 'miniprogram_dist'), join(installed, 'miniprogram_dist'), { recursive: true })
        const typings = 'node_modules/miniprogram-api-typings'
        symlinkSync(join(ROOT, typings), join(consumer, typings))
        writeFileSync(join(consumer, 'index.ts'), CONSUMER)
        writeFileSync(join(consumer, 'page.ts'), PAGE)
      })

      const typeErrors = (resolution: string, file: string, types: readonly string[]): string => {
        // a mini program has no DOM, and its typings do not go together with one
        const lib = ['ES2018']
        const compilerOptions = { noEmit: true, strict: true, target: 'ES2018', lib, types, ...RESOLUTIONS[resolution] }
        writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
        const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
        return spawnSync(process.execPath, [tsc, '--pretty', 'false'], { cwd: consumer, encoding: 'utf8' }).stdout
      }

      test.each(Object.keys(RESOLUTIONS))(
        'gives a strict consumer types under %s that hold without any other package',
        (resolution) => {
          expect(typeErrors(resolution, 'index.ts', [])).toMatch(/^index\.ts\(\d+,\d+\): error TS2345[^\n]*\n$/)
        },
        BUILD_TIMEOUT_MS,
      )

      test.each(Object.keys(RESOLUTIONS))(
        'gives a page types of its component under %s',
        (resolution) => {
          const errors = typeErrors(resolution, 'page.ts', ['miniprogram-api-typings'])
          expect(errors).toMatch(/^page\.ts\(\d+,\d+\): error TS2339[^\n]*'fly'[^\n]*\n$/)
        },
        BUILD_TIMEOUT_MS,
      )

      test('an ES module of Node can import by name what is exported', () => {
        const script =
          "import { RoomError } from 'roomlet'; import { zego } from 'roomlet/zego'; console.log(new RoomError('KICKED').code, zego.name)"
        const args = ['--input-type=module', '-e', script]
        const result = spawnSync(process.execPath, args, { cwd: consumer, encoding: 'utf8' })
        expect(result).toMatchObject({ stdout: 'KICKED zego\n', stderr: '', status: 0 })
      })
    })

    test('package.json names every entry, for each way to resolve it', () => {
      const { exports, typesVersions } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
        exports: Record<string, unknown>
        typesVersions: { '*': Record<string, readonly string[]> }
      }
      const subpaths = Object.keys(ENTRIES).filter((name) => name !== 'index')
      expect(Object.keys(exports)).toEqual([
        '.',
        ...subpaths.map((name) => `./${name}`),
        './components/*',
        './package.json',
      ])
      expect(typesVersions['*']).toEqual({
        ...Object.fromEntries(subpaths.map((name) => [name, [`miniprogram_dist/${name}.d.ts`]])),
        'components/*': ['miniprogram_dist/components/*'],
      })
    })

    test("fills the example's miniprogram_npm with the same package", () => {
      const packed = join(copy, 'examples/miniprogram/miniprogram_npm/roomlet')
      for (const path of ['index.js', 'rtcroom.js', 'components/rtc-room/rtc-room.wxml']) {
        expect(readFileSync(join(packed, path))).toEqual(readFileSync(dist(path)))
      }
    })

    test('emits nothing that pulls in a package: the library has no runtime dependencies', () => {
      const script = `
        const { readdirSync, readFileSync } = require('node:fs')
        for (const path of readdirSync('miniprogram_dist', { recursive: true })) {
          if (!path.endsWith('.js')) continue
          for (const [, id] of readFileSync('miniprogram_dist/' + path, 'utf8').matchAll(/require\\(['"]([^.'"][^'"]*)['"]\\)/g)) console.log(path, id)
        }`
      const result = spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' })
      expect(result).toMatchObject({ stdout: '', status: 0 })
    })
  })
})
