import type { PlayerEngine } from './player-engine'

/** live-player's netstatus: kbit/s, frames per second, ms. */
export interface PlayerInfo extends Record<string, number> {
  videoBitrate: number
  audioBitrate: number
  videoFPS: number
  netSpeed: number
  netJitter: number
  /** 1 best … 6 no connection */
  netQualityLevel: number
  videoWidth: number
  videoHeight: number
  videoCache: number
  audioCache: number
}

/** jitter in ms up to which a level holds: level 1 below the first, 5 above the last */
const LEVEL_JITTER_MS = [30, 60, 120, 300]
/** what the playground's publishers spend on sound, kbit/s; FLV bytes are not counted by kind */
const AUDIO_KBPS = 48

/** Figures over the time since they were last asked for. */
export class PlayerStatistics {
  private bytes = 0
  private framesBefore = 0
  private lastAt = performance.now()
  private lastEngine: PlayerEngine | null = null

  received(bytes: number): void {
    this.bytes += bytes
  }

  next(engine: PlayerEngine | null): PlayerInfo {
    const now = performance.now()
    const seconds = Math.max(0.001, (now - this.lastAt) / 1000)
    const { frames = 0, cacheMs = 0, width = 0, height = 0, jitterMs = 0 } = engine?.statistics() ?? {}
    if (engine !== this.lastEngine) this.framesBefore = 0
    const netSpeed = Math.round((this.bytes * 8) / 1000 / seconds)
    const audioBitrate = Math.min(AUDIO_KBPS, netSpeed)
    const info = {
      videoBitrate: netSpeed - audioBitrate,
      audioBitrate,
      videoFPS: Math.round((frames - this.framesBefore) / seconds),
      netSpeed,
      netJitter: Math.round(jitterMs),
      netQualityLevel: quality(netSpeed, jitterMs),
      videoWidth: width,
      videoHeight: height,
      videoCache: Math.round(cacheMs),
      audioCache: Math.round(cacheMs),
    }
    this.bytes = 0
    this.framesBefore = frames
    this.lastAt = now
    this.lastEngine = engine
    return info
  }
}

function quality(netSpeed: number, jitterMs: number): number {
  if (netSpeed === 0) return 6
  const level = LEVEL_JITTER_MS.findIndex((limit) => jitterMs < limit)
  return level === -1 ? LEVEL_JITTER_MS.length + 1 : level + 1
}
