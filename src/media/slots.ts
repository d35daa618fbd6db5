import type { Stream } from '../model'

/**
 * Which stream sits in which slot. A stream that stays keeps its slot (and so its live-player); a leave empties a
 * slot; newcomers take the lowest empty one. With more streams than `capacity`, those shown already stay, then the
 * earliest come first. The list never gets shorter: setData cannot take an element away from an array by its path.
 */
export function assignSlots(
  slots: readonly (string | null)[],
  wanted: readonly Stream[],
  capacity: number,
): readonly (string | null)[] {
  const shownBefore = new Set(slots.filter((id): id is string => id !== null))
  const kept = wanted.filter((stream) => shownBefore.has(stream.streamId)).slice(0, capacity)
  const added = wanted.filter((stream) => !shownBefore.has(stream.streamId)).slice(0, capacity - kept.length)
  const keptIds = new Set(kept.map((stream) => stream.streamId))
  const next = slots.map((id) => (id !== null && keptIds.has(id) ? id : null))
  for (const { streamId } of added) {
    const empty = next.indexOf(null)
    if (empty < 0) next.push(streamId)
    else next[empty] = streamId
  }
  return next
}
