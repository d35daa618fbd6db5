/** Where a session stands. */
export type Phase = 'idle' | 'joining' | 'joined' | 'reconnecting' | 'leaving' | 'closed'

/** Which phase may follow which: the room takes no other way. */
export const NEXT_PHASES: Readonly<Record<Phase, readonly Phase[]>> = {
  idle: ['joining'],
  joining: ['joined', 'leaving', 'closed'],
  joined: ['reconnecting', 'leaving', 'closed'],
  reconnecting: ['joined', 'leaving', 'closed'],
  leaving: ['joining', 'closed'],
  closed: ['joining'],
}

export function mayFollow(from: Phase, to: Phase): boolean {
  return NEXT_PHASES[from].includes(to)
}
