import type { Platform } from '../platform/platform'
import type { Unsubscribe } from '../util/emitter'

/** Tags report their volume several times a second; who is loudest is told at most once in this time. */
export const SPEAKER_MS = 500

/** Whose stream, '' = one's own, and its volume, 1-100; 0 = nobody is heard. */
type Loudest = readonly [streamId: string, volume: number]

const SILENCE: Loudest = ['', 0]

/** Finds out who speaks: the loudest of all tags. */
export class SpeakerMeter {
  private loudest = SILENCE
  private told = SILENCE
  private cancel: Unsubscribe | null = null

  /** `tell` hears the loudest of the last {@link SPEAKER_MS} when it differs from the one before. */
  constructor(
    private readonly platform: Pick<Platform, 'setTimer'>,
    private readonly tell: (...loudest: Loudest) => void,
  ) {}

  /** A tag's own report, 0-100. */
  note(streamId: string, volume: number): void {
    if (volume <= this.loudest[1]) return
    this.loudest = [streamId, volume]
    this.arm()
  }

  close(): void {
    this.cancel?.()
    this.cancel = null
  }

  private arm(): void {
    this.cancel ??= this.platform.setTimer(SPEAKER_MS, () => {
      const { loudest, told } = this
      this.cancel = null
      this.loudest = SILENCE
      this.told = loudest
      if (loudest[0] !== told[0] || loudest[1] !== told[1]) this.tell(...loudest)
      // a tag that falls silent may say nothing more
      if (loudest !== SILENCE) this.arm()
    })
  }
}
