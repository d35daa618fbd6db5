import { CALL_ERRORS } from './errors'
import type { ErrorCode } from './errors'
import { SERVICE_ERRORS } from './service-errors'

/** Every error that can cross a public border. The README's error table is held equal to this by a test. */
export const ERRORS = { ...CALL_ERRORS, ...SERVICE_ERRORS }

/** Whether the catalogue has it. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(ERRORS, value)
}
