import { diffData } from './diff-data'
import type { ViewPatch } from './diff-data'
import type { RoomView } from './room-view'

/** The smallest payload for setData that turns `prev` into `next`; {} = nothing to do. Keys are paths of `view`. */
export function diffView(prev: RoomView, next: RoomView): ViewPatch {
  return diffData({ view: prev }, { view: next })
}
