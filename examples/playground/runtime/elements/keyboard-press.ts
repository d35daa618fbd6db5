const pressable = new WeakSet<HTMLElement>()

/** What a phone presses with a finger is no HTML button; someone without a mouse must still be able to reach and press it. */
export function makePressable(host: HTMLElement): void {
  host.tabIndex = 0
  if (pressable.has(host)) return
  pressable.add(host)
  host.addEventListener('keydown', (event) => {
    const isPress = event.key === 'Enter' || event.key === ' '
    if (!isPress || event.target !== host || host.tabIndex < 0) return
    event.preventDefault()
    if (host.hasAttribute('disabled') || host.getAttribute('aria-disabled') === 'true') return
    // as a mouse would, so that the tap has its finger
    for (const type of ['mousedown', 'mouseup']) host.dispatchEvent(new MouseEvent(type, { bubbles: true }))
  })
}

/** It no longer plays the part of a button. */
export function makeUnpressable(host: HTMLElement): void {
  if (pressable.has(host)) host.removeAttribute('tabindex')
}
