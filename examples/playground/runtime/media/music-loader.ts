import { hub } from '../phone-hub'
import type { Music } from './background-music'

/** Decoding converts to the rate that is asked for; this is the one that most microphones have. */
const SAMPLE_RATE = 48_000

/** Fetches music and decodes it: whatever the browser knows, MP3, AAC and WAV among it. Needs no tap, for it plays nothing. */
export async function loadMusic(url: string, signal: AbortSignal): Promise<Music> {
  const bytes = await fetched(url, signal)
  const decoded = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes).catch((error: Error) => {
    throw new Error(`the music cannot be decoded: ${error.message}`, { cause: error })
  })
  const planes = Array.from({ length: decoded.numberOfChannels }, (_, channel) => decoded.getChannelData(channel))
  return { sampleRate: decoded.sampleRate, planes }
}

async function fetched(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  try {
    if (!hub.online) throw new Error('offline')
    const response = await fetch(url, { signal })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return await response.arrayBuffer()
  } catch (error) {
    throw new Error(`the music cannot be loaded: ${(error as Error).message}`, { cause: error })
  }
}
