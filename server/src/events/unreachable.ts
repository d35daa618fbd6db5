import { DeliveryError } from './destination'

/** What fetch has rejected with, without its words: they may name the URL, in which a key may be. */
export function unreachable(error: unknown): DeliveryError {
  const { cause } = (error ?? {}) as { cause?: unknown }
  const { code } = (cause ?? {}) as { code?: unknown }
  return new DeliveryError(typeof code === 'string' && /^\w+$/.test(code) ? `unreachable (${code})` : 'unreachable')
}
