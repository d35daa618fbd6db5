import type { Clock } from './clock'
import { equalSecrets, type Keys } from './keys'
import { parseStreamName, type PublishedKind, type StreamOwner } from './stream-name'
import { signStream, type StreamAction } from './stream-urls'

/**
 * unsigned: no signature at all · malformed: not a stream name or a signature of ours · foreign: signed, but not for
 * this action on this stream · expired: signed for it, and over.
 */
export type GateRefusal = 'unsigned' | 'malformed' | 'foreign' | 'expired'
export type GateAnswer = ({ ok: true; kind: PublishedKind } & StreamOwner) | { ok: false; reason: GateRefusal }

/** Asked by a media server before anyone publishes or plays. */
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
      if (!expiry || !signature) return refuse('unsigned')
      if (!/^[0-9a-f]{1,11}$/.test(expiry) || !/^[\w-]{22}$/.test(signature)) return refuse('malformed')
      // the signature first: what an unsigned expiry says is worth nothing
      if (!equalSecrets(signature, signStream(keys, action, stream, expiry))) return refuse('foreign')
      if (parseInt(expiry, 16) * 1000 <= clock.now()) return refuse('expired')
      return { ok: true, ...owner }
    },
  }
}
