import type { StreamKind } from '../../model'
import type { TrtcAccount } from './config'

export function pushUrl(account: TrtcAccount, roomId: string): string {
  return roomUrl('/rtc', {
    sdkappid: account.sdkAppID,
    [account.stringRoom ? 'strroomid' : 'roomid']: roomId,
    userid: account.userID,
    usersig: account.userSig,
    appscene: account.scene,
    encsmall: account.smallStream ? 1 : 0,
    cloudenv: 'PRO',
    enableBlackStream: '',
    streamid: account.streamId,
    userdefinerecordid: account.recordId,
    privatemapkey: account.privateMapKey,
    pureaudiomode: account.pureAudioMode,
    recvmode: account.recvMode,
  })
}

export function playUrl(userid: string, streamtype: StreamKind): string {
  return roomUrl('/rtc', { userid, streamtype })
}

/** Values go in as they are and in this order: the platform does not decode them. */
export function roomUrl(path: string, parameters: Readonly<Record<string, string | number>>): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
  return `room://cloud.tencent.com${path}?${query.join('&')}`
}
