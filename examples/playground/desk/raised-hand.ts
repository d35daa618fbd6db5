import type { OutgoingMessage } from '../../../src/provider/provider'

/** Somebody wants to say something: a custom message, in the form in which webrtc-room sends them. */
export const RAISED_HAND: OutgoingMessage = { kind: 'custom', data: { data: 'raiseHand', ext: '', desc: '' } }

export function isRaisedHand({ kind, data }: { readonly kind: string; readonly data: unknown }): boolean {
  return kind === 'custom' && (data as { readonly data?: unknown } | null)?.data === 'raiseHand'
}
