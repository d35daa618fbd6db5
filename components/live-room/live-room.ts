import { liveSessions } from './live-sessions'
import { appService } from '../shared/service'
import { defineLiveRoom } from './define-live-room'

export type { LiveRoom } from './define-live-room'
export type { LiveRoomEventDetail } from './live-events'

defineLiveRoom(liveSessions(appService))
