/** Longest wait for a frame: a hidden tab paints none, and setData callbacks and `ready` must come there too. */
const FRAME_TIMEOUT_MS = 100

/** Calls back before the next paint, or soon where nothing is painted. */
export function nextFrame(callback: () => void): void {
  let pending = true
  const run = (): void => {
    if (!pending) return
    pending = false
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    callback()
  }
  const frame = requestAnimationFrame(run)
  const timer = setTimeout(run, FRAME_TIMEOUT_MS)
}
