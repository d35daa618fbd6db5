import { BackgroundMusic, type Music, type MusicListener, type MusicSpan, type SoundFormat } from './background-music'

/** Fetches and decodes; rejects with what is wrong, and when it is aborted. */
export type LoadMusic = (url: string, signal: AbortSignal) => Promise<Music>

/** A run's sound: the microphone and the music, each with a volume of its own, 0 to 1. A new run begins with both at 1. */
export class SoundMix {
  private readonly volumes = { microphone: 1, music: 1 }
  private music: BackgroundMusic | null = null
  private loading: AbortController | null = null
  private paused = false

  constructor(
    private readonly load: LoadMusic,
    private readonly listener: Partial<MusicListener> = {},
  ) {}

  setVolume(of: 'microphone' | 'music', volume: number): void {
    this.volumes[of] = Math.min(1, Math.max(0, volume))
  }

  /** Takes the place of other music. Answers when it is there to be mixed; rejects when it cannot be, or was stopped first. */
  async play(url: string, span: MusicSpan = {}): Promise<void> {
    this.stop()
    const loading = new AbortController()
    this.loading = loading
    try {
      const music = await this.load(url, loading.signal)
      if (!loading.signal.aborted) this.music = new BackgroundMusic(music, span, this.listener)
    } catch (error) {
      if (!loading.signal.aborted) {
        this.listener.onFailed?.((error as Error).message)
        throw error
      }
    } finally {
      if (this.loading === loading) this.loading = null
    }
    if (loading.signal.aborted) throw new Error('stopped before the music was loaded')
  }

  /** Throws when there is no music. */
  pause(): void {
    this.requireMusic()
    this.paused = true
  }

  /** Throws when there is no music. */
  resume(): void {
    this.requireMusic()
    this.paused = false
  }

  /** Ends the music before its time: nobody is told that it is complete. Idempotent. */
  stop(): void {
    this.loading?.abort()
    this.loading = null
    this.music = null
    this.paused = false
  }

  /** Makes interleaved samples of the microphone what is sent. `muted` silences the microphone alone. */
  apply(samples: Float32Array, format: SoundFormat, muted: boolean): void {
    const { microphone, music: musicVolume } = this.volumes
    const gain = muted ? 0 : microphone
    if (gain !== 1)
      for (let index = 0; index < samples.length; index += 1) samples[index] = (samples[index] ?? 0) * gain
    const { music } = this
    if (!music || this.paused) return
    music.mixInto(samples, format, musicVolume)
    for (let index = 0; index < samples.length; index += 1)
      samples[index] = Math.min(1, Math.max(-1, samples[index] ?? 0))
    if (!music.isOver || this.music !== music) return
    this.music = null
    this.listener.onComplete?.()
  }

  private requireMusic(): void {
    if (!this.music && !this.loading) throw new Error('no music is playing')
  }
}
