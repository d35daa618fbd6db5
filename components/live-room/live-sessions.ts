import { RoomSession } from '../../src/room/room-session'
import type { AppService } from '../shared/app-service'
import type { CreateSession } from '../shared/session'

/** Broadcasts over the login of an app, or over whoever the page names. */
export function liveSessions(serviceOf: () => AppService): CreateSession {
  return (...asked) => new RoomSession(serviceOf().optionsOf(...asked))
}
