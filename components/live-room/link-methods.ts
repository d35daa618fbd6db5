import { RoomError, toRoomError } from '../../src/errors'
import type { ErrorCode } from '../../src/errors'
import type { LinkAction, LinkReason } from '../../src/model'
import { ignorable } from '../shared/call-methods'
import { flagOf, numberOf, textOf } from '../shared/property-parsers'
import type { RoomInstance } from '../shared/room-instance'
import { told } from '../shared/room-events'
import type { LiveSession } from '../shared/session'
import { LINK_REQUEST_FAILED } from './error-numbers'

/** How a seat is asked for. */
export interface LinkRequestOptions {
  /** How long the presenter has, ms. 30 s by default, from 1 s to 5 minutes. */
  readonly timeout?: number | string
}

/** Whom a call is about: `e.detail` of `joinPusher`, its `detail`, or a userID. */
export type Audience = string | { readonly userID: string } | { readonly detail: { readonly userID: string } }

/** Link-mic. Promises reject with a RoomError and may be ignored. */
export interface LinkMethods {
  /**
   * Audience: asks for a seat; resolves when one publishes. Rejects with LINK_REJECTED (its message is what the
   * presenter said), LINK_TIMEOUT, SEATS_FULL, or CANCELLED after endJoinPusher().
   */
  requestJoinPusher(options?: LinkRequestOptions): Promise<void>
  /** Audience: takes or declines the presenter's invitation; NOT_REQUESTED when there is none. */
  respondInvite(agree: boolean): Promise<void>
  /** Audience: cancels one's request, or leaves one's seat. */
  endJoinPusher(): Promise<void>
  /** Presenter: answers a request; NOT_REQUESTED when there is none, SEATS_FULL when no seat is left. */
  respondJoinReq(agree: boolean, audience: Audience, reason?: string): Promise<void>
  /** Presenter: invites somebody of the audience. */
  inviteJoinPusher(userID: string): Promise<void>
  /** Presenter: takes a guest's seat, or an invitation back. */
  kickoutSubPusher(userID: string): Promise<void>
  /** Presenter: switches a guest's microphone off. */
  muteGuest(userID: string): Promise<void>
}

const REFUSALS: Partial<Record<ErrorCode, LinkReason>> = { LINK_REJECTED: 'rejected', LINK_TIMEOUT: 'timeout' }
/** They have numbers of their own, and a text that says what to do. */
const DEVICE_REFUSALS: readonly ErrorCode[] = ['CAMERA_DENIED', 'MICROPHONE_DENIED', 'PRIVACY_REFUSED']
const TIMEOUT_MS = { least: 1_000, most: 300_000 }

type LinkMic = LiveSession['linkMic']

export const linkMethods = {
  requestJoinPusher(this: RoomInstance, options?: LinkRequestOptions): Promise<void> {
    const timeoutMs = numberOf(options?.timeout, TIMEOUT_MS)
    return seek(this, (linkMic) => linkMic.request(timeoutMs))
  },
  respondInvite(this: RoomInstance, agree: boolean): Promise<void> {
    return flagOf(agree) ? seek(this, (linkMic) => linkMic.answerInvite(true)) : decline(this)
  },
  endJoinPusher(this: RoomInstance): Promise<void> {
    seeking.delete(this)
    return withLinkMic(this, (linkMic) => linkMic.end())
  },
  respondJoinReq(this: RoomInstance, agree: boolean, audience: Audience, reason?: string): Promise<void> {
    return actOn(this, flagOf(agree) ? 'accept' : 'reject', audience, textOf(reason))
  },
  inviteJoinPusher(this: RoomInstance, userID: string): Promise<void> {
    return actOn(this, 'invite', userID)
  },
  kickoutSubPusher(this: RoomInstance, userID: string): Promise<void> {
    return actOn(this, 'kick', userID)
  },
  muteGuest(this: RoomInstance, userID: string): Promise<void> {
    return actOn(this, 'mute', userID)
  },
}

function actOn(instance: RoomInstance, action: LinkAction, audience: unknown, reason?: string): Promise<void> {
  return withLinkMic(instance, (linkMic) => linkMic.act(action, userIdOf(audience), reason))
}

function withLinkMic(
  { room }: RoomInstance,
  run: (linkMic: LinkMic, events: LiveSession['events']) => Promise<void> | void,
): Promise<void> {
  const running = room.whenActive().then((session) => run((session as LiveSession).linkMic, session.events))
  return ignorable(running)
}

/**
 * The request or acceptance that each component has under way: a second one is the same. Whoever thinks better of it takes
 * it away, so that nothing is sent once the user has allowed camera and microphone.
 */
const seeking = new WeakMap<RoomInstance, Promise<void>>()

/**
 * Asks for a seat, or takes the one that is offered. A page that ignores the promise still gets to know why there is no
 * seat: what the presenter said or did not say is `linkOff`, because the room goes on; the rest is an `error`.
 */
function seek(instance: RoomInstance, ask: (linkMic: LinkMic) => Promise<void>): Promise<void> {
  const known = seeking.get(instance)
  if (known) return known
  const isWanted = (): boolean => seeking.get(instance) === outcome
  let isTold = false
  const outcome = withLinkMic(instance, async (linkMic, events) => {
    // a seat that is lost before one's own stream is accepted has its own linkOff
    const forget = events.on('linkOff', (user) => void (isTold ||= user === null))
    try {
      await instance.room.permit()
      if (!isWanted()) throw new RoomError('CANCELLED')
      await ask(linkMic)
    } finally {
      forget()
    }
  })
  seeking.set(instance, outcome)
  const done = (): void => void (isWanted() && seeking.delete(instance))
  outcome.then(done, (thrown: unknown) => {
    if (isWanted() && !isTold) tellRefusal(instance, toRoomError(thrown))
    done()
  })
  return outcome
}

/** Also after it was accepted, as long as the user is asked for camera and microphone. */
function decline(instance: RoomInstance): Promise<void> {
  const outcome = withLinkMic(instance, async (linkMic) => {
    await linkMic.answerInvite(false)
    seeking.delete(instance)
  })
  outcome.catch((thrown: unknown) => seeking.has(instance) || tellRefusal(instance, toRoomError(thrown)))
  return outcome
}

function tellRefusal({ room }: RoomInstance, error: RoomError): void {
  const reason = REFUSALS[error.code]
  if (reason) room.tell(told('linkOff', { ...room.self(), reason, text: error.message }))
  else if (DEVICE_REFUSALS.includes(error.code)) room.tellError(error)
  else room.tellError(error, LINK_REQUEST_FAILED)
}

/** @throws RoomError BAD_PARAMETER when it names nobody */
function userIdOf(audience: unknown): string {
  const { userID: beside, detail } = Object(audience) as { readonly userID?: unknown; readonly detail?: unknown }
  const { userID: within } = Object(detail) as { readonly userID?: unknown }
  const userID = textOf(audience) || textOf(beside) || textOf(within)
  if (!userID) throw new RoomError('BAD_PARAMETER', 'userID is missing')
  return userID
}
