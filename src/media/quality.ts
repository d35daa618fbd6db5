/** Network bars: 0 (none) to 4 (best); -1 = not known, no bars. */
export type BarCount = -1 | 0 | 1 | 2 | 3 | 4

/** The `info` of a netstatus event. */
export type NetInfo = Readonly<Record<string, unknown>>

/** Bars for the platform's netQualityLevel, from 1, the best, to 6, unusable. */
const BARS_BY_LEVEL: readonly BarCount[] = [4, 4, 3, 2, 1, 0]
/** Jitter in ms above which a bar is lost, for platforms without netQualityLevel. */
const JITTER_STEPS_MS: readonly number[] = [60, 150, 300]

function figure(info: NetInfo, name: string): number {
  const value = info[name]
  return Number.isFinite(value) ? (value as number) : 0
}

/** Bars from one netstatus `info` of either tag. */
export function barsOf(info: NetInfo): BarCount {
  const byLevel = BARS_BY_LEVEL[figure(info, 'netQualityLevel') - 1]
  if (byLevel !== undefined) return byLevel
  if (figure(info, 'netSpeed') <= 0) return 0
  const jitter = figure(info, 'netJitter')
  return (4 - JITTER_STEPS_MS.filter((step) => jitter > step).length) as BarCount
}

/** The figures of one netstatus as the debug line of a tile shows them. Neither tag measures a round trip: jitter is what they have. */
export function figuresOf(info: NetInfo): string {
  const kbps = Math.round(figure(info, 'videoBitrate') + figure(info, 'audioBitrate'))
  const size = `${figure(info, 'videoWidth')}×${figure(info, 'videoHeight')}`
  const jitter = figure(info, 'netJitter')
  const late = jitter > 0 ? ` · jitter ${Math.round(jitter)} ms` : ''
  return `${size} · ${Math.round(figure(info, 'videoFPS'))} fps · ${kbps} kbps${late}`
}
