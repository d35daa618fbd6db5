/** A pure state machine: time and chance come in as events, everything to be done comes out as effects. */
export type Step<State, Event, Effect> = (state: State, event: Event) => readonly [State, readonly Effect[]]
