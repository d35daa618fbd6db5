type Answer = { readonly statusCode: number; readonly data: unknown } | string

interface Request {
  readonly url: string
  readonly data?: unknown
  success?(answer: object): void
  fail?(failure: { errMsg: string }): void
}

/** What the pages of the example app call of wx, beside the media. A text as an answer is the errMsg of a failure. */
export class FakeWx {
  answers: (request: Request) => Answer = () => 'request:fail'
  readonly requests: Request[] = []
  /** Names of what was called, and with what. */
  readonly calls: [name: string, options: unknown][] = []
  language = 'zh_CN'
  private readonly stored = new Map<string, unknown>()

  /** Anything beside what every page uses, by name. */
  constructor(private readonly more: Readonly<Record<string, unknown>> = {}) {}

  install(): void {
    this.stored.clear()
    this.answers = () => 'request:fail'
    this.requests.length = 0
    this.calls.length = 0
    const note =
      (name: string) =>
      (options?: unknown): Promise<void> => {
        this.calls.push([name, options])
        return Promise.resolve()
      }
    const wx = {
      getStorageSync: (key: string) => this.stored.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void this.stored.set(key, value),
      getAppBaseInfo: () => ({ language: this.language }),
      request: (request: Request) => this.answer(request),
      ...Object.fromEntries(
        ['setNavigationBarTitle', 'setKeepScreenOn', 'navigateTo', 'previewImage', 'stopPullDownRefresh'].map(
          (name) => [name, note(name)],
        ),
      ),
      ...this.more,
    }
    Object.assign(globalThis, { wx })
  }

  uninstall(): void {
    delete (globalThis as { wx?: unknown }).wx
  }

  private answer(request: Request): void {
    this.requests.push(request)
    const answer = this.answers(request)
    queueMicrotask(() => {
      if (typeof answer === 'string') request.fail?.({ errMsg: answer })
      else request.success?.(answer)
    })
  }
}
