import type { Stream } from '../model'

/**
 * Which stream sits in which slot; `slots` are those shown before, by streamId. A stream that stays keeps its slot (and so
 * its live-player); a leave empties a slot; newcomers take the lowest empty one. With more streams than `capacity`, those
 * shown already stay, then the earliest come first. The list never gets shorter: setData cannot take an element away
 * from an array by its path.
 */
export function assignSlots(
  slots: readonly (string | undefined)[],
  wanted: readonly Stream[],
  capacity: number,
): readonly (Stream | undefined)[] {
  const isShown = ({ streamId }: Stream): boolean => slots.includes(streamId)
  const shown = [...wanted.filter(isShown), ...wanted.filter((stream) => !isShown(stream))].slice(0, capacity)
  const next = slots.map((id) => shown.find(({ streamId }) => streamId === id))
  for (const stream of shown) {
    if (next.some((seated) => seated?.streamId === stream.streamId)) continue
    const empty = next.indexOf(undefined)
    next[empty < 0 ? next.length : empty] = stream
  }
  return next
}
