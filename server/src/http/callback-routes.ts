import type { Static, TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock'
import { LiveCallbackSchema, readLiveCallback } from '../events/live-callback'
import type { StreamOwnerOf } from '../events/stream-owner'
import { take, type ToldEvent } from '../events/told-event'
import { readTrtcCallback, TrtcCallbackSchema, TrtcVodSchema } from '../events/trtc-callback'
import { isTooDeep } from '../limits'
import type { Log } from '../log'
import type { Store } from '../store/store'
import { verifyLiveCallbackSign, verifyTrtcCallbackSign } from '../tickets/vendor-sign'
import { AUTHENTICATION_FAILED, MISSING_PARAMETER } from './http-codes'
import { CodedError } from './http-protocol'

/** A callback of TRTC is tried for a minute; one that was sent longer ago is an old one again. */
const TRTC_MAX_AGE_MS = 10 * 60_000
const BODY_MAX_BYTES = 65_536
/** What both services want to hear. */
const TAKEN = { code: 0 } as const

export interface CallbackOptions {
  /** Key of Tencent live's callbacks, '' = none are taken. */
  readonly liveKey: string
  /** Key of TRTC's callbacks, '' = none are taken. */
  readonly trtcKey: string
  readonly ownerOf: StreamOwnerOf
  readonly sdkAppID: number
  readonly store: Pick<Store, 'report' | 'keepRecord'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

const liveCheck = TypeCompiler.Compile(LiveCallbackSchema)
const trtcCheck = TypeCompiler.Compile(TrtcCallbackSchema)
const vodCheck = TypeCompiler.Compile(TrtcVodSchema)

/** What clouds tell of streams and recordings, at `callbacks/live` and `callbacks/trtc`; whatever is signed wrongly has no effect. */
export function registerCallbacks(app: FastifyInstance, options: CallbackOptions): void {
  const { liveKey, trtcKey, store, log } = options
  type Read = (request: FastifyRequest, options: CallbackOptions) => ToldEvent | null
  const serve = (raw: FastifyInstance, name: string, read: Read): void => {
    raw.post(`/callbacks/${name}`, { bodyLimit: BODY_MAX_BYTES }, async (request) => {
      const told = read(request, options)
      if (told) await take(store, told)
      else log('debug', 'A callback tells nothing of a room', { callback: name })
      return TAKEN
    })
  }
  app.register(async (raw) => {
    // signatures are over the body as it came
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    if (liveKey !== '') serve(raw, 'live', liveCallbackIn)
    if (trtcKey !== '') serve(raw, 'trtc', trtcCallbackIn)
  })
}

function liveCallbackIn(request: FastifyRequest, { liveKey: key, ownerOf, clock }: CallbackOptions): ToldEvent | null {
  const callback = parsed(request, liveCheck)
  const { sign, t } = callback
  const verified = verifyLiveCallbackSign(sign, { key, t, now: clock.now() })
  if (!verified.ok) throw refused(verified.reason)
  return readLiveCallback(callback, ownerOf)
}

function trtcCallbackIn(request: FastifyRequest, options: CallbackOptions): ToldEvent | null {
  const { trtcKey: key, sdkAppID, clock } = options
  const { sign, sdkappid } = request.headers
  const verified = verifyTrtcCallbackSign(typeof sign === 'string' ? sign : '', { key, body: request.body as Buffer })
  if (!verified.ok) throw refused(verified.reason)
  if (sdkappid !== undefined && sdkappid !== String(sdkAppID)) throw refused('mismatch')
  const callback = parsed(request, trtcCheck)
  if (Math.abs(clock.now() - callback.CallbackTs) > TRTC_MAX_AGE_MS) throw refused('expired')
  return readTrtcCallback(callback, (vod) => vodCheck.Check(vod))
}

function refused(reason: string): CodedError {
  return new CodedError(AUTHENTICATION_FAILED, `The sign of the callback is refused: ${reason}`, 401)
}

function parsed<Schema extends TSchema>({ body }: FastifyRequest, check: TypeCheck<Schema>): Static<Schema> {
  let value: unknown
  try {
    value = JSON.parse(String(body))
  } catch {
    throw new CodedError(MISSING_PARAMETER, 'The body is not JSON', 415)
  }
  if (!isTooDeep(value) && check.Check(value)) return value
  throw new CodedError(MISSING_PARAMETER, 'The body is no callback', 400)
}
