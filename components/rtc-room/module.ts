import { createRoomModule, type RoomModule } from '../shared/room-module'
import { appService, type AppService } from '../shared/service'

export type { ModuleFailure } from '../shared/module-call'
export type { LoginOptions, LogoutOptions, RoomList, RoomListEntry, RoomListOptions } from '../shared/room-module'

export type RtcRoomModule = RoomModule

export function createRtcRoomModule(serviceOf: () => AppService): RtcRoomModule {
  return createRoomModule(serviceOf, ['multi_room', 'double_room', 'webrtc_room'])
}

export const { login, logout, getRoomList } = createRtcRoomModule(appService)
