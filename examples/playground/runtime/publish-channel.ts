import type { PageStack } from './page-stack'
import type { PhoneChannel } from './phone-channel'
import { hub } from './phone-hub'
import { programGlobals } from './program-globals'

/** Puts the phone's channel where the page around it looks for it. */
export function publishChannel(pages: PageStack): void {
  const channel: PhoneChannel = {
    get page() {
      return pages.current
    },
    get wx() {
      return programGlobals.wx
    },
    history: hub.history,
    get setDataTotals() {
      return hub.setDataTotals
    },
    on: (listener) => hub.on('event', listener),
    setForeground: (foreground) => hub.setForeground(foreground),
    setOnline: (online) => hub.setOnline(online),
    setFault: (fault, on) => hub.setFault(fault, on),
    goBack: () => pages.back(1),
    close: () => pages.close(),
  }
  window.roomletPhone = channel
  window.addEventListener('error', (event) => hub.log('error', event.message))
  window.addEventListener('unhandledrejection', (event) =>
    hub.log('error', `unhandled rejection: ${String(event.reason)}`),
  )
}
