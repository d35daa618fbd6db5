import { makeMixStreamApiSign } from '../tickets/vendor-sign'
import type { Mixer, MixResult } from './mixer'

const MIX_API = 'http://fcgi.video.qcloud.com'
/** A signature is good for this long. */
const SIGNATURE_SECONDS = 60
const TIMEOUT_MS = 5_000
/** Our own numbers, where the service has not answered. */
const UNREACHABLE = -1
const NO_ANSWER = -2

export interface TencentMixerOptions {
  readonly appID: string | number
  /** The API key of the live service; it is signed with and never sent. */
  readonly apiKey: string
  readonly clock: { now(): number }
  /** Scheme and host of the service. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
}

/**
 * The Mix API of Tencent's live service (Mix_StreamV2). It has no word for recording: which streams are recorded, a template of the
 * streams' domain says there.
 */
export function createTencentMixer(options: TencentMixerOptions): Mixer {
  const { appID, apiKey, clock, baseUrl = MIX_API, fetch: ask = fetch } = options
  const seconds = (): number => Math.floor(clock.now() / 1000)
  const failed = (code: number, message: string): MixResult => ({ code, message, timestamp: seconds() })
  return {
    name: 'tencent',
    async mix(params) {
      const t = String(seconds() + SIGNATURE_SECONDS)
      const query = new URLSearchParams({
        appid: String(appID),
        interface: 'Mix_StreamV2',
        t,
        sign: makeMixStreamApiSign({ key: apiKey, t }),
      })
      try {
        const answer = await ask(`${baseUrl}/common_access?${query}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(params),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        if (!answer.ok) return failed(UNREACHABLE, `The mixing service answered HTTP ${answer.status}`)
        return resultOf(await answer.json()) ?? failed(NO_ANSWER, 'The mixing service answered something else')
      } catch {
        // the error may name the URL, which is signed
        return failed(UNREACHABLE, 'The mixing service could not be reached')
      }
    },
  }
}

function resultOf(answer: unknown): MixResult | null {
  const { code, message, timestamp } = (answer ?? {}) as Record<string, unknown>
  if (typeof code !== 'number') return null
  return { code, message: String(message ?? ''), timestamp: Number(timestamp ?? 0) }
}
