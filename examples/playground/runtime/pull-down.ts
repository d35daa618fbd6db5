/** px that a finger has to pull */
const ENOUGH_PX = 72
/** px beyond which the mark goes no further */
const MOST_PX = 96
/** part of the finger's way that the mark follows */
const FOLLOWS = 0.5

/** The gesture by which a person asks a page of `enablePullDownRefresh` for fresh content, by finger or mouse. */
export class PullDown {
  private readonly mark = document.createElement('div')
  private startY: number | null = null
  private pulled = 0
  private refreshing = false

  /** @param refresh runs the page's onPullDownRefresh */
  constructor(
    private readonly holder: HTMLElement,
    private readonly refresh: () => void,
  ) {
    this.mark.className = 'phone-pull'
    this.mark.hidden = true
    holder.append(this.mark)
    holder.addEventListener('pointerdown', (event) => this.begin(event))
    holder.addEventListener('pointermove', (event) => this.move(event))
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) holder.addEventListener(end, () => this.letGo())
  }

  /** As if a person had pulled. */
  start(): void {
    if (this.refreshing) return
    this.refreshing = true
    this.show(ENOUGH_PX)
    this.refresh()
  }

  stop(): void {
    this.refreshing = false
    this.show(0)
  }

  private begin({ clientY, target }: PointerEvent): void {
    const isField = target instanceof HTMLInputElement
    this.startY = this.holder.scrollTop === 0 && !this.refreshing && !isField ? clientY : null
  }

  private move({ clientY }: PointerEvent): void {
    if (this.startY === null) return
    this.pulled = Math.max(0, clientY - this.startY)
    this.show(this.pulled)
  }

  private letGo(): void {
    if (this.startY === null) return
    const isEnough = this.pulled >= ENOUGH_PX
    this.startY = null
    this.pulled = 0
    if (isEnough) this.start()
    else this.show(0)
  }

  private show(px: number): void {
    this.mark.hidden = px === 0
    this.mark.style.transform = `translate(-50%, ${Math.min(px, MOST_PX) * FOLLOWS}px)`
    this.mark.classList.toggle('phone-pull--on', this.refreshing)
  }
}
