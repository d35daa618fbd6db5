import '../../vendor-errors'
import { RoomError, toRoomError } from '../../errors'
import type { Platform } from '../../platform/platform'
import type { JoinRequest, JoinResult } from '../provider'
import { bad } from './config'
import type { TrtcAccount, TrtcConfig } from './config'
import { RoomSigSource } from './room-sig'
import type { SigRequest } from './room-sig'
import { roomUrl } from './room-url'
import { TrtcSession } from './session'

/** A stay in a room of the first generation, of 2018: its URL carries a signature of the room. */
export class LegacySession extends TrtcSession {
  private readonly roomSig: RoomSigSource

  constructor(platform: Platform, account: TrtcAccount, request: SigRequest) {
    super(platform, account)
    this.roomSig = new RoomSigSource(platform, account, request)
  }

  /** Rejects with PUSH_URL_FAILED where the signature is not to be had, too. */
  override async join(request: JoinRequest): Promise<JoinResult> {
    try {
      return await super.join(request)
    } catch (thrown) {
      const error = toRoomError(thrown)
      // it has been asked for four times by now: the user has waited long enough
      throw error.recoverable ? new RoomError('PUSH_URL_FAILED', error.message, { cause: error }) : error
    }
  }

  protected override async pushUrl(account: TrtcAccount, roomId: string): Promise<string> {
    if (account.stringRoom) throw bad('BAD_PARAMETER', 'strRoomID', 'is not known to rooms of the first generation')
    return legacyPushUrl(account, roomId, await this.roomSig.ask(roomId))
  }

  protected override endWith(error: RoomError): void {
    this.roomSig.close()
    super.endWith(error)
  }
}

/** @throws RoomError BAD_CONFIG when it is there and wrong */
export function legacyRequestOf(config: unknown): SigRequest | null {
  const { legacy } = (config ?? {}) as { readonly legacy?: Partial<TrtcConfig['legacy']> | null }
  if (!legacy) return null
  if (typeof legacy.request !== 'function') throw bad('BAD_CONFIG', 'legacy.request', 'is not a function')
  return legacy.request
}

/** `roomSig` is what the signature's request has answered. */
function legacyPushUrl(account: TrtcAccount, roomid: string, roomSig: unknown): string {
  const business = businessParameters(account)
  return roomUrl('', {
    sdkappid: account.sdkAppID,
    roomid,
    userid: account.userID,
    roomsig: encodeURIComponent(JSON.stringify(roomSig)),
    ...(business && { bizbuf: encodeURIComponent(JSON.stringify({ Str_uc_params: business })) }),
  })
}

function businessParameters({ pureAudioMode, recordId }: TrtcAccount): Record<string, string | number> | null {
  if (pureAudioMode === '' && recordId === '') return null
  return {
    ...(pureAudioMode !== '' && { pure_audio_push_mod: pureAudioMode }),
    ...(recordId !== '' && { record_id: recordId }),
  }
}
