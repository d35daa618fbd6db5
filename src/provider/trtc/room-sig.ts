import { RoomError, toRoomError } from '../../errors'
import type { Platform } from '../../platform/platform'
import type { Unsubscribe } from '../../util/emitter'
import { AppQuestions } from '../app-questions'
import type { TrtcAccount } from './config'

/** POSTs `body` as JSON. Resolves with the answer's JSON, parsed; rejects when there was none. */
export type SigRequest = (url: string, body: unknown) => Promise<unknown>

const SIG_SERVICE = 'https://official.opensso.tencent-cloud.com/v4/openim/jsonvideoapp'
const RETRIES = 3
const RETRY_DELAY_MS = 2_000
/** Bounds of the number that tells requests apart. */
const RANDOM_RANGE = 100_000_000
/** Numbers of the protocol: a room's signature, for a mini program, in the SDK version that introduced it. */
const SIG_HEAD = { Cmd: 1, SeqNo: 1, BusType: 7 }
const SIG_BODY = { TerminalType: 1, FromType: 3, SdkVersion: 26_280_566 }

/** Asks for the signature that the first generation's URL carries: up to four times when nobody answers. */
export class RoomSigSource {
  private cancelWait: Unsubscribe = () => undefined
  private closed = false
  private readonly questions: AppQuestions

  constructor(
    private readonly platform: Pick<Platform, 'random' | 'setTimer' | 'log'>,
    private readonly account: TrtcAccount,
    private readonly request: SigRequest,
  ) {
    this.questions = new AppQuestions(platform)
  }

  /** @throws RoomError by the promise: NETWORK when nobody answers, PUSH_URL_FAILED with the service's words */
  async ask(roomId: string): Promise<unknown> {
    for (let retry = 0; ; retry += 1) {
      try {
        return sigOf(await this.questions.ask(() => this.request(this.url(), this.body(roomId)), 'NETWORK'))
      } catch (thrown) {
        const error = toRoomError(thrown, 'NETWORK')
        if (this.closed || error.code === 'PUSH_URL_FAILED' || retry === RETRIES) throw error
        this.platform.log('warn', `No room signature, try ${retry + 2} follows`, error.message)
        await this.wait()
      }
    }
  }

  /** What is being asked is not asked again. */
  close(): void {
    this.closed = true
    this.cancelWait()
    this.questions.close()
  }

  private wait(): Promise<void> {
    return new Promise((resolve) => {
      this.cancelWait = this.platform.setTimer(RETRY_DELAY_MS, resolve)
    })
  }

  private url(): string {
    const { sdkAppID, userID, userSig } = this.account
    const random = Math.floor(this.platform.random() * RANDOM_RANGE)
    const query = `sdkappid=${sdkAppID}&identifier=${userID}&usersig=${userSig}&random=${random}&contenttype=json`
    return `${SIG_SERVICE}?${query}`
  }

  private body(roomId: string): unknown {
    return {
      ReqHead: { ...SIG_HEAD, GroupId: Number(roomId) },
      ReqBody: { PrivMapEncrypt: this.account.privateMapKey, ...SIG_BODY },
    }
  }
}

interface SigAnswer {
  readonly ErrorCode?: number
  readonly ErrorInfo?: string
  readonly RspHead?: { readonly ErrorCode?: number; readonly ErrorInfo?: string }
  readonly RspBody?: unknown
}

/** A refusal is final, whatever cannot be read counts as no answer. */
function sigOf(answer: unknown): unknown {
  const { ErrorCode, ErrorInfo, RspHead, RspBody } = (answer ?? {}) as SigAnswer
  const code = ErrorCode || RspHead?.ErrorCode
  if (code) {
    const words = ErrorInfo || RspHead?.ErrorInfo || ''
    throw new RoomError('PUSH_URL_FAILED', `trtc: the room signature was refused: ${code} ${words}`.trim())
  }
  if (!RspHead || typeof RspBody !== 'object' || RspBody === null) {
    throw new RoomError('NETWORK', 'trtc: the answer has no room signature')
  }
  return RspBody
}
