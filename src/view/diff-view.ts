import type { EmptySlot, PlayerView, RoomView } from './room-view'

/** A payload for setData: path → value. */
export type ViewPatch = Record<string, unknown>

type Fields = Readonly<Record<string, unknown>>

/**
 * The smallest payload for setData that turns `prev` into `next`; {} = nothing to do. Keys are paths below `view`.
 * A part of which much has changed is sent whole when that is shorter than its single paths.
 */
export function diffView(prev: RoomView, next: RoomView): ViewPatch {
  const { publisher: prevPublisher, players: prevPlayers, ...prevRest } = prev
  const { publisher, players, ...rest } = next
  const patch = changedFields('view', prevRest, rest)
  addShorter(patch, 'view.publisher', { ...prevPublisher }, { ...publisher })
  addPlayers(patch, prevPlayers, players)
  return patch
}

type Slot = PlayerView | EmptySlot

/** A slot that is still the same object has not changed. */
function addPlayers(patch: ViewPatch, prev: readonly Slot[], next: readonly Slot[]): void {
  // setData cannot take elements away by path; the list only gets shorter when a room ends
  if (next.length < prev.length) {
    patch['view.players'] = next
    return
  }
  next.forEach((slot, index) => {
    const before = prev[index]
    if (slot === before) return
    const path = `view.players[${index}]`
    if (before) addShorter(patch, path, { ...before }, { ...slot })
    else patch[path] = slot
  })
}

function addShorter(patch: ViewPatch, path: string, prev: Fields, next: Fields): void {
  const single = changedFields(path, prev, next)
  // setData cannot remove a field, and null reads the same in WXML
  for (const key of Object.keys(prev)) if (!(key in next)) single[`${path}.${key}`] = null
  if (Object.keys(single).length === 0) return
  const whole = { [path]: next }
  Object.assign(patch, size(whole) < size(single) ? whole : single)
}

function changedFields(path: string, prev: Fields, next: Fields): ViewPatch {
  const patch: ViewPatch = {}
  for (const key of Object.keys(next)) if (!isSame(prev[key], next[key])) patch[`${path}.${key}`] = next[key]
  return patch
}

/** Values are JSON: a small object such as the notice is sent whole when anything in it differs. */
function isSame(before: unknown, after: unknown): boolean {
  return before === after || (typeof after === 'object' && JSON.stringify(before) === JSON.stringify(after))
}

function size(patch: ViewPatch): number {
  return JSON.stringify(patch).length
}
