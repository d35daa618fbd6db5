import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

interface Sample {
  readonly name: string
  readonly filePath: string
  readonly text: string
  readonly reported: readonly string[]
}

const PATHS = ['import-x/no-restricted-paths']
const GLOBALS = ['no-restricted-globals']
const PROPERTIES = ['no-restricted-properties']
const SYNTAX = ['no-restricted-syntax']

const imports = (filePath: string, from: string, reported: readonly string[]): Sample => ({
  name: `${filePath} importing ${from}`,
  filePath,
  text: `import '${from}'\n`,
  reported,
})

const says = (filePath: string, text: string, reported: readonly string[]): Sample => ({
  name: `${text} in ${filePath}`,
  filePath,
  text: `${text}\n`,
  reported,
})

const SAMPLES: readonly Sample[] = [
  imports('src/model.ts', './codes/classify', PATHS),
  imports('src/codes/classify.ts', '../media/raw-event', PATHS),
  imports('src/media/raw-event.ts', '../provider/provider', PATHS),
  imports('src/signaling/protocol.ts', '../room/room-state', PATHS),
  imports('src/room/room-state.ts', '../view/room-view', PATHS),
  imports('src/view/room-view.ts', '../../components/rtc-room/rtc-room', PATHS),
  imports('src/view/room-view.ts', '../../server/src/clock', PATHS),
  imports('components/rtc-room/rtc-room.ts', '../../src/index', PATHS),
  imports('server/src/clock.ts', '../../src/view/room-view', PATHS),
  imports('src/view/room-view.ts', '../room/room-state', []),
  imports('src/provider/provider.ts', '../signaling/protocol', []),
  imports('components/rtc-room/rtc-room.ts', '../../src/view/room-view', []),
  imports('server/src/clock.ts', '../../src/signaling/protocol', []),
  {
    ...imports('src/codes/classify.ts', '../media/raw-event', PATHS),
    name: 'a forbidden import of a type only',
    text: "import type { RawMediaEvent } from '../media/raw-event'\nexport type Alias = RawMediaEvent\n",
  },

  says('src/room/room-state.ts', 'export const at = Date.now()', PROPERTIES),
  says('src/room/room-state.ts', 'export const at = new Date()', SYNTAX),
  says('src/room/room-state.ts', 'export const chance = Math.random()', PROPERTIES),
  says('src/room/room-state.ts', 'setTimeout(() => undefined, 1)', GLOBALS),
  says('src/room/room-state.ts', 'setInterval(() => undefined, 1)', GLOBALS),
  says('src/room/room-state.ts', 'globalThis.setTimeout(() => undefined, 1)', PROPERTIES),
  says('src/platform/platform.ts', 'export const at = Date.now()', []),

  says('src/room/room-state.ts', 'export const env = wx.env', GLOBALS),
  says('server/src/clock.ts', 'export const env = wx.env', GLOBALS),
  says('components/rtc-room/rtc-room.ts', 'export const env = wx.env', []),

  says('components/rtc-room/rtc-room.ts', 'this.setData({})', SYNTAX),
  says('src/room/room-state.ts', "this['setData']({})", SYNTAX),
  says('components/shared/room-behavior.ts', 'this.setData({})', []),

  says('src/room/room-state.ts', "console.info('')", ['no-console']),
  says('src/room/room-state.ts', 'Promise.resolve()', ['@typescript-eslint/no-floating-promises']),
]

describe('eslint.config.mjs', () => {
  let reported: string[][]

  beforeAll(() => {
    const output = execFileSync(process.execPath, ['test/support/lint-texts.mjs'], {
      cwd: resolve(__dirname, '../../..'),
      input: JSON.stringify(SAMPLES),
      encoding: 'utf8',
    })
    reported = JSON.parse(output) as string[][]
  }, 60_000)

  test.each(SAMPLES.map((sample, index) => ({ ...sample, index })))(
    '$name → $reported',
    ({ index, reported: expected }) => {
      expect(reported[index]).toEqual(expected)
    },
  )
})
