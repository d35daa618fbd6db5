import type { UserInfo } from '../../src/model'
import { registerProvider } from '../../src/provider/registry'
import { roomService } from '../../src/provider/roomservice/roomservice'
import { SignalingConnection } from '../../src/signaling/connection'
import type { AppService } from './app-service'

export interface Account extends UserInfo {
  /** Root of the RoomService, as parseServiceRoot gives it. */
  readonly root: string
  readonly userSig: string
  readonly sdkAppID?: string
  readonly accType?: string
}

/** The same user again keeps the connection, and the calls that run over it; another user takes its place. */
export async function logIn(service: AppService, account: Account): Promise<UserInfo> {
  const { root, ...params } = account
  const { userID, userName, userAvatar } = account
  const present = service.login
  if (present?.root === root && present.connection.userID === userID && present.connection.phase !== 'closed') {
    await present.connection.renew(params)
  } else {
    present?.connection.close()
    const { platform, policy } = service
    const connection = new SignalingConnection({ platform, root, policy })
    service.login = { root, connection, provider: roomService }
    // for sessions of the page's own
    registerProvider(roomService, () => ({ connection: service.connection }))
    await connection.login(params)
  }
  return { userID, userName, userAvatar }
}

/** Ends every call over the login as well. */
export async function logOut(service: AppService): Promise<void> {
  const { connection } = service
  service.login = null
  await connection?.logout()
}
