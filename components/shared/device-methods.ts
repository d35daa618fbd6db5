import { nativeFailure } from '../../src/media/native-call'
import type { NativeCallbacks, NativeResult } from '../../src/media/native-call'
import type { FullScreenOptions } from '../../src/media/player-methods'
import type { PublisherMethods, Snapshot, SnapshotOptions } from '../../src/media/publisher-methods'
import { createConsoleLog } from '../../src/platform/console-log'
import { answerBothWays } from '../../src/util/answer-both-ways'
import { textOf } from './property-parsers'
import type { RoomInstance } from './room-instance'

/** Of one's own live-pusher, by the platform's names. */
const OWN = [
  'switchCamera',
  'toggleTorch',
  'setZoom',
  'getMaxZoom',
  'playBGM',
  'pauseBGM',
  'resumeBGM',
  'stopBGM',
  'setBGMVolume',
  'setMICVolume',
  'applyFilter',
  'clearFilters',
  'applySticker',
  'clearStickers',
  'applyBlusherStickMakeup',
  'applyEyeBrowMakeup',
  'applyEyeShadowMakeup',
  'applyFaceContourMakeup',
  'applyLipStickMakeup',
  'clearMakeups',
] as const satisfies readonly (keyof PublisherMethods)[]

/** Of the live-player that shows a member. */
const THEIRS = ['requestFullScreen', 'exitFullScreen', 'requestPictureInPicture', 'exitPictureInPicture'] as const

/** Whose picture is meant: the one named last, or the first one shown, unless told. */
export interface OfMember {
  readonly userID?: string
}

type Theirs = (options?: OfMember & NativeCallbacks) => Promise<NativeResult>

/**
 * Devices and pictures. Options, callbacks and results are the platform's; every method answers a promise too, which may
 * be ignored. It rejects with NOT_SUPPORTED where this version of WeChat lacks the method or refuses, PERMISSION_DENIED
 * where the user has, NOT_MEMBER while nothing is published, BAD_PARAMETER for a member who is not played.
 */
export interface DeviceMethods extends Pick<PublisherMethods, (typeof OWN)[number]> {
  /** One's own picture, or with `userID` a member's. */
  snapshot(options?: SnapshotOptions & OfMember & NativeCallbacks<Snapshot>): Promise<Snapshot>
  /** A picture over the whole screen; of whom, `userID` says. */
  requestFullScreen(options?: FullScreenOptions & OfMember & NativeCallbacks): Promise<NativeResult>
  exitFullScreen: Theirs
  requestPictureInPicture: Theirs
  exitPictureInPicture: Theirs
}

const SNAPSHOT = 'snapshot'

const log = createConsoleLog('error')

type Options = OfMember & NativeCallbacks<unknown>
type DeviceMethod = (this: RoomInstance, options?: Options) => Promise<unknown>

export const deviceMethods: Record<string, DeviceMethod> = {}
for (const name of [...OWN, ...THEIRS, SNAPSHOT]) {
  deviceMethods[name] = function (options) {
    return answerBothWays(log, options, call(this, name, options ?? {}), nativeFailure)
  }
}

async function call({ room }: RoomInstance, name: string, { userID, ...options }: Options): Promise<unknown> {
  const { device } = await room.whenActive()
  const member = textOf(userID)
  const isOwn = member ? member === room.room.selfId : name === SNAPSHOT
  return isOwn || OWN.some((own) => own === name) ? device.own(name, options) : device.theirs(member, name, options)
}
