import { createRoomModule, type RoomModule } from '../shared/room-module'
import { appService, type AppService } from '../shared/service'

export type { ModuleFailure } from '../shared/module-call'
export type { LoginOptions, LogoutOptions, RoomList, RoomListEntry, RoomListOptions } from '../shared/room-module'

export type LiveRoomModule = RoomModule

export function createLiveRoomModule(serviceOf: () => AppService): LiveRoomModule {
  return createRoomModule(serviceOf, ['live_room'])
}

export const { login, logout, getRoomList } = createLiveRoomModule(appService)
