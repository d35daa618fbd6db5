import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import type { ZegoExpressEngine } from 'zego-express-engine-miniprogram'
import type { ZegoRoomStateChangedReason } from 'zego-express-engine-miniprogram/sdk/code/zh/ZegoExpressEntity.rtm'
import type { ZegoEvent } from 'zego-express-engine-miniprogram/sdk/code/zh/ZegoExpressEntity.wechat'
import type {
  ZegoCalls,
  ZegoEngine,
  ZegoEvents,
  ZegoMixInput,
  ZegoMixLook,
  ZegoPlayOption,
  ZegoPublishOption,
  ZegoRoomConfig,
  ZegoRoomReason,
} from '../../../src/provider/zego/engine'

const TYPECHECK_TIMEOUT_MS = 60_000

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Fits<A, B> = [A] extends [B] ? true : false

/** What we hand in is what the package takes, as many of it, and what it gives is what we read. */
type CallFits<K extends keyof ZegoCalls> = [
  Fits<Parameters<ZegoCalls[K]>, Parameters<ZegoExpressEngine[K]>>,
  Equal<Parameters<ZegoCalls[K]>['length'], Parameters<ZegoExpressEngine[K]>['length']>,
  Fits<ReturnType<ZegoExpressEngine[K]>, ReturnType<ZegoCalls[K]>>,
]
type EventFits<K extends keyof ZegoEvents> = [
  Fits<Parameters<ZegoEvent[K]>, Parameters<ZegoEvents[K]>>,
  Equal<Parameters<ZegoEvent[K]>['length'], Parameters<ZegoEvents[K]>['length']>,
]

const SAME_CALL = [true, true, true] as const
const SAME_EVENT = [true, true] as const

// `npm run typecheck` fails at the line of what has drifted
const calls: { [K in keyof ZegoCalls]: Readonly<CallFits<K>> } = {
  loginRoom: SAME_CALL,
  logoutRoom: SAME_CALL,
  renewToken: SAME_CALL,
  startPublishingStream: SAME_CALL,
  stopPublishingStream: SAME_CALL,
  startPlayingStream: SAME_CALL,
  stopPlayingStream: SAME_CALL,
  getNextUrl: SAME_CALL,
  updatePlayerState: SAME_CALL,
  updatePlayerNetStatus: SAME_CALL,
  setStreamExtraInfo: SAME_CALL,
  sendBroadcastMessage: SAME_CALL,
  sendCustomCommand: SAME_CALL,
  startMixerTask: SAME_CALL,
  stopMixerTask: SAME_CALL,
  setMixerTaskConfig: SAME_CALL,
}
const events: { [K in keyof ZegoEvents]: Readonly<EventFits<K>> } = {
  roomStateUpdate: SAME_EVENT,
  roomStateChanged: SAME_EVENT,
  roomUserUpdate: SAME_EVENT,
  roomOnlineUserCountUpdate: SAME_EVENT,
  roomStreamUpdate: SAME_EVENT,
  streamExtraInfoUpdate: SAME_EVENT,
  publishQualityUpdate: SAME_EVENT,
  playQualityUpdate: SAME_EVENT,
  tokenWillExpire: SAME_EVENT,
  IMRecvBroadcastMessage: SAME_EVENT,
  IMRecvBarrageMessage: SAME_EVENT,
  IMRecvCustomCommand: SAME_EVENT,
}
const reasons: Equal<`${ZegoRoomStateChangedReason}`, ZegoRoomReason> = true

/** Optional fields fit any object: their names have to be the package's. */
type Argument<K extends keyof ZegoCalls, N extends number> = NonNullable<Parameters<ZegoExpressEngine[K]>[N]>
type SameNames<Ours, Theirs> = [Exclude<keyof Ours, keyof Theirs>] extends [never] ? true : false
const names: [
  SameNames<ZegoRoomConfig, Argument<'loginRoom', 3>>,
  SameNames<ZegoPublishOption, Argument<'startPublishingStream', 1>>,
  SameNames<ZegoPlayOption, Argument<'startPlayingStream', 1>>,
  SameNames<ZegoMixInput, Argument<'startMixerTask', 0>['inputList'][number]>,
  SameNames<ZegoMixLook, Argument<'setMixerTaskConfig', 0>>,
] = [true, true, true, true, true]

/** An app hands its engine in as it is. */
const asOurs = (engine: ZegoExpressEngine): ZegoEngine => engine

describe('the class of the package', () => {
  let engine: ZegoExpressEngine
  let quiet: jest.SpyInstance[]

  beforeAll(() => {
    // it looks for a browser while it loads, and reports about itself on the console
    const wx = new Proxy({}, { get: (_target, name) => (name === 'getSystemInfoSync' ? () => ({}) : () => ({})) })
    Object.assign(globalThis, { window: globalThis, navigator: { userAgent: '' }, wx })
    quiet = (['debug', 'log', 'info', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockReturnValue(),
    )
    jest.useFakeTimers()
    const { ZegoExpressEngine: Real } = jest.requireActual<{ ZegoExpressEngine: typeof ZegoExpressEngine }>(
      'zego-express-engine-miniprogram',
    )
    engine = new Real(1, 'wss://zego.test/ws')
  })
  afterAll(() => {
    jest.useRealTimers()
    for (const spy of quiet) spy.mockRestore()
    for (const name of ['window', 'navigator', 'wx']) Reflect.deleteProperty(globalThis, name)
  })

  test.each(Object.keys(calls) as (keyof ZegoCalls)[])('can %s', (name) => {
    expect(typeof asOurs(engine)[name]).toBe('function')
  })

  test.each(Object.keys(events) as (keyof ZegoEvents)[])('tells %s to whoever listens', (name) => {
    const listener = (): void => undefined
    expect(asOurs(engine).on(name, listener)).toBe(true)
    expect(asOurs(engine).off(name, listener)).toBe(true)
    expect(engine.on('no such event' as keyof ZegoEvent, listener)).toBe(false)
  })

  test('gives reasons of which the provider knows every one, and takes options by our names', () => {
    expect([reasons, ...names]).not.toContain(false)
  })
})

describe('the type check', () => {
  const SLICE = resolve(__dirname, '../../../src/provider/zego/engine.ts')
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node', 'jest'],
  }
  const host = ts.createCompilerHost(options)
  const parsed = new Map<string, ts.SourceFile | undefined>()
  let before: ts.Program | undefined

  /** What tsc says of this file when the slice is another. */
  function complaints(slice: string): number {
    const getSourceFile: ts.CompilerHost['getSourceFile'] = (path, ...rest) => {
      if (resolve(path) === SLICE) return ts.createSourceFile(path, slice, ts.ScriptTarget.ES2022)
      if (!parsed.has(path)) parsed.set(path, host.getSourceFile(path, ...rest))
      return parsed.get(path)
    }
    before = ts.createProgram([__filename], options, { ...host, getSourceFile }, before)
    return before.getSemanticDiagnostics(before.getSourceFile(__filename)).length
  }

  test(
    'fails when the slice drifts from the package',
    () => {
      const slice = readFileSync(SLICE, 'utf8')
      expect(complaints(slice)).toBe(0)
      const drifts = [
        ['sendTime: number', 'sendTime: string'],
        ['getNextUrl(streamID: string)', 'getNextUrl(streamID: number)'],
        ['renewToken(token: string, roomID?: string)', 'renewToken(token: string)'],
        ["  | 'KICKOUT'\n", ''],
        ['userUpdate?: boolean', 'userUpdates?: boolean'],
      ] as const
      const unnoticed = drifts.filter(([from, to]) => complaints(slice.replace(from, to)) === 0)
      expect(unnoticed).toEqual([])
    },
    TYPECHECK_TIMEOUT_MS,
  )
})
