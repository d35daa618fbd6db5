import type { Log } from '../platform/platform'

/** How a fresh URL reaches the tag, and who restarts it then. */
export type UrlDelivery =
  | {
      /** Sets the tag's URL and calls `done` from setData's callback: `(url, done) => this.setData({ url }, done)`. */
      setUrl(url: string, done: () => void): void
      /** In `done` the tag is stopped and started. true unless told. */
      readonly autoRestart?: true
    }
  | {
      /** Without it the page sets the URL itself: before the first start, and on `reconnectReady`. */
      setUrl?(url: string, done: () => void): void
      /** The tag waits on `reconnectReady` for the page to call start() or play(), which stops and starts it. */
      readonly autoRestart: false
    }

export interface Handover {
  readonly url: string
  /** A first start never waits for the page. */
  readonly isRetry: boolean
  /** The URL of a retry is on the page. */
  ready(): void
  start(): void
}

/** Brings URLs to the page one at a time: what is overtaken, or called back twice, is dropped. */
export class UrlHandover {
  /** Rises with every URL and every end. */
  private current = 0
  private waiting: (() => void) | null = null

  constructor(
    private readonly delivery: UrlDelivery,
    private readonly log: Log,
  ) {}

  /** A fresh URL is on the page, which has yet to start the tag. */
  get isWaiting(): boolean {
    return this.waiting !== null
  }

  begin({ url, isRetry, ready, start }: Handover): void {
    this.cancel()
    const { current, delivery } = this
    const done = (): void => {
      if (current !== this.current) return
      this.cancel()
      if (!isRetry) return start()
      if (delivery.autoRestart === false) this.waiting = start
      ready()
      if (delivery.autoRestart !== false) start()
    }
    if (!delivery.setUrl) return done()
    try {
      delivery.setUrl(url, done)
    } catch (mistake) {
      // the tag is tried again when nothing is heard of it
      this.log('error', 'setUrl threw', mistake)
    }
  }

  /** The page has called for the start that waits for it. */
  resume(): void {
    const { waiting } = this
    this.waiting = null
    waiting?.()
  }

  cancel(): void {
    this.current += 1
    this.waiting = null
  }
}
