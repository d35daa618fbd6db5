import { createHash, createHmac } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { equalSecrets } from '../keys'
import { checkInput, Field } from './ticket-input'
import { proven, refused, type TicketResult } from './ticket-result'

/** A key, and the unix seconds until which what is signed holds. */
export interface TimedSignRequest {
  readonly key: string
  readonly t: number | string
}

export const TimedSignInput = Type.Object({
  key: Field.text,
  t: Type.Union([Field.seconds, Type.String({ pattern: '^\\d{1,10}$' })], {
    description: 'unix time in whole seconds',
  }),
})
const requestCheck = TypeCompiler.Compile(TimedSignInput)
const momentCheck = TypeCompiler.Compile(Type.Object({ now: Field.milliseconds }))

/** `sign` of what Tencent's live service reports to a callback URL: md5(key + t). */
export function makeLiveCallbackSign(request: TimedSignRequest): string {
  checkInput(requestCheck, request)
  return md5Hex(`${request.key}${request.t}`)
}

/** `sign` of a call of Tencent's Mix API: md5(API key + t). Let `t` be a minute from now. For servers, as every key is. */
export function makeMixStreamApiSign(request: TimedSignRequest): string {
  checkInput(requestCheck, request)
  return md5Hex(`${request.key}${request.t}`)
}

export interface TimedSignClaim extends TimedSignRequest {
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Whether a live callback comes from whoever has the key and is not an old one again; answer it with `{"code":0}`. */
export function verifyLiveCallbackSign(sign: string, claim: TimedSignClaim): TicketResult<{ readonly t: number }> {
  return verifyTimed(sign, makeLiveCallbackSign(claim), claim)
}

/** Whether a call of the Mix API is signed with the key and still holds. */
export function verifyMixStreamApiSign(sign: string, claim: TimedSignClaim): TicketResult<{ readonly t: number }> {
  return verifyTimed(sign, makeMixStreamApiSign(claim), claim)
}

function verifyTimed(sign: string, expected: string, claim: TimedSignClaim): TicketResult<{ readonly t: number }> {
  checkInput(momentCheck, claim)
  if (!/^[0-9a-f]{32}$/.test(sign)) return refused('format')
  if (!equalSecrets(sign, expected)) return refused('signature')
  const t = Number(claim.t)
  return t * 1000 <= claim.now ? refused('expired') : proven({ t })
}

export interface TrtcCallbackRequest {
  readonly key: string
  /** The body as it came, byte by byte: parsing it and writing it again changes what is signed. */
  readonly body: string | Uint8Array
}

export const TrtcCallbackInput = Type.Object({
  key: Field.text,
  body: Type.Union([Type.String(), Type.Uint8Array()], { description: 'the raw body, a string' }),
})
const callbackCheck = TypeCompiler.Compile(TrtcCallbackInput)

/** Header `Sign` of TRTC's callbacks: base64 of HMAC-SHA256 over the raw body. */
export function makeTrtcCallbackSign(request: TrtcCallbackRequest): string {
  checkInput(callbackCheck, request)
  return createHmac('sha256', request.key).update(request.body).digest('base64')
}

/** Whether a TRTC callback comes from whoever has the key. The sign has no time of its own: the body says when. */
export function verifyTrtcCallbackSign(
  sign: string,
  request: TrtcCallbackRequest,
): TicketResult<{ readonly bytes: number }> {
  const expected = makeTrtcCallbackSign(request)
  if (!/^[A-Za-z0-9+/]{43}=$/.test(sign)) return refused('format')
  return equalSecrets(sign, expected) ? proven({ bytes: Buffer.byteLength(request.body) }) : refused('signature')
}

export function md5Hex(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
