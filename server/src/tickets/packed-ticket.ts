import { deflateSync, inflateSync } from 'node:zlib'
import type { Static, TSchema } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'

/** A decoded ticket is some 200 bytes; more is an attempt to fill the memory. */
const MAX_TICKET_BYTES = 8192

/** The form of both versions of userSigs: JSON, zlib, base64 of an alphabet that means nothing in query strings. */
export function packTicket(ticket: object): string {
  const base64 = deflateSync(JSON.stringify(ticket)).toString('base64')
  return base64.replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')
}

/** The ticket inside, nothing verified but its shape; null when it is none. */
export function unpackTicket<S extends TSchema>(text: string, check: TypeCheck<S>): Static<S> | null {
  if (!/^[A-Za-z0-9*-]+_*$/.test(text) || text.length > MAX_TICKET_BYTES) return null
  const base64 = text.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=')
  try {
    const packed = Buffer.from(base64, 'base64')
    const decoded: unknown = JSON.parse(inflateSync(packed, { maxOutputLength: MAX_TICKET_BYTES }).toString('utf8'))
    return check.Check(decoded) ? decoded : null
  } catch {
    return null
  }
}
