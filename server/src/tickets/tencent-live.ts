import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { equalSecrets } from '../keys'
import { checkInput, Field } from './ticket-input'
import { proven, refused, type TicketResult } from './ticket-result'
import { md5Hex } from './vendor-sign'

export interface TxSecretRequest {
  /** Key of the push domain (authentication settings of the live console). */
  readonly key: string
  readonly streamName: string
  /** Unix seconds. */
  readonly expireUnix: number
}

export const TxSecretInput = Type.Object({ key: Field.text, streamName: Field.text, expireUnix: Field.seconds })
const requestCheck = TypeCompiler.Compile(TxSecretInput)
const momentCheck = TypeCompiler.Compile(Type.Object({ now: Field.milliseconds }))

/** Expiry as it stands in URLs: upper-case hex unix seconds. */
export function txTimeOf(expireUnix: number): string {
  return expireUnix.toString(16).toUpperCase()
}

/**
 * `txSecret` of Tencent's live URLs: md5(key + stream + txTime). For servers: whoever has the key may publish any stream,
 * so it never ships in a mini program.
 */
export function makeTxSecret(request: TxSecretRequest): string {
  checkInput(requestCheck, request)
  return md5Hex(`${request.key}${request.streamName}${txTimeOf(request.expireUnix)}`)
}

/** Whether a txSecret lets one publish the stream now. @param claim `now` in milliseconds since 1970 */
export function verifyTxSecret(
  txSecret: string,
  claim: TxSecretRequest & { readonly now: number },
): TicketResult<Pick<TxSecretRequest, 'streamName' | 'expireUnix'>> {
  const expected = makeTxSecret(claim)
  checkInput(momentCheck, claim)
  if (!/^[0-9a-f]{32}$/.test(txSecret)) return refused('format')
  if (!equalSecrets(txSecret, expected)) return refused('signature')
  const { streamName, expireUnix } = claim
  return expireUnix * 1000 <= claim.now ? refused('expired') : proven({ streamName, expireUnix })
}

export interface TencentLiveUrlRequest extends TxSecretRequest {
  /** Number of the live account; first part of its domains. */
  readonly bizid: string | number
  /** `{bizid}.livepush.myqcloud.com` unless given. */
  readonly pushDomain?: string
  /** `{bizid}.liveplay.myqcloud.com` unless given. */
  readonly playDomain?: string
  /** `live` unless given. */
  readonly appName?: string
}

const urlCheck = TypeCompiler.Compile(
  Type.Object({
    key: Field.text,
    streamName: Field.urlName,
    expireUnix: Field.seconds,
    bizid: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^\\d+$' })], {
      description: 'the number of the live account',
    }),
    pushDomain: Type.Optional(Field.host),
    playDomain: Type.Optional(Field.host),
    appName: Type.Optional(Field.urlName),
  }),
)

/**
 * URL to publish a stream to Tencent's live service. Make it on a server, when a member asks: the key never ships in a
 * mini program.
 */
export function tencentPushUrl(request: TencentLiveUrlRequest): string {
  checkInput(urlCheck, request)
  const { bizid, pushDomain = `${bizid}.livepush.myqcloud.com`, appName = 'live', streamName } = request
  return `rtmp://${pushDomain}/${appName}/${streamName}?${signedQuery(request)}`
}

/**
 * URL to play a stream with less than half a second of delay (`mode="RTC"` of a live-player): the RTMP play URL with the
 * query of the push URL. Made on a server, with the same key.
 */
export function tencentLowLatencyUrl(request: TencentLiveUrlRequest): string {
  checkInput(urlCheck, request)
  const { bizid, playDomain = `${bizid}.liveplay.myqcloud.com`, appName = 'live', streamName } = request
  return `rtmp://${playDomain}/${appName}/${streamName}?${signedQuery(request)}`
}

function signedQuery(request: TencentLiveUrlRequest): string {
  return `bizid=${request.bizid}&txSecret=${makeTxSecret(request)}&txTime=${txTimeOf(request.expireUnix)}`
}
