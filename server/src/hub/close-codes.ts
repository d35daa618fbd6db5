import type { FinalCloseCode } from '../../../src/signaling/protocol'

const LOGGED_OUT: FinalCloseCode = 4401

/** Why this side ends a socket. Only after `loggedOut` a client does not come back by itself. */
export const CLOSE_CODES = {
  goingAway: 1001,
  restart: 1012,
  loggedOut: LOGGED_OUT,
  noLogin: 4408,
  /** Reads too slowly: it comes back and resumes. */
  tooSlow: 4413,
  /** Took too much. */
  flooding: 4429,
} as const
export type CloseReason = keyof typeof CLOSE_CODES
