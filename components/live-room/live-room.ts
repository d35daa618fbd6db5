/**
 * Types of `<live-room>`, in which one presents and the others watch: what `selectComponent()` answers, and the events.
 * @module roomlet/components/live-room/live-room
 */
import { liveSessions } from './live-sessions'
import { appService } from '../shared/app-service'
import { defineLiveRoom } from './define-live-room'

export type { LiveRoom } from './define-live-room'
export type { LinkEnd, LiveRoomEventDetail } from './live-events'
export type { Audience, LinkMethods, LinkRequestOptions } from './link-methods'

defineLiveRoom(liveSessions(appService))
