import { CallSession } from '../../src/room/call-session'
import type { AppService } from './app-service'
import type { CreateSession } from './session'

/** Calls over the login of an app, or over whoever the page names. */
export function callSessions(serviceOf: () => AppService): CreateSession {
  return (...asked) => new CallSession(serviceOf().optionsOf(...asked))
}
