import type { NetInfo, TagPhase } from 'roomlet/media'
import type { TagWord } from './tag-words'

export type TagKind = 'push' | 'play'
export type ShownPhase = TagPhase | 'idle'
/** Class of the dot: on = it runs, warn = it is on its way, bad = it has ended without being asked to. */
export type Tone = '' | 'on' | 'warn' | 'bad'

const LOOKS: Readonly<Record<Exclude<ShownPhase, 'running'>, readonly [Tone, TagWord]>> = {
  idle: ['', 'phaseIdle'],
  held: ['', 'phaseIdle'],
  starting: ['warn', 'phaseStarting'],
  stalled: ['warn', 'phaseStalled'],
  retrying: ['warn', 'phaseRetrying'],
  suspended: ['warn', 'phaseSuspended'],
  failed: ['bad', 'phaseFailed'],
}

/** How a phase is shown. */
export function lookOf(kind: TagKind, phase: ShownPhase): { readonly tone: Tone; readonly word: TagWord } {
  if (phase === 'running') return { tone: 'on', word: kind === 'push' ? 'pushRunning' : 'playRunning' }
  const [tone, word] = LOOKS[phase]
  return { tone, word }
}

/** What a tag's netstatus says, as texts; – = not known. */
export interface Figures {
  /** kbit/s, sound included */
  readonly bitrate: string
  /** pictures in a second */
  readonly frames: string
  /** px */
  readonly size: string
  /** ms that a player has in store */
  readonly cache: string
}

export const NO_FIGURES: Figures = { bitrate: '–', frames: '–', size: '–', cache: '–' }

export function figuresOf(info: NetInfo): Figures {
  const figure = (name: string): number => Math.round(Number(info[name] ?? 0)) || 0
  const [width, height] = [figure('videoWidth'), figure('videoHeight')]
  return {
    bitrate: String(figure('videoBitrate') + figure('audioBitrate')),
    frames: String(figure('videoFPS')),
    size: width > 0 && height > 0 ? `${width}×${height}` : '–',
    cache: info.videoCache === undefined ? '–' : String(figure('videoCache')),
  }
}
