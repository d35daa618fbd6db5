import { Player } from '../../runtime/media/player'
import { Publisher } from '../../runtime/media/publisher'
import { flvSocketUrl } from '../../runtime/network'
import { hub } from '../../runtime/phone-hub'
import type { DeskPlayer, DeskPublisher, PlayerListener, SettingsSource, TagListener } from './desk-tags'

/** Publishes H.264 and AAC, as a phone does. */
export function createFlvPublisher(
  preview: HTMLCanvasElement,
  settings: SettingsSource,
  listener: TagListener,
): DeskPublisher {
  const publisher = new Publisher(preview, settings, {
    ...forwarded(listener),
    onPublished: () => undefined,
    onEnded: () => undefined,
  })
  return {
    transport: 'flv',
    start(url) {
      const address = flvSocketUrl(url)
      if (!address) throw new Error('not a URL to publish to')
      // what goes wrong is told as codes
      publisher.start(address).catch(() => undefined)
    },
    // the microphone's feed asks the settings for each packet
    settingsChanged: () => undefined,
    sound: () => publisher.sound(),
    close: () => publisher.close(),
  }
}

/** Plays H.264 and AAC. */
export function createFlvPlayer(url: string, userId: string, listener: PlayerListener): DeskPlayer {
  const address = flvSocketUrl(url)
  if (!address) throw new Error('not a URL to play')
  const player = new Player(address, () => ({ userId, rtc: true, muted: false, minCache: 0, maxCache: 1 }), {
    ...forwarded(listener),
    onPicture: (picture) => listener.onPicture(picture),
    onFirstFrame: (ms) => hub.report({ type: 'measure', name: 'playToFirstFrame', userId, ms }),
    onLatency: (ms) => hub.report({ type: 'measure', name: 'latency', userId, ms }),
  })
  return { transport: 'flv', sound: () => player.sound(), close: () => player.close() }
}

function forwarded(listener: TagListener): TagListener {
  return {
    onCode: (code, message) => listener.onCode(code, message),
    onError: (code, message) => listener.onError(code, message),
    onNetStatus: (info) => listener.onNetStatus(info),
  }
}
