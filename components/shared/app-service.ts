import type { MediaHost } from '../../src/media/media-host'
import { RoomError } from '../../src/errors'
import type { RoomProvider } from '../../src/provider/provider'
import { providerNamed } from '../../src/provider/registry'
import { ROOM_SERVICE } from '../../src/provider/roomservice/known'
import type { Platform } from '../../src/platform/platform'
import { createWxPlatform } from '../../src/platform/wx'
import type { RoomSessionOptions } from '../../src/room/call-session'
import { createDefaultPolicy } from '../../src/room/default-policy'
import type { SignalingConnection } from '../../src/signaling/connection'
import type { ReconnectPolicy } from '../../src/util/reconnect-policy'
import type { RoomSettings } from './room-settings'

/** A login to RoomService, with the provider that runs over it. */
export interface ServiceLogin {
  readonly root: string
  readonly connection: SignalingConnection
  readonly provider: RoomProvider
}

const LOGGED_OUT: RoomProvider = {
  ...ROOM_SERVICE,
  open() {
    throw new RoomError('NOT_LOGGED_IN')
  },
}

/**
 * The app's login to RoomService: one connection, which every component of the app uses. Protocol and provider come with the login,
 * see login.ts: a component alone has neither.
 */
export class AppService {
  readonly policy: ReconnectPolicy
  login: ServiceLogin | null = null

  constructor(readonly platform: Platform) {
    this.policy = createDefaultPolicy(platform)
  }

  /** null while nobody is logged in, nor about to be. */
  get connection(): SignalingConnection | null {
    const connection = this.login?.connection
    return connection && connection.phase !== 'closed' ? connection : null
  }

  /**
   * What a call stands on: whoever is registered by the name that the page gives, or RoomService by the present login.
   * @param seats tiles shown at most, one's own included
   * @throws RoomError BAD_CONFIG for a name that is not registered
   */
  optionsOf(host: MediaHost, seats: number, { provider }: Pick<RoomSettings, 'provider'>): RoomSessionOptions {
    const { platform, policy, connection } = this
    const common = { platform, policy, host, seats }
    if (provider === '' || provider === ROOM_SERVICE.name)
      return { ...common, provider: this.login?.provider ?? LOGGED_OUT, providerConfig: { connection } }
    const named = providerNamed(provider)
    return { ...common, provider: named.provider, providerConfig: named.config() }
  }
}

let shared: AppService | null = null

/** The one of this mini program, made when it is first asked for. */
export function appService(): AppService {
  shared ??= new AppService(createWxPlatform())
  return shared
}
