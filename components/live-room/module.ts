import { createRoomModule, type RoomModule } from '../shared/room-module'
import { appService, type AppService } from '../shared/service'

export type { ModuleFailure } from '../shared/module-call'
export type { LoginOptions, LogoutOptions, RoomList, RoomListEntry, RoomListOptions } from '../shared/room-module'

/** What `roomlet/liveroom` exports. */
export type LiveRoomModule = RoomModule

/** The module over a login of one's own; pages take `login`, `logout` and `getRoomList`. */
export function createLiveRoomModule(serviceOf: () => AppService): LiveRoomModule {
  return createRoomModule(serviceOf, ['live_room'])
}

const roomModule = createLiveRoomModule(appService)

/** Logs the app in, for all components. */
export const login = roomModule.login
/** Ends the app's login, and every call over it. */
export const logout = roomModule.logout
/** The rooms that somebody is in. */
export const getRoomList = roomModule.getRoomList
