import type { MediaHost } from '../../src/media/media-host'
import type { UserInfo } from '../../src/model'
import { roomService } from '../../src/provider/roomservice/roomservice'
import type { Platform } from '../../src/platform/platform'
import { createWxPlatform } from '../../src/platform/wx'
import { createRoomSession } from '../../src/room/create-room-session'
import type { CreateRoomSessionOptions } from '../../src/room/create-room-session'
import { createDefaultPolicy } from '../../src/room/reconnect-policy'
import type { RoomSession } from '../../src/room/room-session'
import { SignalingConnection } from '../../src/signaling/connection'
import type { ReconnectPolicy } from '../../src/util/reconnect-policy'
import type { RoomSettings } from './room-controller'

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
   * A call over the present login, or over whoever is registered by the name that the page gives.
   * @param seats tiles shown at most, one's own included
   * @throws RoomError BAD_CONFIG for a name that is not registered
   */
  createSession(host: MediaHost, seats: number, { provider }: Pick<RoomSettings, 'provider'>): RoomSession {
    const { platform, policy } = this
    return createRoomSession({ platform, policy, host, seats, ...this.chosenBy(provider) })
  }

  /** Who carries a call; RoomService unless a page names another. */
  chosenBy(provider: string): Pick<CreateRoomSessionOptions, 'provider' | 'config'> {
    if (provider !== '' && provider !== roomService.name) return { provider }
    return { provider: roomService, config: { connection: this.connection } }
  }
}

let shared: AppService | null = null

/** The one of this mini program, made when it is first asked for. */
export function appService(): AppService {
  shared ??= new AppService(createWxPlatform())
  return shared
}
