import type { PublisherSettings } from '../../runtime/media/publisher'

/** How a stream travels: FLV over WebSocket with AAC sound, as phones speak it, or WebRTC with Opus. */
export type Transport = 'flv' | 'webrtc'

/** What a tag of the desk tells, in the codes of live-pusher and live-player: the room's core reads no others. */
export interface TagListener {
  onCode(code: number, message: string): void
  /** errCode of a refused device */
  onError(errCode: number, errMsg: string): void
  onNetStatus(info: Readonly<Record<string, number>>): void
}

/** One run of publishing, from opening the devices to releasing them. */
export interface DeskPublisher {
  readonly transport: Transport
  start(url: string): void
  /** Takes over what the settings say about the microphone by now. */
  settingsChanged(): void
  /** What the microphone hears; null while it is not open. */
  sound(): MediaStream | null
  close(): void
}

/** One run of playing. */
export interface DeskPlayer {
  readonly transport: Transport
  /** What is heard; null while there is none. */
  sound(): MediaStream | null
  close(): void
}

export interface PlayerListener extends TagListener {
  onPicture(picture: HTMLCanvasElement | HTMLVideoElement): void
}

export type SettingsSource = () => PublisherSettings
