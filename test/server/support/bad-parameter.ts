import { RoomError } from '../../../src/errors'

/** What a call complains about; fails when it does not, or throws anything but BAD_PARAMETER. */
export function badParameter(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof RoomError && error.code === 'BAD_PARAMETER') return error.message
    throw error
  }
  throw new Error('Nothing was refused')
}
