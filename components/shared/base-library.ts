import { RoomError } from '../../src/errors'

/** From here on live-pusher and live-player let other elements lie over them, and every tile has some. */
export const NEEDED_BASE_LIBRARY = '2.9.1'

/** Why nothing can be shown in this version of WeChat; null where it can. */
export function baseLibraryRefusal(version: string): RoomError | null {
  const isTooOld = weightOf(version) < weightOf(NEEDED_BASE_LIBRARY)
  if (!isTooOld) return null
  return new RoomError('WECHAT_TOO_OLD', `The base library is ${version}, ${NEEDED_BASE_LIBRARY} is needed`)
}

/** Grows from version to version; NaN, which is never less, for what is none. */
function weightOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(parseFloat)
  return (major * 1000 + minor) * 1000 + patch
}
