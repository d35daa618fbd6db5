/**
 * Login and rooms of RoomService, for pages with live-room.
 * @module roomlet/liveroom
 */
import { createRoomModule, type RoomModule } from '../shared/room-module'
import { appService, type AppService } from '../shared/app-service'

export type { ModuleCallbacks, ModuleFailure } from '../shared/module-call'
export type { RoomKind } from '../../src/signaling/protocol'
export type { InData, LoginFields } from '../shared/module-options'
export type {
  LoginOptions,
  LogoutOptions,
  RoomList,
  RoomListEntry,
  RoomListFields,
  RoomListOptions,
  RoomModule,
} from '../shared/room-module'

/** What `roomlet/liveroom` exports. */
export type LiveRoomModule = RoomModule

/**
 * The module over a login of one's own; pages take `login`, `logout` and `getRoomList`.
 * @internal
 */
export function createLiveRoomModule(serviceOf: () => AppService): LiveRoomModule {
  return createRoomModule(serviceOf, ['live_room'])
}

const roomModule = createLiveRoomModule(appService)

/**
 * Logs the app in, once for all its components, whose start() needs it. The same user again renews the login and keeps a
 * running call. Resolves with the user as the others will see them.
 *
 * Rejects with a RoomError: BAD_PARAMETER names the field, LOGIN_REFUSED and LOGIN_EXPIRED are about the userSig, NETWORK and
 * TIMEOUT about the way there. `fail` gets the {@link ModuleFailure | number} that pages of the original know.
 * @function
 * @example
 * import { login } from 'roomlet/liveroom'
 *
 * // all but the address comes from your own server, which knows who the user is
 * await login({ serverDomain: 'https://rooms.example.com/weapp/', userID, userSig, sdkAppID })
 */
export const login = roomModule.login
/**
 * Ends the app's login, and every call over it. Without a login there is nothing to do.
 * @function
 */
export const logout = roomModule.logout
/**
 * The broadcasts that somebody is in, oldest first. Rejects with NOT_LOGGED_IN before login().
 * @function
 * @example
 * const { rooms } = await getRoomList({ index: 0, cnt: 20 })
 */
export const getRoomList = roomModule.getRoomList
