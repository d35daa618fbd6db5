import type { Limits } from '../config/limits'
import type { CloseReason } from '../hub/close-codes'

export type Transport = 'http' | 'socket'
/** Limits that are shares of something which comes again and again. */
export type ShareName = Extract<
  keyof Limits,
  'requestsPerUser' | 'requestsPerAddress' | 'messagesPerUser' | 'connectionsPerAddress' | 'connectionsPerUser'
>
/** `unresponsive`: it has answered no ping. */
export type DropReason = CloseReason | 'unresponsive'

/** Told what a node does, as it does it, in names that the code itself has given: there are never many of them. */
export interface Meter {
  /** Seconds since some moment. */
  now(): number
  /** An op of the socket or a call of the HTTP protocol was answered, so many seconds after it came. */
  answered(via: Transport, operation: string, seconds: number): void
  /** It was answered with an error. @param code of the catalogue, or a number of the HTTP protocol */
  failed(via: Transport, code: string): void
  /** @param route its pattern; undefined for a path that is none */
  responded(route: string | undefined, status: number): void
  /** A message is out to everyone in the room who is here, so many seconds after it was taken on whatever node. */
  fannedOut(seconds: number): void
  /** This side has ended a socket. */
  dropped(reason: DropReason): void
  /** Somebody has used up a share, and was refused. */
  refused(share: ShareName): void
}
