/** What a call waits for: the component's `ready`, and the user who is asked for camera and microphone. */
export class StartGate {
  private ready = false
  private waiting: (() => void)[] = []
  /** A start that is on its way through. */
  private passing: Promise<void> | null = null
  private asking: Promise<void> | null = null

  /** `ask` rejects with what the user refuses. */
  constructor(private readonly ask: (camera: boolean) => Promise<void>) {}

  get isReady(): boolean {
    return this.ready
  }

  /** Nobody has to wait. */
  get isOpen(): boolean {
    return this.ready && !this.passing && !this.asking
  }

  markReady(): void {
    this.ready = true
    this.waiting.splice(0).forEach((go) => go())
  }

  /** Resolves after `ready` and `prepare`; whatever is asked for meanwhile waits behind it, in order. */
  pass(prepare: () => Promise<void>): Promise<void> {
    const passing = this.whenReady().then(prepare)
    const passed = (): void => {
      if (this.passing === passing) this.passing = null
    }
    this.passing = passing
    passing.then(passed, passed)
    return passing
  }

  async whenOpen(): Promise<void> {
    await this.whenReady()
    // whoever started, or asked, is told of a refusal
    await this.passing?.catch(() => undefined)
    await this.asking?.catch(() => undefined)
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
