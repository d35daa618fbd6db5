import type { Platform } from '../platform/platform'
import type { Unsubscribe } from '../util/emitter'

/** Tags report their volume several times a second; who is loudest is told at most once in this time. */
export const SPEAKER_MS = 500

/** `streamId` null = oneself; volume 1-100. */
interface Loudest {
  readonly streamId: string | null
  readonly volume: number
}

/** Finds out who speaks: the loudest of all tags. */
export class SpeakerMeter {
  private loudest: Loudest | null = null
  private told: Loudest | null = null
  private cancel: Unsubscribe | null = null

  /** `tell` hears the loudest of the last {@link SPEAKER_MS} when it differs from the one before; null = silence. */
  constructor(
    private readonly platform: Pick<Platform, 'setTimer'>,
    private readonly tell: (loudest: Loudest | null) => void,
  ) {}

  /** A tag's own report, 0-100. */
  note(streamId: string | null, volume: number): void {
    if (volume <= (this.loudest?.volume ?? 0)) return
    this.loudest = { streamId, volume }
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
      this.loudest = null
      this.told = loudest
      if (loudest?.streamId !== told?.streamId || loudest?.volume !== told?.volume) this.tell(loudest)
      // a tag that falls silent may say nothing more
      if (loudest) this.arm()
    })
  }
}
