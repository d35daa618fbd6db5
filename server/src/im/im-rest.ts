import type { Clock } from '../clock'
import { DeliveryError } from '../events/destination'
import { unreachable } from '../events/unreachable'
import type { RandomBytes } from '../random'
import { makeUserSig } from '../tickets/user-sig'

/** Of an app in China; others have domains of their own. */
export const IM_BASE_URL = 'https://console.tim.qq.com'
/** What is made for the administrator is good for this long, and used for half of it. */
const USER_SIG_SECONDS = 3600

export interface ImAccount {
  readonly sdkAppID: number
  /** Key of the app's userSigs. */
  readonly secretKey: string
  /** userID of an administrator of the app. */
  readonly admin: string
  /** Scheme and host of the service. */
  readonly baseUrl?: string
}

/** Number of what is wrong, 0 = nothing; `info` is the service's words. */
export interface ImAnswer {
  readonly code: number
  readonly info: string
}

export interface ImRestOptions extends ImAccount {
  readonly clock: Pick<Clock, 'now'>
  readonly random: RandomBytes
  readonly fetch?: typeof fetch
}

/** Calls of Tencent IM's REST API, version 4, as an administrator of the app. */
export class ImRest {
  private sig = { text: '', until: 0 }

  constructor(private readonly options: ImRestOptions) {}

  /**
   * A call about groups.
   * @throws DeliveryError when the service cannot be reached, or answers with something else
   */
  async group(name: string, body: object, signal: AbortSignal): Promise<ImAnswer> {
    const { baseUrl = IM_BASE_URL, fetch: ask = fetch } = this.options
    const url = `${baseUrl}/v4/group_open_http_svc/${name}?${this.query()}`
    const headers = { 'content-type': 'application/json' }
    const request = ask(url, { method: 'POST', headers, body: JSON.stringify(body), signal, redirect: 'manual' })
    const answer = await request.catch((error: unknown) => {
      throw unreachable(error)
    })
    const text = await answer.text().catch(() => '')
    if (!answer.ok) throw new DeliveryError(`${name}: HTTP ${answer.status}`)
    return answerIn(text) ?? fail(`${name}: no answer of IM`)
  }

  private query(): URLSearchParams {
    const { sdkAppID, admin, random } = this.options
    return new URLSearchParams({
      sdkappid: String(sdkAppID),
      identifier: admin,
      usersig: this.userSig(),
      random: String(random(4).readUInt32BE(0)),
      contenttype: 'json',
    })
  }

  private userSig(): string {
    const { sdkAppID, secretKey, admin: userID, clock } = this.options
    const now = clock.now()
    if (now >= this.sig.until) {
      const time = Math.floor(now / 1000)
      const text = makeUserSig({ sdkAppID, secretKey, userID, time, expire: USER_SIG_SECONDS })
      this.sig = { text, until: now + (USER_SIG_SECONDS / 2) * 1000 }
    }
    return this.sig.text
  }
}

function answerIn(text: string): ImAnswer | null {
  try {
    const { ErrorCode: code, ErrorInfo: info } = (JSON.parse(text) ?? {}) as {
      ErrorCode?: unknown
      ErrorInfo?: unknown
    }
    return typeof code === 'number' ? { code, info: typeof info === 'string' ? info : '' } : null
  } catch {
    return null
  }
}

function fail(message: string): never {
  throw new DeliveryError(message)
}
