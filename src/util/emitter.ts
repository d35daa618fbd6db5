/** Ends the listening. */
export type Unsubscribe = () => void
/** Is called with what an event tells. */
export type Listener<Args extends readonly unknown[]> = (...args: Args) => void

/** Events are a `name: [args]` map, facts in past tense. */
export interface EventSource<Events extends { [K in keyof Events]: readonly unknown[] }> {
  /** Listens until the returned function is called. */
  on<K extends keyof Events>(name: K, listener: Listener<Events[K]>): Unsubscribe
}

/**
 * A typed emitter whose `emit` survives a throwing listener: the others still hear the event, and the error goes to
 * `onListenerError` (a page's mistake must not break a call).
 */
export class TypedEmitter<Events extends { [K in keyof Events]: readonly unknown[] }> implements EventSource<Events> {
  private readonly listeners = new Set<readonly [name: keyof Events, listener: Listener<never>]>()

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  on<K extends keyof Events>(name: K, listener: Listener<Events[K]>): Unsubscribe {
    const entry = [name, listener as Listener<never>] as const
    this.listeners.add(entry)
    return () => void this.listeners.delete(entry)
  }

  emit<K extends keyof Events>(name: K, ...args: Events[K]): void {
    for (const [heard, listener] of [...this.listeners]) {
      try {
        if (heard === name) (listener as Listener<Events[K]>)(...args)
      } catch (error) {
        this.onListenerError(error)
      }
    }
  }

  /** Drops every listener: nothing is heard after it. */
  clear(): void {
    this.listeners.clear()
  }
}
