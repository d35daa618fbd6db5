import { RoomError } from '../../src/errors'

/** From here on live-pusher and live-player let other elements lie over them, and every tile has some. */
export const NEEDED_BASE_LIBRARY = '2.9.1'

/** Why nothing can be shown in this version of WeChat; null where it can. */
export function baseLibraryRefusal(version: string): RoomError | null {
  if (!isOlder(version, NEEDED_BASE_LIBRARY)) return null
  return new RoomError('WECHAT_TOO_OLD', `The base library is ${version}, ${NEEDED_BASE_LIBRARY} is needed`)
}

/** Versions are dotted numbers; what is none counts as new. */
function isOlder(version: string, needed: string): boolean {
  const numbers = version.split('.').map(Number)
  if (version === '' || numbers.some(Number.isNaN)) return false
  const wanted = needed.split('.').map(Number)
  for (let index = 0; index < wanted.length; index += 1) {
    const difference = (numbers[index] ?? 0) - (wanted[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
