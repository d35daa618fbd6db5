/** Nobody knows whether the operation was done: whoever asked has to ask again, with the same request id. */
export class StoreUnavailable extends Error {
  constructor(cause?: unknown) {
    super('The rooms are out of reach', { cause })
  }
}
