import { flvSocketUrl } from '../../runtime/network'

/** What a stream's sound is coded with; `none` = nothing was said about it in time. */
export type SoundCodec = 'aac' | 'opus' | 'none'

/** Address of a stream at the WebRTC gateway, from the URL that plays or publishes it. null when it is no such URL. */
export function gatewayUrl(action: 'whip' | 'whep', url: string): string | null {
  const socket = flvSocketUrl(url)
  return socket && socket.replace(/^ws/, 'http').replace(/\/live\/([^/?]+)\.flv(\?|$)/, `/${action}/live/$1$2`)
}

/** Asks the gateway what the sound of a running stream is coded with; null when that cannot be told. */
export async function soundCodecOf(url: string): Promise<SoundCodec | null> {
  const address = gatewayUrl('whep', url)
  if (!address) return null
  try {
    const response = await fetch(address)
    if (!response.ok) return null
    const { audio } = (await response.json()) as { audio?: unknown }
    return audio === 'aac' || audio === 'opus' ? audio : 'none'
  } catch {
    return null
  }
}
