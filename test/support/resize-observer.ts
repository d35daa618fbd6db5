/** jsdom lays nothing out, so nothing ever changes its size there. */
class IdleResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.ResizeObserver = IdleResizeObserver
