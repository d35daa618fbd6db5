/**
 * What a phone page tells the page around it.
 *
 * `phone.html` runs one mini-program page as a phone would. Once its script has run (before the iframe's `load` event)
 * `contentWindow.roomletPhone` is a {@link PhoneChannel}: same-origin parents read it directly, and so do tests. Nothing
 * is posted; events from before the first listener are kept in `history`, so a parent that comes late loses none
 * (up to {@link HISTORY_LIMIT}).
 *
 * Address: `phone.html?demo=rtc-room&userId=…&roomId=…&autostart=1&lang=zh` opens `pages/rtc-room/rtc-room` with that query
 * (`page=path/of/page` names another page). Extra switches for trying things out: `camera=none` acts as a machine without a
 * camera, `camera=denied` and `microphone=denied` as a person who refused; `sound=opus` as a phone over TRTC, which speaks and
 * hears Opus and so understands a desk over WebRTC.
 *
 * A parent with two phones calls `installCaptureHost()` of `runtime/media/capture-host` once, before it makes the iframes:
 * the phones then share one camera, held by the parent.
 */

export const HISTORY_LIMIT = 1000

export type MediaElementName = 'live-pusher' | 'live-player'

/** A native event exactly as the component under test receives it. */
export interface PhoneMediaEvent {
  readonly type: 'media'
  readonly element: MediaElementName
  /** id of the tag within its component, e.g. `pusher` */
  readonly id: string
  /** whose picture it is, read from the stream name of the URL; '' while there is no URL */
  readonly userId: string
  readonly event: 'statechange' | 'netstatus' | 'error' | 'bgmstart' | 'bgmcomplete'
  readonly code?: number
  readonly message?: string
  /** netstatus: WeChat's fields (kbps, frames per second, ms) */
  readonly info?: Readonly<Record<string, number | string>>
}

/** One setData call of a page or component of the program. */
export interface PhoneSetDataEvent {
  readonly type: 'setData'
  /** path of the component, e.g. `roomlet/components/rtc-room/rtc-room` */
  readonly component: string
  readonly keys: readonly string[]
  /** length of the data as JSON */
  readonly bytes: number
}

export type MeasureName =
  /** live-pusher: start() to 1002 */
  | 'startToPublished'
  /** live-player: play() to the first drawn frame */
  | 'playToFirstFrame'
  /** live-player: clock burned in at capture to the frame being drawn; about twice a second */
  | 'latency'

export interface PhoneMeasureEvent {
  readonly type: 'measure'
  readonly name: MeasureName
  readonly userId: string
  readonly ms: number
}

export interface PhonePageEvent {
  readonly type: 'page'
  readonly name: 'load' | 'show' | 'ready' | 'hide' | 'unload' | 'refresh'
  readonly path: string
}

/** What the phone's navigation bar shows, and whether its arrow leads anywhere. */
export interface PhoneTitleEvent {
  readonly type: 'title'
  readonly title: string
  readonly canGoBack: boolean
}

/** An event of a component that reached the page (`bindonRoomEvent` and the like), or any other custom event of the page's components. */
export interface PhoneComponentEvent {
  readonly type: 'component'
  readonly component: string
  readonly name: string
  readonly detail: unknown
}

export interface PhoneLogEvent {
  readonly type: 'log'
  readonly level: 'error' | 'warn' | 'info'
  readonly message: string
}

/**
 * What can be broken on purpose, and is until it is mended: `socket` the connection to RoomService, `media` those of pictures and
 * sound, `network` all of them, `background` the app is not in front, `camera` the person has taken the permission away,
 * `slow` both ways carry less than a call needs.
 */
export type FaultName = 'socket' | 'media' | 'background' | 'camera' | 'network' | 'slow'

/** A fault has begun, or is mended. */
export interface PhoneFaultEvent {
  readonly type: 'fault'
  readonly fault: FaultName
  readonly on: boolean
}

export type PhoneEventBody =
  | PhoneMediaEvent
  | PhoneSetDataEvent
  | PhoneMeasureEvent
  | PhonePageEvent
  | PhoneTitleEvent
  | PhoneComponentEvent
  | PhoneLogEvent
  | PhoneFaultEvent

/** `at` is ms since 1970. */
export type PhoneEvent = PhoneEventBody & { readonly at: number }

/** The running mini-program page, as its own code sees `this`. */
export interface PageInstance {
  readonly data: Readonly<Record<string, unknown>>
  setData(data: Record<string, unknown>, callback?: () => void): void
  selectComponent(selector: string): unknown
  [method: string]: unknown
}

export interface SetDataTotals {
  readonly calls: number
  readonly bytes: number
}

export interface PhoneChannel {
  /** The page in front; null before it is made and after it is closed. */
  readonly page: PageInstance | null
  /** The page's `wx` */
  readonly wx: unknown
  readonly history: readonly PhoneEvent[]
  readonly setDataTotals: SetDataTotals
  /** Calls the listener for every later event; the returned function unsubscribes. */
  on(listener: (event: PhoneEvent) => void): () => void
  /** Sends the mini program to the background (onHide, wx.onAppHide, codes 5000/6000) or back. */
  setForeground(foreground: boolean): void
  /** Tells the program that the network is gone or back (wx.onNetworkStatusChange) and cuts its connections meanwhile. */
  setOnline(online: boolean): void
  /** Breaks something really, or mends it. Asking twice changes nothing. */
  setFault(fault: FaultName, on: boolean): void
  /** What the arrow in the navigation bar does: the first page stays. */
  goBack(): void
  /** Unloads the page and releases camera, sockets and timers. */
  close(): void
}

declare global {
  interface Window {
    roomletPhone?: PhoneChannel
  }
}
