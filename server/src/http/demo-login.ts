import { checkId } from '../limits'
import type { Keys } from '../keys'
import { newId } from '../random'
import type { HubContext } from '../room-hub'
import { makeUserSig } from '../tickets/user-sig'

/** A demo is over in a day. */
const DEMO_USER_SIG_SECONDS = 24 * 3600

export interface DemoLogin {
  readonly sdkAppID: number
  readonly userID: string
  readonly userSig: string
}

/** Lets anyone be anyone; '' is somebody new. @throws RoomError BAD_PARAMETER */
export function demoLogin(hub: HubContext, keys: Keys, named: string): DemoLogin {
  const userID = named || `user_${newId(hub.random)}`
  checkId('userID', userID)
  const { sdkAppID, userSigKey: secretKey } = keys
  const time = Math.floor(hub.clock.now() / 1000)
  const userSig = makeUserSig({ sdkAppID, secretKey, userID, time, expire: DEMO_USER_SIG_SECONDS })
  return { sdkAppID, userID, userSig }
}
