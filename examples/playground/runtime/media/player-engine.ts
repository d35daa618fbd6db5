/** What one attempt at playing tells; the player above it decides about retries. */
export interface EngineEvents {
  onCode(code: number, message: string): void
  /** The stream or the connection ended; nothing follows. */
  onLost(reason: string): void
  onBytes(count: number): void
  /** A picture stands on the screen. */
  onDrawn(): void
}

export interface EngineStatistics {
  /** drawn since the start */
  readonly frames: number
  /** media received but not yet played, ms */
  readonly cacheMs: number
  readonly width: number
  readonly height: number
  /** mean deviation between the arrivals of frames and their timestamps, ms */
  readonly jitterMs: number
}

/** One way to get a stream onto the screen; used for one attempt and thrown away. */
export interface PlayerEngine {
  readonly picture: HTMLCanvasElement | HTMLVideoElement
  statistics(): EngineStatistics
  setMuted(muted: boolean): void
  /** What is heard, for whoever records or measures it; null while there is none, or where it cannot be had. */
  sound(): MediaStream | null
  /** Releases everything; no event follows. */
  close(): void
}
