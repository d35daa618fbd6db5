import { RoomError } from '../../errors'
import { byteLength } from '../../util/byte-length'

const MAX_BYTES = 256
/** What ZEGO's servers take. */
const ALLOWED = /^[0-9A-Za-z~!@$%^&*()_+=\-`;’,.<>/\\]$/

/**
 * ZEGO refuses a bad stream id only after the call, and with a number.
 * @throws RoomError BAD_PARAMETER that names the character, or the length
 */
export function checkStreamId(streamID: string): string {
  if (streamID === '') throw new RoomError('BAD_PARAMETER', 'zego: the stream id is empty')
  for (const character of streamID) {
    if (ALLOWED.test(character)) continue
    throw new RoomError('BAD_PARAMETER', `zego: "${character}" is not allowed in stream id "${streamID}"`)
  }
  const bytes = byteLength(streamID)
  if (bytes > MAX_BYTES) {
    throw new RoomError('BAD_PARAMETER', `zego: the stream id has ${bytes} bytes, ${MAX_BYTES} are allowed`)
  }
  return streamID
}
