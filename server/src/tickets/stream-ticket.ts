/**
 * What a push URL was made for, beside its stream: a login, and the seat of the member that it was given to. Both may be '': a URL
 * that an application signs itself ends with its time alone.
 */
export interface StreamTicket {
  readonly login: string
  readonly seat: string
}

/** Of a seat that nobody sits on yet: clients of the HTTP protocol publish first and enter the room afterwards. */
const RESERVED = '~'

export function makeTicket({ login, seat }: StreamTicket): string {
  return login === '' && seat === '' ? '' : `${login}.${seat}`
}

/** null when it is none that {@link makeTicket} makes. */
export function readTicket(ticket: string): StreamTicket | null {
  if (ticket === '') return { login: '', seat: '' }
  const [, login, seat] = /^([\w-]{0,32})\.([\w.~-]{0,64})$/.exec(ticket) ?? []
  return login === undefined || seat === undefined ? null : { login, seat }
}

export function loginOf({ ticket }: { readonly ticket: string }): string {
  return readTicket(ticket)?.login ?? ''
}

/** @param nonce that no other seat has */
export function reservedSeat(nonce: string): string {
  return RESERVED + nonce
}

export function isReserved(seat: string): boolean {
  return seat.startsWith(RESERVED)
}
