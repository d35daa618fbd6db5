/** A native event of a tag, as the component hands it in: nothing is classified yet. */
export interface RawMediaEvent {
  readonly target: 'publisher' | { readonly streamId: string }
  readonly type: 'statechange' | 'netstatus' | 'error' | 'volume'
  readonly code?: number
  readonly message?: string
  /** volume: 0-100 */
  readonly volume?: number
  /** netstatus: the `info` object of the event */
  readonly info?: Readonly<Record<string, unknown>>
}
