import type { GeneralComponent } from 'glass-easel'
import { PLAY_CODE } from '../media/native-codes'
import { Player, type PlayerSettings } from '../media/player'
import { flvSocketUrl, userIdOf } from '../network'
import { hub } from '../phone-hub'
import { registerMediaCommands } from './media-commands'
import { hostOf, type NativeDefinition, type NativeElement } from './native-element'
import { reportMedia } from './report-media'
import { snapshotOf } from './snapshot'

/** The element's behaviour; the definition below only forwards to it. */
class LivePlayer {
  private player: Player | null = null
  private picture: HTMLCanvasElement | HTMLVideoElement | null = null
  private playedUrl = ''
  private mutedByContext = false
  private readonly forgets: (() => void)[]

  constructor(private readonly element: NativeElement) {
    this.forgets = [
      hub.on('foregroundChanged', (foreground) => {
        if (!foreground) this.suspend()
      }),
      watchFullScreen(element),
    ]
    registerMediaCommands(element._$, {
      play: () => this.play(),
      stop: () => this.stop(),
      pause: () => this.pause(),
      resume: () => this.play(),
      mute: () => this.toggleMute(),
      requestFullScreen: () => hostOf(element).requestFullscreen(),
      exitFullScreen: () => document.exitFullscreen(),
      requestPictureInPicture: () => this.openWindow(),
      exitPictureInPicture: () => document.exitPictureInPicture(),
      snapshot: () => this.snapshot(),
    })
    if (element.data.autoplay && element.data.src) this.play()
  }

  srcChanged(): void {
    const src = String(this.element.data.src)
    if (src === this.playedUrl) return
    const wasPlaying = this.player !== null
    this.stop()
    if (src && (wasPlaying || this.element.data.autoplay)) this.play()
  }

  mutedChanged(): void {
    this.player?.setMuted(this.muted)
  }

  fitChanged(): void {
    if (this.picture) this.picture.style.objectFit = this.element.data.objectFit === 'fillCrop' ? 'cover' : 'contain'
  }

  close(): void {
    for (const forget of this.forgets) forget()
    this.stop()
  }

  private get userId(): string {
    return userIdOf(String(this.element.data.src))
  }

  private get muted(): boolean {
    return this.mutedByContext || Boolean(this.element.data.muted) || Boolean(this.element.data.muteAudio)
  }

  private play(): void {
    if (this.player) return
    const src = String(this.element.data.src)
    const url = flvSocketUrl(src)
    if (!url) throw new Error('invalid src')
    this.playedUrl = src
    const { userId } = this
    const measure = (name: 'playToFirstFrame' | 'latency', ms: number): void =>
      hub.report({ type: 'measure', name, userId, ms })
    this.player = new Player(url, () => this.settings(userId), {
      onCode: (code, message) => this.onCode(code, message),
      onNetStatus: (info) => reportMedia(this.element, 'live-player', userId, 'netstatus', { info }),
      onPicture: (picture) => this.place(picture),
      onFirstFrame: (ms) => measure('playToFirstFrame', ms),
      onLatency: (ms) => measure('latency', ms),
    })
  }

  private onCode(code: number, message: string): void {
    if (code === PLAY_CODE.GAVE_UP) this.player = null
    reportMedia(this.element, 'live-player', this.userId, 'statechange', { code, message })
  }

  private stop(): void {
    this.player?.close()
    this.player = null
    this.playedUrl = ''
    this.picture?.remove()
    this.picture = null
  }

  /** Keeps the last picture; resume() fetches the present again, as a live stream has no past to go on from. */
  private pause(): void {
    this.player?.close()
    this.player = null
  }

  private suspend(): void {
    if (!this.player) return
    this.pause()
    reportMedia(this.element, 'live-player', this.userId, 'statechange', {
      code: PLAY_CODE.SUSPENDED,
      message: 'suspended',
    })
  }

  private toggleMute(): void {
    this.mutedByContext = !this.mutedByContext
    this.mutedChanged()
  }

  private snapshot() {
    if (!this.picture) throw new Error('nothing is playing')
    return snapshotOf(this.picture)
  }

  /** A browser's small window shows a video only, which is what mode=live draws with. */
  private async openWindow(): Promise<void> {
    const { picture, element } = this
    if (!(picture instanceof HTMLVideoElement)) throw new Error('not supported in the playground while mode is RTC')
    await picture.requestPictureInPicture()
    element.triggerEvent('enterpictureinpicture', {})
    picture.addEventListener('leavepictureinpicture', () => element.triggerEvent('leavepictureinpicture', {}), {
      once: true,
    })
  }

  private place(picture: HTMLCanvasElement | HTMLVideoElement): void {
    picture.className = 'native-picture'
    this.picture?.remove()
    this.picture = picture
    hostOf(this.element).prepend(picture)
    this.fitChanged()
  }

  private settings(userId: string): PlayerSettings {
    const { data } = this.element
    return {
      userId,
      rtc: data.mode === 'RTC',
      muted: this.muted,
      minCache: Number(data.minCache),
      maxCache: Number(data.maxCache),
    }
  }
}

/** Tells the program that the element fills the screen, or no longer does. */
function watchFullScreen(element: NativeElement): () => void {
  let fullScreen = false
  const look = (): void => {
    const fills = document.fullscreenElement === hostOf(element)
    if (fills === fullScreen) return
    fullScreen = fills
    element.triggerEvent('fullscreenchange', { fullScreen, direction: 'vertical' })
  }
  document.addEventListener('fullscreenchange', look)
  return () => document.removeEventListener('fullscreenchange', look)
}

const players = new WeakMap<GeneralComponent, LivePlayer>()

export const livePlayer: NativeDefinition = {
  properties: {
    src: String,
    mode: { type: String, value: 'live' },
    autoplay: Boolean,
    muted: Boolean,
    orientation: { type: String, value: 'vertical' },
    objectFit: { type: String, value: 'contain' },
    backgroundMute: Boolean,
    minCache: { type: Number, value: 1 },
    maxCache: { type: Number, value: 3 },
    soundMode: { type: String, value: 'speaker' },
    autoPauseIfNavigate: { type: Boolean, value: true },
    autoPauseIfOpenNative: { type: Boolean, value: true },
    pictureInPictureMode: null,
    enableMetadata: Boolean,
    enableRecvMessage: Boolean,
    muteAudio: Boolean,
    muteVideo: Boolean,
    enableSystemPip: Boolean,
    enableAutoRotation: Boolean,
    enableCasting: Boolean,
    referrerPolicy: String,
    pictureInPictureInitPosition: String,
    debug: Boolean,
  },
  observers: {
    src() {
      players.get(this._$)?.srcChanged()
    },
    'muted, muteAudio'() {
      players.get(this._$)?.mutedChanged()
    },
    objectFit() {
      players.get(this._$)?.fitChanged()
    },
  },
  lifetimes: {
    attached() {
      players.set(this._$, new LivePlayer(this))
    },
    detached() {
      players.get(this._$)?.close()
    },
  },
}
