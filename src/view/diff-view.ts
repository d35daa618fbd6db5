import type { EmptySlot, PlayerView, RoomView } from './room-view'

/** A payload for setData: path → value. */
export type ViewPatch = Record<string, unknown>

type Fields = Readonly<Record<string, unknown>>

/**
 * The smallest payload for setData that turns `prev` into `next`; {} = nothing to do. Keys are paths below `view`.
 * A part of which much has changed is sent whole when that is shorter than its single paths.
 */
export function diffView(prev: RoomView, next: RoomView): ViewPatch {
  const {
    publisher: prevPublisher,
    players: prevPlayers,
    notice: prevNotice,
    playback: prevPlayback,
    ...prevRest
  } = prev
  const { publisher, players, notice, playback, ...rest } = next
  const patch = changedFields('view', prevRest, rest)
  if (JSON.stringify(prevNotice) !== JSON.stringify(notice)) patch['view.notice'] = notice
  if (JSON.stringify(prevPlayback) !== JSON.stringify(playback)) patch['view.playback'] = playback
  Object.assign(patch, shorter('view.publisher', { ...prevPublisher }, { ...publisher }))
  return Object.assign(patch, diffPlayers(prevPlayers, players))
}

type Slot = PlayerView | EmptySlot

function diffPlayers(prev: readonly Slot[], next: readonly Slot[]): ViewPatch {
  // setData cannot take elements away by path; the list only gets shorter when a room ends
  if (next.length < prev.length) return { 'view.players': next }
  const patch: ViewPatch = {}
  next.forEach((slot, index) => {
    const path = `view.players[${index}]`
    const before = prev[index]
    if (!before) patch[path] = slot
    else Object.assign(patch, shorter(path, { ...before }, { ...slot }))
  })
  return patch
}

function shorter(path: string, prev: Fields, next: Fields): ViewPatch {
  const single = changedFields(path, prev, next)
  // setData cannot remove a field, and null reads the same in WXML
  for (const key of Object.keys(prev)) if (!(key in next)) single[`${path}.${key}`] = null
  const whole = { [path]: next }
  return size(whole) < size(single) ? whole : single
}

function changedFields(path: string, prev: Fields, next: Fields): ViewPatch {
  const patch: ViewPatch = {}
  for (const key of Object.keys(next)) if (prev[key] !== next[key]) patch[`${path}.${key}`] = next[key]
  return patch
}

function size(patch: ViewPatch): number {
  return JSON.stringify(patch).length
}
