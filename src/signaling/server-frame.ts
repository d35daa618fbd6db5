import { isErrorCode } from '../error-catalogue'
import { RoomError } from '../errors'
import type { AnswerFrame, ClosedFrame, LiveFrame, MoveFrame, NoticeFrame, ServerFrame } from './protocol'

export type ParsedFrame =
  | { readonly type: 'answer'; readonly frame: AnswerFrame }
  | { readonly type: 'notice'; readonly frame: NoticeFrame }
  | { readonly type: 'closed'; readonly frame: ClosedFrame }
  | { readonly type: 'live'; readonly frame: LiveFrame }
  | { readonly type: 'move'; readonly frame: MoveFrame }

/** Tells the frames of the server apart; null for anything that is none (a newer server may know more of them). */
export function parseServerFrame(text: string): ParsedFrame | null {
  const frame = parseObject(text) as Partial<Record<string, unknown>> | null
  if (!frame) return null
  const known = frame as unknown as ServerFrame
  if (typeof frame.re === 'string' && (isObject(frame.ok) || isObject(frame.error))) {
    return { type: 'answer', frame: known as AnswerFrame }
  }
  if (typeof frame.moveWithinMs === 'number') return { type: 'move', frame: known as MoveFrame }
  if (typeof frame.room !== 'string') return null
  if (typeof frame.closed === 'string') return { type: 'closed', frame: known as ClosedFrame }
  if (isLiveFrame(frame)) return { type: 'live', frame: known as LiveFrame }
  const notice = frame.notice
  if (typeof frame.epoch !== 'string' || !isObject(notice) || typeof notice.seq !== 'number') return null
  return { type: 'notice', frame: known as NoticeFrame }
}

/** The error of an answer; a code this client does not know counts as a failure of the server. */
export function errorOfAnswer(error: { code: unknown; message: unknown }): RoomError {
  const message = typeof error.message === 'string' ? error.message : undefined
  return new RoomError(isErrorCode(error.code) ? error.code : 'SERVER_ERROR', message)
}

function isLiveFrame({ link, audience, presenterAway, muted }: Partial<Record<string, unknown>>): boolean {
  if (isObject(link)) return isObject(link.user) && typeof link.phase === 'string' && typeof link.rev === 'number'
  if (isObject(audience)) return typeof audience.count === 'number'
  return typeof presenterAway === 'boolean' || typeof muted === 'boolean'
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
