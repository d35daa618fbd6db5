import type { Stream } from '../model'
import type { RoomState } from './room-state'

/**
 * The streams one should be playing. In a broadcast the audience plays the live streams, seconds behind; whoever
 * publishes, the presenter or a linked guest, plays the low-latency ones, because one talks with the others. A small
 * picture stands in for the main one where there is no other.
 */
export function wantedStreams({ roster, role, live }: RoomState): Stream[] {
  const link = live?.own.phase
  const avoided = live && role === 'audience' && link !== 'linking' && link !== 'on' ? 'main' : 'live'
  const wanted: Stream[] = []
  for (const { streams } of roster.values()) {
    const hasMain = streams.some(({ kind }) => kind === 'main')
    wanted.push(...streams.filter(({ kind }) => kind !== avoided && !(kind === 'small' && hasMain)))
  }
  return wanted
}
