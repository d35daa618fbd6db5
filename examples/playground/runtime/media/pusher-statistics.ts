import type { FlvUplink } from './flv-uplink'

/** live-pusher's netstatus: kbit/s, frames per second, ms. */
export interface PusherInfo extends Record<string, number> {
  videoBitrate: number
  audioBitrate: number
  videoFPS: number
  /** seconds between key frames */
  videoGOP: number
  netSpeed: number
  netJitter: number
  /** 1 best … 6 no connection */
  netQualityLevel: number
  videoWidth: number
  videoHeight: number
}

/** ms of media waiting to be sent, up to which a level holds: level 1 below the first, 5 above the last */
const LEVEL_BACKLOG_MS = [80, 250, 600, 1500]

/** Figures over the time since they were last asked for. */
export class PusherStatistics {
  private last = { videoBytes: 0, audioBytes: 0, frames: 0, keyFrames: 0 }
  private lastAt = performance.now()

  constructor(
    private readonly uplink: FlvUplink,
    private readonly width: number,
    private readonly height: number,
  ) {}

  next(): PusherInfo {
    const now = performance.now()
    const seconds = Math.max(0.001, (now - this.lastAt) / 1000)
    const { videoBytes, audioBytes, frames, keyFrames } = this.uplink.sent
    const kbps = (bytes: number): number => Math.round((bytes * 8) / 1000 / seconds)
    const videoBitrate = kbps(videoBytes - this.last.videoBytes)
    const audioBitrate = kbps(audioBytes - this.last.audioBytes)
    const info = {
      videoBitrate,
      audioBitrate,
      videoFPS: Math.round((frames - this.last.frames) / seconds),
      videoGOP: Math.round((seconds / Math.max(1, keyFrames - this.last.keyFrames)) * 10) / 10,
      netSpeed: videoBitrate + audioBitrate,
      netJitter: 0,
      netQualityLevel: this.quality(videoBitrate + audioBitrate),
      videoWidth: this.width,
      videoHeight: this.height,
    }
    this.last = { videoBytes, audioBytes, frames, keyFrames }
    this.lastAt = now
    return info
  }

  private quality(kbps: number): number {
    if (kbps === 0) return 6
    const backlogMs = (this.uplink.backlogBytes * 8) / kbps
    const level = LEVEL_BACKLOG_MS.findIndex((limit) => backlogMs < limit)
    return level === -1 ? LEVEL_BACKLOG_MS.length + 1 : level + 1
  }
}
