import { RoomError } from '../../errors'
import type { ZegoEngine } from './engine'
import { checkStreamId } from './stream-id'

/** Configuration of the provider `zego`. */
export interface ZegoConfig {
  /** The app's own `new ZegoExpressEngine(appID, server)`; one may serve one room after the other. */
  readonly engine: ZegoEngine
  readonly userID: string
  /** Login token, or token04, made by the app's server. */
  readonly token: string
  /**
   * Asked 30 s before the token ends and before logging in again, and once more when it fails or has not answered after 15 s.
   * Without it the room ends with the token.
   */
  readonly renewToken?: () => Promise<string>
  /** Id of one's own stream, one of its kind in the whole app; `{roomId}_{userID}_main` unless told. */
  readonly streamId?: string
  /** `cdn` is about 2 s behind and cheap, `bgp` is the low-latency server. ZEGO decides unless told. */
  readonly publishSource?: 'cdn' | 'bgp'
  /** `auto` plays from where ZEGO thinks best, `bgp` from the low-latency server. `auto` unless told. */
  readonly playSource?: 'auto' | 'bgp'
}

const CALLS: readonly (keyof ZegoEngine)[] = ['loginRoom', 'startPublishingStream', 'startPlayingStream', 'on', 'off']
const SOURCES = { publishSource: ['cdn', 'bgp'], playSource: ['auto', 'bgp'] } as const

/** @throws RoomError BAD_CONFIG that names the field */
export function readZegoConfig(config: unknown): ZegoConfig {
  const fields = Object(config) as Record<keyof ZegoConfig, unknown>
  const engine = Object(fields.engine) as Record<string, unknown>
  for (const name of CALLS) {
    if (typeof engine[name] !== 'function') throw bad('engine', `is no ZegoExpressEngine: it has no ${name}()`)
  }
  for (const name of ['userID', 'token'] as const) {
    if (typeof fields[name] !== 'string' || fields[name] === '') throw bad(name, 'is not a string, or empty')
  }
  const { renewToken } = fields
  if (renewToken !== undefined && typeof renewToken !== 'function') throw bad('renewToken', 'is not a function')
  for (const name of ['publishSource', 'playSource'] as const) {
    const known: readonly unknown[] = SOURCES[name]
    if (fields[name] !== undefined && !known.includes(fields[name])) throw bad(name, `is none of ${known.join(', ')}`)
  }
  if (fields.streamId !== undefined) checkOwnStreamId(fields.streamId)
  return fields as unknown as ZegoConfig
}

function checkOwnStreamId(streamId: unknown): void {
  if (typeof streamId !== 'string') throw bad('streamId', 'is not a string')
  try {
    checkStreamId(streamId)
  } catch (error) {
    throw bad('streamId', (error as RoomError).message)
  }
}

function bad(field: string, what: string): RoomError {
  return new RoomError('BAD_CONFIG', `zego: ${field} ${what}`)
}
