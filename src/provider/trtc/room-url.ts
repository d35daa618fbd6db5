import type { StreamKind } from '../../model'
import type { TrtcAccount } from './config'

const ROOT = 'room://cloud.tencent.com'

/** Values go in as they are and in this order: the platform does not decode them. */
export function pushUrl(account: TrtcAccount, roomId: string): string {
  const parameters: readonly (readonly [string, string | number])[] = [
    ['sdkappid', account.sdkAppID],
    [account.stringRoom ? 'strroomid' : 'roomid', roomId],
    ['userid', account.userID],
    ['usersig', account.userSig],
    ['appscene', account.scene],
    ['encsmall', account.smallStream ? 1 : 0],
    ['cloudenv', 'PRO'],
    ['enableBlackStream', ''],
    ['streamid', account.streamId],
    ['userdefinerecordid', account.recordId],
    ['privatemapkey', account.privateMapKey],
    ['pureaudiomode', account.pureAudioMode],
    ['recvmode', account.recvMode],
  ]
  return `${ROOT}/rtc?${queryOf(parameters)}`
}

/** The form of 2018. `roomSig` is what the signature's request has answered, see RoomSigSource. */
export function legacyPushUrl(account: TrtcAccount, roomId: string, roomSig: unknown): string {
  const parameters: [string, string][] = [
    ['sdkappid', account.sdkAppID],
    ['roomid', roomId],
    ['userid', account.userID],
    ['roomsig', encodeURIComponent(JSON.stringify(roomSig))],
  ]
  const business = businessParameters(account)
  if (business) parameters.push(['bizbuf', encodeURIComponent(JSON.stringify({ Str_uc_params: business }))])
  return `${ROOT}?${queryOf(parameters)}`
}

export function playUrl(userID: string, kind: StreamKind): string {
  return `${ROOT}/rtc?${queryOf([
    ['userid', userID],
    ['streamtype', kind],
  ])}`
}

function businessParameters({ pureAudioMode, recordId }: TrtcAccount): Record<string, string | number> | null {
  if (pureAudioMode === '' && recordId === '') return null
  return {
    ...(pureAudioMode !== '' && { pure_audio_push_mod: Number(pureAudioMode) }),
    ...(recordId !== '' && { record_id: recordId }),
  }
}

function queryOf(parameters: readonly (readonly [string, string | number])[]): string {
  return parameters.map(([name, value]) => `${name}=${value}`).join('&')
}
