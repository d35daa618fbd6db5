import { hub } from '../phone-hub'
import { SITE_BASE } from '../network'

type Listener = (detail?: object) => void

/** wx.createInnerAudioContext() over the browser's audio: sounds of the package and of servers. */
export function innerAudioApi() {
  return { createInnerAudioContext: () => new InnerAudio() }
}

class InnerAudio {
  private readonly audio = new Audio()
  private readonly forget = hub.on('foregroundChanged', (foreground) => !foreground && this.pause())

  get src(): string {
    return this.audio.src
  }

  /** A path that begins with a slash is a file of the package. */
  set src(src: string) {
    this.audio.src = src.startsWith('/') ? `${SITE_BASE}${src}` : src
  }

  get volume(): number {
    return this.audio.volume
  }

  set volume(volume: number) {
    this.audio.volume = volume
  }

  get loop(): boolean {
    return this.audio.loop
  }

  set loop(loop: boolean) {
    this.audio.loop = loop
  }

  get paused(): boolean {
    return this.audio.paused
  }

  get duration(): number {
    return this.audio.duration || 0
  }

  get currentTime(): number {
    return this.audio.currentTime
  }

  // what refuses to play says so by its error event
  play = (): void => void this.audio.play().catch((error: Error) => this.refuse(error))
  pause = (): void => this.audio.pause()
  stop = (): void => {
    this.audio.pause()
    this.audio.currentTime = 0
    this.audio.dispatchEvent(new Event('stop'))
  }
  destroy = (): void => {
    this.forget()
    this.audio.pause()
    this.audio.removeAttribute('src')
  }

  onPlay = (listener: Listener): void => this.listen('playing', listener)
  onPause = (listener: Listener): void => this.listen('pause', listener)
  onStop = (listener: Listener): void => this.listen('stop', listener)
  onEnded = (listener: Listener): void => this.listen('ended', listener)
  onTimeUpdate = (listener: Listener): void => this.listen('timeupdate', listener)
  onError = (listener: Listener): void => {
    this.audio.addEventListener('error', () => {
      const { message = '' } = this.audio.error ?? {}
      listener({ errCode: 10002, errMsg: message || 'the sound cannot be loaded' })
    })
    this.audio.addEventListener('refused', (event) =>
      listener({ errCode: -1, errMsg: String((event as CustomEvent).detail) }),
    )
  }

  private listen(name: string, listener: Listener): void {
    this.audio.addEventListener(name, () => listener({}))
  }

  /** The browser wants a gesture first, or it was stopped before it began, which is no error. */
  private refuse({ name, message }: Error): void {
    if (name === 'NotAllowedError') this.audio.dispatchEvent(new CustomEvent('refused', { detail: message }))
  }
}
