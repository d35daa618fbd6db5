import type { PublisherSettings } from '../../runtime/media/publisher'

const PICTURE = { width: 640, height: 360 }
const BITRATE_KBPS = { min: 200, max: 900 }
const GOP_SECONDS = 1

/** How a desk publishes oneself. */
export function publisherSettings(
  userId: string,
  devices: { readonly camera: boolean; readonly muted: boolean },
): PublisherSettings {
  return {
    userId,
    ...PICTURE,
    ...devices,
    microphone: true,
    beauty: 0,
    whiteness: 0,
    mirrored: false,
    previewMirrored: false,
    gopSeconds: GOP_SECONDS,
    minBitrate: BITRATE_KBPS.min,
    maxBitrate: BITRATE_KBPS.max,
  }
}
