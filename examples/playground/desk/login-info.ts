import { RoomError } from '../../../src/errors'

export interface LoginInfo {
  readonly sdkAppID: string
  readonly accType: string
  readonly userSig: string
}

/**
 * Asks a server in demo mode for a userSig: it hands them out to anyone who asks. A business page brings its own.
 * @throws RoomError LOGIN_REFUSED when the server gives none, NETWORK when it does not answer
 */
export async function requestLoginInfo(root: string, userID: string): Promise<LoginInfo> {
  const response = await fetch(`${root}/weapp/utils/get_login_info?userID=${encodeURIComponent(userID)}`).catch(
    (cause: unknown) => {
      throw new RoomError('NETWORK', 'get_login_info cannot be reached', { cause })
    },
  )
  const body = (await response.json().catch(() => ({}))) as Partial<Record<keyof LoginInfo, unknown>>
  if (!response.ok || !body.userSig) throw new RoomError('LOGIN_REFUSED', `get_login_info answered ${response.status}`)
  return { sdkAppID: String(body.sdkAppID ?? ''), accType: String(body.accType ?? ''), userSig: String(body.userSig) }
}
