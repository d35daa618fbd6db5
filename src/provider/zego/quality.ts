import type { BarCount } from '../../media/quality'
import type { ZegoStats } from './engine'

/** Index = ZEGO's level: 0 excellent, 1 good, 2 middling, 3 bad, 4 dead. */
const BARS: readonly BarCount[] = [4, 3, 2, 1, 0]

/** The worse of sound and picture counts; -1 when neither is known. */
export function barsOfZego({ audio, video }: ZegoStats): BarCount {
  return BARS[Math.max(audio.audioQuality, video.videoQuality)] ?? -1
}
