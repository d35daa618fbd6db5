import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { equalSecrets, hmac } from '../keys'
import { checkInput, Field } from './ticket-input'
import { proven, refused, type TicketResult } from './ticket-result'

export interface StreamTokenRequest {
  readonly key: string
  readonly action: 'publish' | 'play'
  readonly appName: string
  readonly streamName: string
  /** Unix seconds. */
  readonly expireUnix: number
}

const requestCheck = TypeCompiler.Compile(
  Type.Object({
    key: Field.text,
    action: Type.Union([Type.Literal('publish'), Type.Literal('play')], { description: "'publish' or 'play'" }),
    appName: Field.urlName,
    streamName: Field.urlName,
    expireUnix: Field.seconds,
  }),
)

/**
 * A `token` for the query of a media server's URLs, good for one action on one stream: hex expiry, dot, HMAC-SHA256. SRS and
 * nginx-rtmp hand it to their `on_publish` and `on_play` hooks, where {@link verifyStreamToken} answers for them. For
 * servers: the key never ships in a mini program.
 */
export function makeStreamToken(request: StreamTokenRequest): string {
  checkInput(requestCheck, request)
  const expiry = request.expireUnix.toString(16)
  return `${expiry}.${signatureOf(request, expiry)}`
}

export type StreamTokenClaim = Omit<StreamTokenRequest, 'expireUnix'> & {
  /** Milliseconds since 1970. */
  readonly now: number
}

const claimCheck = TypeCompiler.Compile(
  Type.Object({
    key: Field.text,
    action: Field.text,
    appName: Field.anyText,
    streamName: Field.anyText,
    now: Field.milliseconds,
  }),
)

/** Whether the token of a hook lets its client do what it asks. */
export function verifyStreamToken(
  token: string,
  claim: StreamTokenClaim,
): TicketResult<{ readonly expireUnix: number }> {
  checkInput(claimCheck, claim)
  const [, expiry = '', signature = ''] = /^([0-9a-f]{1,8})\.([\w-]{43})$/.exec(token) ?? []
  if (expiry === '') return refused('format')
  if (!equalSecrets(signature, signatureOf(claim, expiry))) return refused('signature')
  const expireUnix = parseInt(expiry, 16)
  return expireUnix * 1000 <= claim.now ? refused('expired') : proven({ expireUnix })
}

function signatureOf(claim: Omit<StreamTokenRequest, 'expireUnix'>, expiry: string): string {
  // none of the parts of a request has a newline, so nobody can move the borders
  const content = [claim.action, claim.appName, claim.streamName, expiry].join('\n')
  return hmac(claim.key, content).toString('base64url')
}
