import type { MediaHost } from '../../src/media/media-host'
import type { UserInfo } from '../../src/model'
import { roomService } from '../../src/provider/roomservice/roomservice'
import type { Platform } from '../../src/platform/platform'
import { createWxPlatform } from '../../src/platform/wx'
import { createDefaultPolicy } from '../../src/room/reconnect-policy'
import { RoomSession } from '../../src/room/room-session'
import { SignalingConnection } from '../../src/signaling/connection'
import type { ReconnectPolicy } from '../../src/util/reconnect-policy'

export interface Account extends UserInfo {
  /** Root of the RoomService, as parseServiceRoot gives it. */
  readonly root: string
  readonly userSig: string
  readonly sdkAppID?: string
  readonly accType?: string
}

/** The app's login to RoomService: one connection, which every component of the app uses. */
export class AppService {
  readonly policy: ReconnectPolicy
  private login: { readonly root: string; readonly connection: SignalingConnection } | null = null

  constructor(readonly platform: Platform) {
    this.policy = createDefaultPolicy(platform)
  }

  /** null while nobody is logged in, nor about to be. */
  get connection(): SignalingConnection | null {
    const connection = this.login?.connection
    return connection && connection.phase !== 'closed' ? connection : null
  }

  /** The same user again keeps the connection, and the calls that run over it; another user takes its place. */
  async logIn(account: Account): Promise<UserInfo> {
    const { root, ...params } = account
    const { userID, userName, userAvatar } = account
    const present = this.login
    if (present?.root === root && present.connection.userID === userID && present.connection.phase !== 'closed') {
      await present.connection.renew(params)
    } else {
      present?.connection.close()
      const connection = new SignalingConnection({ platform: this.platform, root, policy: this.policy })
      this.login = { root, connection }
      await connection.login(params)
    }
    return { userID, userName, userAvatar }
  }

  async logOut(): Promise<void> {
    const { connection } = this
    this.login = null
    await connection?.logout()
  }

  /**
   * A call over the present login.
   * @param seats tiles shown at most, one's own included
   */
  createSession(host: MediaHost, seats: number): RoomSession {
    const { platform, policy, connection } = this
    return new RoomSession({ platform, policy, provider: roomService, providerConfig: { connection }, host, seats })
  }
}

let shared: AppService | null = null

/** The one of this mini program, made when it is first asked for. */
export function appService(): AppService {
  shared ??= new AppService(createWxPlatform())
  return shared
}
