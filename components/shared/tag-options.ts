import { RoomError } from '../../src/errors'
import type { TagOptions } from '../../src/view/room-view'
import { kindsOf, textOf, valuesOf } from './property-parsers'
import type { Kinds } from './property-parsers'

/** Attributes of live-pusher that have no property of their own. */
export const PUSHER_OPTIONS: Kinds = kindsOf({
  flag: 'autoFocus zoom backgroundMute mirror remoteMirror enableMic enableAgc enableAns customEffect enableVideoCustomRender debug enableEarMonitor',
  text: 'waitingImage waitingImageHash',
  routes: 'pictureInPictureMode',
  '0-1': 'skinWhiteness skinSmoothness faceThinness eyeBigness',
  '0-7': 'audioReverbType',
  '0-11': 'voiceChangerType',
  '1-30': 'fps',
  '1-4096': 'videoWidth videoHeight',
  'high low': 'audioQuality',
  'auto enable disable': 'localMirror',
  'auto media voicecall': 'audioVolumeType',
  'smooth nature': 'beautyStyle',
  'standard pink nostalgia blues romantic cool fresher solor aestheticism whitening cerisered': 'filter',
})

/** Attributes of live-player that a room does not decide by itself. */
export const PLAYER_OPTIONS: Kinds = kindsOf({
  flag: 'muted muteAudio muteVideo backgroundMute autoPauseIfNavigate autoPauseIfOpenNative enableAutoRotation enableCasting enableRecvMessage enableSystemPip enableMetadata debug',
  text: 'pictureInPictureInitPosition',
  routes: 'pictureInPictureMode',
  '0-30': 'minCache maxCache',
  'vertical horizontal': 'orientation',
  'contain fillCrop': 'objectFit',
  'speaker ear': 'soundMode',
  'origin no-referrer': 'referrerPolicy',
})

/**
 * Reads `pusher-options` or `player-options`. What is unknown or cannot be read is left out.
 * @param problems gets one for each option that is left out, naming it
 */
export function tagOptionsOf(attribute: string, kinds: Kinds, written: unknown, problems: RoomError[]): TagOptions {
  const complain = (what: string): void => void problems.push(new RoomError('BAD_PARAMETER', `${attribute}: ${what}`))
  const isObject = typeof written === 'object' && written !== null
  if (!isObject && textOf(written)) complain('an object is needed')
  return isObject ? valuesOf(kinds, written, complain) : {}
}
