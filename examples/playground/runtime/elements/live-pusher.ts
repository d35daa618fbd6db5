import type { GeneralComponent } from 'glass-easel'
import { Publisher, type PublisherSettings } from '../media/publisher'
import { CaptureRefused } from '../media/capture'
import { loadMusic } from '../media/music-loader'
import { PUSH_CODE, PUSH_ERROR } from '../media/native-codes'
import { SoundMix } from '../media/sound-mix'
import { flvSocketUrl, userIdOf } from '../network'
import type { PhoneMediaEvent } from '../phone-channel'
import { hub } from '../phone-hub'
import { livePusherProperties } from './live-pusher-properties'
import { registerMediaCommands } from './media-commands'
import { hostOf, type NativeDefinition, type NativeElement } from './native-element'
import { reportMedia } from './report-media'
import { snapshotOf } from './snapshot'
import { soundCommands } from './sound-commands'

/** Short side of the picture, px. */
const SHORT_SIDE: Record<string, number> = { RTC: 360, SD: 360, HD: 540, FHD: 720 }
const GOP_SECONDS = { RTC: 1, other: 3 }

/** The element's behaviour; the definition below only forwards to it. */
class LivePusher {
  private publisher: Publisher | null = null
  private facing: 'front' | 'back' = 'front'
  private readonly forgets: (() => void)[]

  constructor(private readonly element: NativeElement) {
    this.facing = element.data.devicePosition === 'back' ? 'back' : 'front'
    // by script: a class of the template would get the element's style scope
    this.preview.className = 'native-picture'
    // fetched while the room is being joined, so that start() does not wait for it
    void import('../media/sound-encoder')
    this.forgets = [
      hub.on('foregroundChanged', (foreground) => {
        if (!foreground) this.suspend()
      }),
      hub.on('faultChanged', (fault, on) => {
        if (fault === 'camera' && on) this.publisher?.refuseCamera()
      }),
    ]
    registerMediaCommands(element._$, {
      start: () => this.start(),
      stop: () => this.stop(),
      pause: () => this.publisher?.setPaused(true),
      resume: () => this.publisher?.setPaused(false),
      startPreview: () => this.startPreview(),
      stopPreview: () => this.stop(),
      switchCamera: () => this.switchCamera(),
      snapshot: () => snapshotOf(this.preview),
      toggleTorch: () => this.running().toggleTorch(),
      ...soundCommands(() => this.running().soundMix()),
    })
    if (element.data.autopush && element.data.url) this.start()
  }

  urlChanged(): void {
    this.preview.dataset.userId = this.userId
    if (this.element.data.autopush && this.element.data.url && !this.publisher?.publishing) this.start()
  }

  cameraChanged(): void {
    this.publisher?.setCamera(Boolean(this.element.data.enableCamera)).catch(() => {})
  }

  close(): void {
    for (const forget of this.forgets) forget()
    this.stop()
  }

  private get preview(): HTMLCanvasElement {
    const canvas = hostOf(this.element).querySelector('canvas')
    if (!canvas) throw new Error('the template has a canvas')
    return canvas
  }

  private get userId(): string {
    return userIdOf(String(this.element.data.url))
  }

  /** Answers at once, like WeChat's: what happens to the devices and the stream comes as codes. */
  private start(): void {
    const url = flvSocketUrl(String(this.element.data.url))
    if (!url) throw new Error('invalid url')
    if (this.publisher?.publishing) return
    const publisher = this.publisher ?? this.newPublisher()
    publisher.start(url).catch((error: unknown) => hub.log('warn', `live-pusher: ${(error as Error).message}`))
  }

  private startPreview(): void {
    const publisher = this.publisher ?? this.newPublisher()
    publisher.startPreview().catch((error: unknown) => {
      hub.log('warn', `live-pusher: ${(error as Error).message}`)
      if (error instanceof CaptureRefused && this.publisher === publisher) this.refusePreview(error)
    })
  }

  /** A preview that cannot be had ends, with the codes that tell why: a start tells them by itself. */
  private refusePreview({ byPerson, message }: CaptureRefused): void {
    this.stop()
    if (byPerson) this.report('error', { errCode: PUSH_ERROR.CAMERA_REFUSED, errMsg: message })
    this.report('statechange', { code: PUSH_CODE.CAMERA_FAILED, message })
  }

  private report(event: PhoneMediaEvent['event'], detail: object): void {
    reportMedia(this.element, 'live-pusher', this.userId, event, detail)
  }

  private running(): Publisher {
    if (!this.publisher) throw new Error('not started')
    return this.publisher
  }

  private stop(): void {
    this.publisher?.close()
    this.publisher = null
  }

  /** What WeChat does to a mini program in the background: the stream ends, and nobody but the program starts it again. */
  private suspend(): void {
    if (!this.publisher) return
    this.stop()
    reportMedia(this.element, 'live-pusher', this.userId, 'statechange', {
      code: PUSH_CODE.SUSPENDED,
      message: 'suspended',
    })
  }

  /** There is one camera here: its other side is the same picture, seen unmirrored. */
  private switchCamera(): void {
    this.facing = this.facing === 'front' ? 'back' : 'front'
  }

  private newPublisher(): Publisher {
    this.preview.dataset.userId = this.userId
    const publisher: Publisher = new Publisher(
      this.preview,
      () => this.settings(),
      {
        onCode: (code, message) => this.report('statechange', { code, message }),
        onError: (errCode, errMsg) => this.report('error', { errCode, errMsg }),
        onNetStatus: (info) => this.report('netstatus', { info }),
        onPublished: (ms) => hub.report({ type: 'measure', name: 'startToPublished', userId: this.userId, ms }),
        onEnded: () => {
          if (this.publisher === publisher) this.publisher = null
        },
      },
      this.newMix(),
    )
    this.publisher = publisher
    return publisher
  }

  /** Of one run: WeChat promises no music beyond a stop, so that whoever wants it again plays it again. */
  private newMix(): SoundMix {
    return new SoundMix(loadMusic, {
      onStart: () => this.report('bgmstart', {}),
      // too often for the log of the page around the phone
      onProgress: (progress, duration) => this.element.triggerEvent('bgmprogress', { progress, duration }),
      onComplete: () => this.report('bgmcomplete', {}),
      onFailed: (errMsg) => this.report('error', { errCode: PUSH_ERROR.MUSIC_FAILED, errMsg }),
    })
  }

  private settings(): PublisherSettings {
    const { data } = this.element
    const short = SHORT_SIDE[String(data.mode)] ?? 360
    const long = data.aspect === '3:4' ? (short * 4) / 3 : (short * 16) / 9
    const lying = data.orientation === 'horizontal'
    const front = this.facing === 'front'
    return {
      userId: this.userId,
      width: lying ? long : short,
      height: lying ? short : long,
      camera: Boolean(data.enableCamera),
      microphone: Boolean(data.enableMic),
      muted: Boolean(data.muted),
      beauty: Number(data.beauty),
      whiteness: Number(data.whiteness),
      mirrored: Boolean(data.mirror) || Boolean(data.remoteMirror),
      previewMirrored: data.localMirror === 'enable' || (data.localMirror !== 'disable' && front),
      gopSeconds: data.mode === 'RTC' ? GOP_SECONDS.RTC : GOP_SECONDS.other,
      minBitrate: Number(data.minBitrate),
      maxBitrate: Number(data.maxBitrate),
    }
  }
}

const pushers = new WeakMap<GeneralComponent, LivePusher>()

export const livePusher: NativeDefinition = {
  properties: livePusherProperties,
  observers: {
    url() {
      pushers.get(this._$)?.urlChanged()
    },
    enableCamera() {
      pushers.get(this._$)?.cameraChanged()
    },
  },
  lifetimes: {
    attached() {
      const pusher = new LivePusher(this)
      pushers.set(this._$, pusher)
      pusher.urlChanged()
    },
    detached() {
      pushers.get(this._$)?.close()
    },
  },
}
