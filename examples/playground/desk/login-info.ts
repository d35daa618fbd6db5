import { RoomError } from '../../../src/errors'
import type { LoginParams } from '../../../src/signaling/protocol'
import { parseServiceRoot } from '../../../src/signaling/service-root'
import { SITE_BASE } from '../runtime/network'
import type { DeskParameters } from './desk-parameters'

/**
 * Where a desk logs in, and as whom: a page that brings no userSig is given one by a server in demo mode.
 * @throws RoomError BAD_PARAMETER for a serverDomain that is none, LOGIN_REFUSED, NETWORK
 */
export async function accountOf(
  parameters: DeskParameters,
): Promise<{ readonly root: string; readonly login: LoginParams }> {
  const { serverDomain, userID, userName, userSig, sdkAppID, accType } = parameters
  const { root } = parseServiceRoot(serverDomain || `${location.origin}${SITE_BASE}`)
  const credential = userSig ? { userSig, sdkAppID, accType } : await requestLoginInfo(root, userID)
  return { root, login: { userID, userName, userAvatar: '', ...credential } }
}

interface LoginInfo {
  readonly sdkAppID: string
  readonly accType: string
  readonly userSig: string
}

/**
 * Asks a server in demo mode for a userSig: it hands them out to anyone who asks. A business page brings its own.
 * @throws RoomError LOGIN_REFUSED when the server gives none, NETWORK when it does not answer
 */
async function requestLoginInfo(root: string, userID: string): Promise<LoginInfo> {
  const response = await fetch(`${root}/weapp/utils/get_login_info?userID=${encodeURIComponent(userID)}`).catch(
    (cause: unknown) => {
      throw new RoomError('NETWORK', 'get_login_info cannot be reached', { cause })
    },
  )
  const body = (await response.json().catch(() => ({}))) as Partial<Record<keyof LoginInfo, unknown>>
  if (!response.ok || !body.userSig) throw new RoomError('LOGIN_REFUSED', `get_login_info answered ${response.status}`)
  return { sdkAppID: String(body.sdkAppID ?? ''), accType: String(body.accType ?? ''), userSig: String(body.userSig) }
}
