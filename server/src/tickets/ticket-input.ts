import { Type, type Static, type TSchema } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import { RoomError } from '../../../src/errors'

/** Unix time and lifetimes travel as unsigned 32-bit numbers in the tickets of most vendors. */
export const UINT32_MAX = 0xffffffff

const uint32 = Type.Integer({ minimum: 1, maximum: UINT32_MAX, description: `a whole number from 1 to ${UINT32_MAX}` })

/** The kinds of fields tickets are made of; `description` is what a complaint says of them. */
export const Field = {
  text: Type.String({ minLength: 1, description: 'a non-empty string' }),
  anyText: Type.String({ description: 'a string' }),
  /** Signed text separates its lines by newlines: a user with one in the name could sign lines of their own. */
  userID: Type.String({
    pattern: '^[^\\u0000-\\u001f\\u007f]+$',
    description: 'a non-empty string without control characters',
  }),
  seconds: Type.Integer({ minimum: 0, maximum: UINT32_MAX, description: 'unix time in whole seconds' }),
  lifetime: Type.Integer({ minimum: 1, maximum: UINT32_MAX, description: 'a lifetime of at least 1 in whole seconds' }),
  milliseconds: Type.Number({ minimum: 0, description: 'milliseconds since 1970' }),
  appID: uint32,
  numericRoom: uint32,
  privileges: Type.Integer({ minimum: 0, maximum: 255, description: 'a sum of privileges, 0 to 255' }),
  /** What is put into URLs without being escaped, because it is signed the way it is written. */
  urlName: Type.String({
    pattern: '^(?!\\.+$)[\\w.~-]+$',
    description: 'a string of letters, digits and _ . ~ - only',
  }),
  host: Type.String({
    pattern: '^([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+\\])(:\\d{1,5})?$',
    description: 'a host name or address, with a port or without',
  }),
} as const

/**
 * Callers may be plain JavaScript, or JSON from standard input.
 * @throws RoomError BAD_PARAMETER whose message starts with the field; it never repeats a value, which may be a secret
 */
export function checkInput<S extends TSchema>(check: TypeCheck<S>, input: unknown): asserts input is Static<S> {
  if (check.Check(input)) return
  const fault = check.Errors(input).First()
  const field = fault?.path.slice(1) ?? ''
  if (!fault || field === '') throw new RoomError('BAD_PARAMETER', 'The input must be an object')
  const wanted = fault.schema.description ?? 'something else'
  throw badField(field, fault.value === undefined ? `is missing: it must be ${wanted}` : `must be ${wanted}`)
}

/** @param complaint the rest of the sentence that starts with the field's name */
export function badField(field: string, complaint: string): RoomError {
  return new RoomError('BAD_PARAMETER', `${field} ${complaint}`)
}
