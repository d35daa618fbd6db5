import { RoomError, toRoomError } from '../../../src/errors'
import type { TagPhase } from '../../../src/media/media-state'
import { createPublisher, type Publisher } from '../../../src/media/publisher'
import type { Platform } from '../../../src/platform/platform'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import type { TagListener } from './media/desk-tags'
import { SCREEN_CONSTRAINTS, type ScreenPublisher } from './media/screen-tags'

export interface ScreenSharePort {
  /** Tells the server that one's auxiliary stream begins or ends. @returns where to publish it */
  share(on: boolean): Promise<string>
  /** One run of publishing it, in the way in which one publishes oneself at the moment. */
  publisher(track: MediaStreamTrack, listener: TagListener): ScreenPublisher
  changed(): void
  /** It has ended without anybody's wish. */
  failed(error: RoomError): void
}

/** One screen, from the browser's question which one to the end: by this page's button, or by the browser's own. */
interface Sharing {
  readonly track: MediaStreamTrack
  readonly picture: HTMLVideoElement
  readonly tag: Publisher
  run: ScreenPublisher | null
}

/** One's own screen as the auxiliary stream of a call; it comes back by itself as one's face does. */
export class ScreenShare {
  private sharing: Sharing | null = null
  private asking = false
  private closed = false

  constructor(
    private readonly platform: Platform,
    private readonly port: ScreenSharePort,
  ) {}

  /** Phones' browsers cannot. */
  static get isSupported(): boolean {
    return 'getDisplayMedia' in (navigator.mediaDevices ?? {})
  }

  get isOn(): boolean {
    return this.sharing !== null
  }

  /** null while nothing is shared */
  get phase(): TagPhase | null {
    const phase = this.sharing?.tag.phase
    return phase === 'idle' || phase === undefined ? null : phase
  }

  /** One's own view of it. */
  get picture(): HTMLVideoElement | null {
    return this.sharing?.picture ?? null
  }

  /** Asks the person which screen, and publishes it. Rejects with NOT_SUPPORTED, or CANCELLED when none was chosen. */
  async start(): Promise<void> {
    if (this.sharing || this.asking) return
    if (!ScreenShare.isSupported) throw new RoomError('NOT_SUPPORTED', 'This browser shares no screen')
    this.asking = true
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(SCREEN_CONSTRAINTS)
      const [track] = stream.getVideoTracks()
      if (!track) throw new RoomError('NOT_SUPPORTED', 'The screen has no picture')
      if (this.closed) return track.stop()
      this.begin(track, stream)
    } catch (thrown) {
      throw refusal(thrown)
    } finally {
      this.asking = false
    }
  }

  /** The screen is seen no more at once; the others are told as soon as the server can be. */
  stop(): void {
    if (!this.sharing) return
    const told = this.port.share(false).catch((error: unknown) => {
      this.platform.log('warn', 'The others could not be told that the screen is not shared any more', error)
    })
    const { sharing } = this
    this.sharing = null
    sharing.track.stop()
    // a stream that ends before the others know would look like a broken one to them
    void told.then(() => sharing.tag.destroy())
    this.port.changed()
  }

  /** The membership may have been lost and taken anew: the server hears again that there is a screen. */
  announce(): void {
    if (!this.sharing) return
    this.port.share(true).catch((error: unknown) => {
      this.platform.log('warn', 'The shared screen could not be announced again', error)
    })
  }

  /** The call is over; the server ends what belongs to a member by itself. */
  close(): void {
    this.closed = true
    const { sharing } = this
    this.sharing = null
    sharing?.track.stop()
    sharing?.tag.destroy()
  }

  private begin(track: MediaStreamTrack, stream: MediaStream): void {
    // text is worth more than motion
    track.contentHint = 'detail'
    const picture = document.createElement('video')
    Object.assign(picture, { srcObject: stream, muted: true, playsInline: true, autoplay: true })
    let url = ''
    const tag = createPublisher({
      platform: this.platform,
      policy: createDefaultPolicy(this.platform),
      url: () => this.port.share(true),
      setUrl: (next, done) => {
        url = next
        done()
      },
      context: {
        start: (options) => {
          this.run(sharing, url)
          options?.success?.()
          options?.complete?.()
        },
        stop: (options) => {
          sharing.run?.close()
          sharing.run = null
          options?.success?.()
          options?.complete?.()
        },
      },
    })
    const sharing: Sharing = { track, picture, tag, run: null }
    this.sharing = sharing
    tag.on('connected', () => this.port.changed())
    tag.on('reconnecting', () => this.port.changed())
    tag.on('reconnected', () => this.port.changed())
    tag.on('reconnectFail', (error) => this.fail(sharing, error))
    // the browser's own button, or the window that was shared is closed
    track.addEventListener('ended', () => {
      if (this.sharing === sharing) this.stop()
    })
    tag.start().catch(() => undefined)
    this.port.changed()
  }

  private run(sharing: Sharing, url: string): void {
    sharing.run?.close()
    const { tag } = sharing
    const run = this.port.publisher(sharing.track, {
      onCode: (code, message) => {
        if (sharing.run === run) tag.statechange({ detail: { code, message } })
      },
      onError: (code, message) => tag.pusherror({ detail: { errCode: code, errMsg: message } }),
      onNetStatus: (info) => tag.netstatuschange({ detail: { info } }),
    })
    sharing.run = run
    run.start(url)
  }

  private fail(sharing: Sharing, error: RoomError): void {
    if (this.sharing !== sharing) return
    this.stop()
    this.port.failed(error)
  }
}

/** The browser says NotAllowedError for a person who chose none as for a policy that forbids it. */
function refusal(thrown: unknown): RoomError {
  const isRefused = thrown instanceof DOMException && thrown.name === 'NotAllowedError'
  return isRefused ? new RoomError('CANCELLED', thrown.message) : toRoomError(thrown, 'NOT_SUPPORTED')
}
