import type { Clock } from './clock'
import { equalSecrets, type Keys } from './keys'
import { parseStreamName, type PublishedKind, type StreamOwner } from './stream-name'
import { signStream, type StreamAction } from './stream-urls'
import { readTicket } from './tickets/stream-ticket'

/**
 * unsigned: no signature at all · malformed: not a stream name or a signature of ours · foreign: signed, but not for
 * this action on this stream · expired: signed for it, and over · revoked: its user was logged out, or has lost the seat it
 * was made for.
 */
export type GateRefusal = 'unsigned' | 'malformed' | 'foreign' | 'expired' | 'revoked'
export type GateAnswer = ({ ok: true; kind: PublishedKind } & StreamOwner) | { ok: false; reason: GateRefusal }

/** What a URL says by itself: whoever knows the key can tell, without asking anyone. It cannot tell what was revoked since. */
export interface Gate {
  /**
   * @param stream name without a path, and without `.flv`
   * @param query of the URL the client used
   */
  check(action: StreamAction, stream: string, query: URLSearchParams): GateAnswer
}

export function createGate(options: { keys: Pick<Keys, 'urlKey'>; clock: Pick<Clock, 'now'> }): Gate {
  const { keys, clock } = options
  const refuse = (reason: GateRefusal): GateAnswer => ({ ok: false, reason })
  return {
    check(action, stream, query) {
      const owner = parseStreamName(stream)
      if (!owner) return refuse('malformed')
      const expiry = query.get('e')
      const signature = query.get('s')
      const ticket = query.get('k') ?? ''
      if (!expiry || !signature) return refuse('unsigned')
      if (!/^[0-9a-f]{1,11}$/.test(expiry) || !/^[\w-]{22}$/.test(signature)) return refuse('malformed')
      if (!readTicket(ticket)) return refuse('malformed')
      // the signature first: what an unsigned expiry says is worth nothing
      if (!equalSecrets(signature, signStream(keys, action, stream, expiry, ticket))) return refuse('foreign')
      if (parseInt(expiry, 16) * 1000 <= clock.now()) return refuse('expired')
      return { ok: true, ...owner }
    },
  }
}
