import type { RawMediaEvent } from '../../src/media/raw-event'
import { flagOf } from './property-parsers'
import type { RoomInstance } from './room-instance'

/**
 * What a tag really sends; the typings at hand lack codes (pusher 0, 1018-1022, 1031-1034, 4998, 4999, 5001, player 2030,
 * 2032) and type `info` as the names of its fields.
 */
export interface TagEvent {
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

/** Handlers that media.wxml binds: native events enter the core as they are. */
export const tagHandlers = {
  onPublisherState(this: RoomInstance, { detail }: TagEvent): void {
    this.room.handleMedia({ target: 'publisher', type: 'statechange', code: detail.code, message: detail.message })
  },
  onPublisherNetwork(this: RoomInstance, { detail }: TagEvent): void {
    this.room.handleMedia({ target: 'publisher', type: 'netstatus', info: detail.info })
  },
  onPublisherError(this: RoomInstance, { detail }: TagEvent): void {
    this.room.handleMedia({ target: 'publisher', type: 'error', code: detail.errCode, message: detail.errMsg })
  },
  onPlayerState(this: RoomInstance, event: TagEvent): void {
    const { code, message } = event.detail
    this.room.handleMedia({ target: playerOf(event), type: 'statechange', code, message })
  },
  onPlayerNetwork(this: RoomInstance, event: TagEvent): void {
    this.room.handleMedia({ target: playerOf(event), type: 'netstatus', info: event.detail.info })
  },
  onPlayerError(this: RoomInstance, event: TagEvent): void {
    const { errCode, errMsg } = event.detail
    this.room.handleMedia({ target: playerOf(event), type: 'error', code: errCode, message: errMsg })
  },
  onPublisherVolume(this: RoomInstance, { detail }: TagEvent): void {
    this.room.handleMedia({ target: 'publisher', type: 'volume', volume: volumeOf(detail) })
  },
  onPlayerVolume(this: RoomInstance, event: TagEvent): void {
    this.room.handleMedia({ target: playerOf(event), type: 'volume', volume: volumeOf(event.detail) })
  },
  onTagNews(this: RoomInstance, { type, detail, currentTarget }: TagEvent): void {
    const tag = NEWS.find((name) => name.toLowerCase() === type)
    if (!tag) return
    const more = tag === 'fullScreenChange' && { fullScreen: flagOf(detail.fullScreen) ?? false }
    this.room.tell({ tag, code: 0, detail: { ...detail, ...more, userID: currentTarget.dataset.userId ?? '' } })
  },
}

function volumeOf({ volume }: TagEvent['detail']): number {
  return Number(volume) || 0
}

function playerOf(event: TagEvent): RawMediaEvent['target'] {
  return { streamId: event.currentTarget.dataset.stream ?? '' }
}
