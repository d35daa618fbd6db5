import type { Unsubscribe } from '../../util/emitter'
import type { ZegoEngine, ZegoEvents } from './engine'

/** Registers them all. An engine tells of every room it is in, so that each listener has to look at the room's id. */
export function listenTo(engine: ZegoEngine, listeners: Partial<ZegoEvents>): Unsubscribe {
  const entries = Object.entries(listeners) as [keyof ZegoEvents, ZegoEvents[keyof ZegoEvents]][]
  for (const [name, listener] of entries) engine.on(name, listener)
  return () => entries.forEach(([name, listener]) => engine.off(name, listener))
}
