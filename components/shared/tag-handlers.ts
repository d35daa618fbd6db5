import type { RawMediaEvent } from '../../src/media/raw-event'
import { flagOf } from './property-parsers'
import { told } from './room-events'
import type { RoomInstance } from './room-instance'

/**
 * What a tag really sends; the typings at hand lack codes (pusher 0, 1018-1022, 1031-1034, 4998, 4999, 5001, player 2030,
 * 2032) and type `info` as the names of its fields.
 */
export interface TagEvent {
  /** as it is bound: statechange, netstatus, error, audiovolumenotify, or one of {@link NEWS} in lower case */
  readonly type: string
  readonly detail: {
    /** statechange */
    readonly code?: number
    readonly message?: string
    /** error */
    readonly errCode?: number
    readonly errMsg?: string
    /** netstatus: figures by name, such as `videoBitrate` in kbps */
    readonly info?: Readonly<Record<string, unknown>>
    /** audiovolumenotify: 0-100 */
    readonly volume?: number
    /** fullscreenchange; some versions hand it over as text */
    readonly fullScreen?: unknown
  }
  /** `stream` is on players only. */
  readonly currentTarget: { readonly dataset: { readonly stream?: string; readonly userId?: string } }
}

/** Tags of what a native event that is no state is told as. */
const NEWS =
  'bgmStart bgmProgress bgmComplete fullScreenChange enterPictureInPicture leavePictureInPicture castingUserSelect castingStateChange castingInterrupt metadataChange'.split(
    ' ',
  )

/** What media.wxml binds: native events enter the core as they are, what it has no use for goes to the page. */
export const tagHandlers = {
  onTagEvent(this: RoomInstance, event: TagEvent): void {
    const { detail, currentTarget } = event
    const { stream, userId = '' } = currentTarget.dataset
    const tag = NEWS.find((name) => name.toLowerCase() === event.type)
    if (!tag) return this.room.handleMedia(mediaEventOf(event, stream))
    const more = tag === 'fullScreenChange' && { fullScreen: flagOf(detail.fullScreen) ?? false }
    this.room.tell(told(tag, { ...detail, ...more, userID: userId }))
  },
}

/** `streamId`: of the live-player; the live-pusher has none. */
export function mediaEventOf({ type, detail }: TagEvent, streamId?: string): RawMediaEvent {
  const { code = detail.errCode, message = detail.errMsg, info, volume } = detail
  return {
    target: streamId === undefined ? 'publisher' : { streamId },
    type: type === 'audiovolumenotify' ? 'volume' : (type as RawMediaEvent['type']),
    code,
    message,
    info,
    volume: Number(volume) || 0,
  }
}
