import type { NativeCallbacks, TagMethod, TagMethodWith, NativeResult } from './native-call'
import type { CallStyle } from './native-methods'

/** Which picture, and how large a file. */
export interface SnapshotOptions {
  /** `compressed` is smaller and faster; base library 2.10.0 */
  readonly quality?: 'raw' | 'compressed'
  /** the stream's own picture, or what is drawn on the screen; base library 2.25.0 */
  readonly sourceType?: 'stream' | 'view'
}

/** A picture that was taken. */
export interface Snapshot extends NativeResult {
  /** A temporary file of this phone. */
  readonly tempImagePath: string
  /** px; some versions hand it over as text */
  readonly width: number | string
  readonly height: number | string
}

/** Music, and the part of it that is played. */
export interface BgmOptions {
  /** http(s) address of the music */
  readonly url: string
  /** ms from the beginning of the music; base library 2.31.0 */
  readonly startTimeMs?: number
  /** ms from the beginning, 0 = to the end; base library 2.31.0 */
  readonly endTimeMs?: number
}

/** How loud. */
export interface VolumeOptions {
  /** 0 to 1 */
  readonly volume: number
}

/** A colour filter of the app's. */
export interface FilterOptions {
  /** Folder or archive of the filter. */
  readonly path: string
  /** 0 to 1 */
  readonly alpha: number
  readonly md5?: string
}

/** One sticker: frames that lie over a face. */
export interface Sticker {
  readonly title: string
  /** Folder or archive whose files are named `{title}_{index}.{ext}`, from 0. */
  readonly path: string
  /** Number of frames. */
  readonly len: number
  readonly id?: string
  readonly md5?: string
  /** What sets it off, as the platform numbers it; -1 = it loops. */
  readonly active?: number
  /** Whatever else the platform takes for this type of sticker. */
  readonly [option: string]: unknown
}

/** Stickers of one type, as the platform names it. */
export interface StickerOptions {
  readonly type: string
  readonly stickers: readonly Sticker[]
  readonly templateTransSet?: object
}

/** Make-up of the app's. */
export interface MakeupOptions {
  /** File of the picture. */
  readonly path: string
  /** 0 to 1 */
  readonly alpha: number
}

/** Make-up that is blended with the face, in one of the platform's modes. */
export interface BlendedMakeupOptions extends MakeupOptions {
  readonly blendMode: string
}

/** Of eyebrows; `shrinkRate` as the platform defines it. */
export interface EyeBrowOptions extends BlendedMakeupOptions {
  readonly shrinkRate: number
}

/** Of eye shadow, with its shimmer. */
export interface EyeShadowOptions extends BlendedMakeupOptions {
  readonly shimmerPosition?: string
  readonly shimmerPositionMD5?: string
}

/** Of lipstick, with its shimmer. */
export interface LipStickOptions extends BlendedMakeupOptions {
  readonly faceModel: string
  readonly shimmerPath: string
  readonly shimmerType: string
}

/**
 * What LivePusherContext can do beside start() and stop(). Each method takes callbacks, answers a promise, or both; it
 * rejects with NOT_SUPPORTED where this version of WeChat lacks it or refuses, PERMISSION_DENIED where the user has.
 * Sources: the platform's documentation, version in which a method came where it is not 1.7.0.
 */
export interface PublisherMethods {
  /** Pauses publishing. Remembered: a restart after a break is paused again until resume(). */
  pause: TagMethod
  resume: TagMethod
  /** Between front and back. */
  switchCamera: TagMethod
  /** Base library 1.9.90. */
  snapshot(options?: SnapshotOptions & NativeCallbacks<Snapshot>): Promise<Snapshot>
  /** Base library 2.1.0; the back camera's light only. */
  toggleTorch: TagMethod
  /** Shows the camera without publishing; base library 2.7.0. */
  startPreview: TagMethod
  stopPreview: TagMethod
  /** Mixes music into the stream; base library 2.4.0, as all of BGM. */
  playBGM: TagMethodWith<BgmOptions>
  pauseBGM: TagMethod
  resumeBGM: TagMethod
  stopBGM: TagMethod
  setBGMVolume: TagMethodWith<VolumeOptions>
  /** Base library 2.10.0. */
  setMICVolume: TagMethodWith<VolumeOptions>
  /** Sends `msg` inside the stream (SEI) to whoever plays it; base library 2.10.0. */
  sendMessage: TagMethodWith<{ readonly msg: string }>
  /** `zoom`: 1 to getMaxZoom(), steps of 0.1; base library 2.31.0 */
  setZoom: TagMethodWith<{ readonly zoom: number }>
  /** Some versions hand the number over as text; base library 2.31.0. */
  getMaxZoom(
    options?: NativeCallbacks<NativeResult & { readonly maxZoom: number | string }>,
  ): Promise<NativeResult & { readonly maxZoom: number | string }>
  /** Base library 2.14.0, as all filters, stickers and makeups; not in a plugin. */
  applyFilter: TagMethodWith<FilterOptions>
  clearFilters: TagMethod
  applySticker: TagMethodWith<StickerOptions>
  clearStickers: TagMethod
  applyBlusherStickMakeup: TagMethodWith<BlendedMakeupOptions>
  applyEyeBrowMakeup: TagMethodWith<EyeBrowOptions>
  applyEyeShadowMakeup: TagMethodWith<EyeShadowOptions>
  applyFaceContourMakeup: TagMethodWith<MakeupOptions>
  applyLipStickMakeup: TagMethodWith<LipStickOptions>
  clearMakeups: TagMethod
  /** Leaves the small window, from any page; base library 2.25.0. */
  exitPictureInPicture: TagMethod
  /** The canvas that takes the camera's texture, for custom rendering; base library 2.29.0. */
  createOffscreenCanvas: TagMethodWith<Readonly<Record<string, unknown>>, unknown>
  /** Custom rendering; a later listener takes the earlier one's place; base library 2.29.0. */
  onCustomRendererEvent(
    event: 'frame' | 'update',
    listener: (event: unknown) => void,
    callbacks?: NativeCallbacks<unknown>,
  ): Promise<unknown>
  /** Not in the platform's documentation: some versions record the sound. */
  startAudioRecord(options?: Readonly<Record<string, unknown>> & NativeCallbacks): Promise<NativeResult>
  stopAudioRecord: TagMethod
  /** Not in the platform's documentation: some versions write the sound to a file, for support. */
  startDumpAudio(options?: Readonly<Record<string, unknown>> & NativeCallbacks): Promise<NativeResult>
  stopDumpAudio: TagMethod
}

export const PUBLISHER_METHODS: Readonly<Record<keyof PublisherMethods, CallStyle>> = {
  pause: 'options',
  resume: 'options',
  switchCamera: 'options',
  snapshot: 'options',
  toggleTorch: 'options',
  startPreview: 'options',
  stopPreview: 'options',
  playBGM: 'options',
  pauseBGM: 'options',
  resumeBGM: 'options',
  stopBGM: 'options',
  setBGMVolume: 'options',
  setMICVolume: 'options',
  sendMessage: 'options',
  setZoom: 'options',
  getMaxZoom: 'options',
  applyFilter: 'options',
  clearFilters: 'options',
  applySticker: 'options',
  clearStickers: 'options',
  applyBlusherStickMakeup: 'options',
  applyEyeBrowMakeup: 'options',
  applyEyeShadowMakeup: 'options',
  applyFaceContourMakeup: 'options',
  applyLipStickMakeup: 'options',
  clearMakeups: 'options',
  exitPictureInPicture: 'options',
  createOffscreenCanvas: 'plain',
  onCustomRendererEvent: 'plain',
  startAudioRecord: 'options',
  stopAudioRecord: 'options',
  startDumpAudio: 'options',
  stopDumpAudio: 'options',
}
