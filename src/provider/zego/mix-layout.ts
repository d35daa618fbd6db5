import { RoomError } from '../../errors'
import type { ZegoMixInput, ZegoMixLook, ZegoMixTask } from './engine'
import { checkStreamId } from './stream-id'

const WIDTH = 360
const HEIGHT = 640
const THIRD = { width: WIDTH / 3, height: Math.round(HEIGHT / 3) }
const FULL = { top: 0, left: 0, bottom: HEIGHT, right: WIDTH }
/** The first fills the picture, the second sits bottom right, the third bottom left. */
const PLACES: readonly NonNullable<ZegoMixInput['layout']>[] = [
  FULL,
  { ...FULL, top: HEIGHT - THIRD.height, left: WIDTH - THIRD.width },
  { ...FULL, top: HEIGHT - THIRD.height, right: THIRD.width },
]

/** For `engine.setMixerTaskConfig`, before the task is started. */
export const MIX_LOOK: ZegoMixLook = { backgroundColor: 0xc8c8c800 }

/**
 * The task that mixes a presenter with up to two guests into `mix-{stream}`: for `engine.startMixerTask`. Call it again
 * with the streams that are left when one has ended, or its picture stands still; stop it by `taskID` at the end.
 * @param streamIDs ZEGO's own ids, the presenter's first
 * @throws RoomError BAD_PARAMETER for none or more than three streams, or a bad id
 */
export function mixOf(streamIDs: readonly string[]): ZegoMixTask {
  const [first] = streamIDs
  if (first === undefined || streamIDs.length > PLACES.length) {
    throw new RoomError('BAD_PARAMETER', `zego: ${streamIDs.length} streams to mix, 1 to ${PLACES.length} are possible`)
  }
  const target = checkStreamId(`mix-${checkStreamId(first)}`)
  return {
    taskID: target,
    inputList: streamIDs.map((streamID, index) => ({
      streamID: checkStreamId(streamID),
      layout: { ...FULL, ...PLACES[index] },
    })),
    outputList: [{ target }],
    outputConfig: { outputBitrate: 800, outputFPS: 15, outputWidth: WIDTH, outputHeight: HEIGHT },
  }
}
