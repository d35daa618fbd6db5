/** What a call waits for: the component's `ready`, and the user who is asked for camera and microphone. */
export class StartGate {
  private ready = false
  private waiting: (() => void)[] = []
  /** A start that is on its way through. */
  private held: Promise<void> | null = null
  private asking: Promise<void> | null = null

  /** `ask` rejects with what the user refuses. */
  constructor(private readonly ask: (camera: boolean) => Promise<void>) {}

  get isReady(): boolean {
    return this.ready
  }

  /** Nobody has to wait. */
  get isOpen(): boolean {
    return this.ready && !this.held
  }

  markReady(): void {
    this.ready = true
    this.waiting.splice(0).forEach((go) => go())
  }

  /** Resolves after `ready` and `prepare`; whatever is asked for meanwhile waits behind it, in order. */
  pass(prepare: () => Promise<void>): Promise<void> {
    const held = this.whenReady().then(prepare)
    const done = (): void => {
      if (this.held === held) this.held = null
    }
    this.held = held
    held.then(done, done)
    return held
  }

  async whenOpen(): Promise<void> {
    await this.whenReady()
    // whoever started is told of a refusal
    await this.held?.catch(() => undefined)
  }

  /** One question at a time: whoever comes while it is asked gets the same answer. */
  permit(camera: boolean): Promise<void> {
    this.asking ??= this.ask(camera).finally(() => (this.asking = null))
    return this.asking
  }

  private whenReady(): Promise<void> {
    if (this.ready) return Promise.resolve()
    return new Promise((resolve) => this.waiting.push(resolve))
  }
}
