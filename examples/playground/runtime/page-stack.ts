import type { Root } from 'glass-easel-miniprogram-adapter'
import { hub } from './phone-hub'
import { nextFrame } from './next-frame'
import { PullDown } from './pull-down'
import type { PageInstance, PhonePageEvent } from './phone-channel'

type PageHook = 'onLoad' | 'onShow' | 'onReady' | 'onHide' | 'onUnload' | 'onPullDownRefresh'
const EVENT_OF: Record<PageHook, PhonePageEvent['name']> = {
  onPullDownRefresh: 'refresh',
  onLoad: 'load',
  onShow: 'show',
  onReady: 'ready',
  onHide: 'hide',
  onUnload: 'unload',
}

interface OpenPage {
  readonly path: string
  readonly root: Root
  readonly holder: HTMLElement
  readonly instance: PageInstance
  title: string
  /** null where the page has no refreshing by a pull */
  readonly pull: PullDown | null
  shown: boolean
}

/** What a page's JSON says about the window around it. */
export interface PageWindow {
  readonly title: string
  readonly pullsDown: boolean
}

/** The pages of the program, the last one in front, and their lifecycle, which glass-easel leaves to the embedder. */
export class PageStack {
  private readonly stack: OpenPage[] = []

  constructor(
    private readonly known: readonly string[],
    private readonly create: (path: string) => Root,
    /** what its JSON says */
    private readonly windowOf: (path: string) => PageWindow,
  ) {
    hub.on('foregroundChanged', (foreground) => this.setShown(this.top, foreground))
    document.addEventListener('visibilitychange', () => hub.setForeground(!document.hidden))
    // Leaving the document must give camera and sockets back, as closing the mini program does.
    window.addEventListener('pagehide', () => this.close())
  }

  get instances(): PageInstance[] {
    return this.stack.map((page) => page.instance)
  }

  get current(): PageInstance | null {
    return this.top?.instance ?? null
  }

  /** Throws when the program has no such page. */
  open(path: string, query: Record<string, string>): void {
    if (!this.known.includes(path)) throw new Error(`page "${path}" is not in app.json`)
    const before = this.top
    this.setShown(before, false)
    if (before) before.holder.hidden = true
    const page = this.attach(path, query)
    this.showTitle()
    call(page, 'onLoad', query)
    this.setShown(page, hub.foreground)
    nextFrame(() => {
      if (this.stack.includes(page)) call(page, 'onReady')
    })
  }

  replace(path: string, query: Record<string, string>): void {
    if (!this.known.includes(path)) throw new Error(`page "${path}" is not in app.json`)
    this.unloadTop()
    this.open(path, query)
  }

  /** Of the page in front. */
  startPullDown(): void {
    this.top?.pull?.start()
  }

  stopPullDown(): void {
    this.top?.pull?.stop()
  }

  /** Of the page in front; px from its top. */
  scrollTo(top: number): void {
    this.top?.holder.scrollTo({ top, behavior: 'smooth' })
  }

  /** Writes into the navigation bar of the page in front. */
  setTitle(title: string): void {
    if (this.top) this.top.title = title
    this.showTitle()
  }

  /** Closes up to `delta` pages; the first page stays. */
  back(delta: number): void {
    for (let count = 0; count < delta && this.stack.length > 1; count += 1) this.unloadTop()
    const page = this.top
    if (!page) return
    page.holder.hidden = false
    this.showTitle()
    this.setShown(page, hub.foreground)
  }

  close(): void {
    while (this.stack.length > 0) this.unloadTop()
  }

  private get top(): OpenPage | undefined {
    return this.stack[this.stack.length - 1]
  }

  private showTitle(): void {
    const title = this.top?.title ?? ''
    document.title = title
    hub.report({ type: 'title', title, canGoBack: this.stack.length > 1 })
  }

  private attach(path: string, query: Record<string, string>): OpenPage {
    const root = this.create(path)
    const instance = Object.assign(root.get() as object, { route: path, options: query }) as unknown as PageInstance
    const holder = document.createElement('div')
    holder.className = 'phone-page'
    const placeholder = holder.appendChild(document.createElement('span'))
    document.body.append(holder)
    const { title, pullsDown } = this.windowOf(path)
    const pull = pullsDown ? new PullDown(holder, () => call(page, 'onPullDownRefresh')) : null
    const page: OpenPage = { path, root, holder, instance, title, pull, shown: false }
    this.stack.push(page)
    root.attach(holder as never, placeholder as never)
    return page
  }

  private setShown(page: OpenPage | undefined, shown: boolean): void {
    if (!page || page.shown === shown) return
    page.shown = shown
    call(page, shown ? 'onShow' : 'onHide')
    page.root.getComponent().triggerPageLifetime(shown ? 'show' : 'hide', [])
  }

  /** While it is unloaded a page is still the one in front: it reaches its own tags, and finds the page before it in the stack. */
  private unloadTop(): void {
    const page = this.top
    if (!page) return
    try {
      call(page, 'onUnload')
    } finally {
      this.stack.splice(this.stack.indexOf(page), 1)
      page.root.release()
      page.holder.remove()
    }
  }
}

function call(page: OpenPage, hook: PageHook, argument?: unknown): void {
  hub.report({ type: 'page', name: EVENT_OF[hook], path: page.path })
  const method = page.instance[hook]
  if (typeof method === 'function') method.call(page.instance, argument)
}
