/**
 * Why a ticket proves nothing: it is none, it is for somebody or something else, it was signed with another key or
 * changed afterwards, or its time is over.
 */
export type TicketFault = 'format' | 'mismatch' | 'signature' | 'expired'

export type TicketResult<Claim> =
  { readonly ok: true; readonly claim: Claim } | { readonly ok: false; readonly reason: TicketFault }

export function refused(reason: TicketFault): { readonly ok: false; readonly reason: TicketFault } {
  return { ok: false, reason }
}

export function proven<Claim>(claim: Claim): TicketResult<Claim> {
  return { ok: true, claim }
}
