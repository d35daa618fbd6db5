import type { Phase } from '../../../src/room/phases'
import type { Phrase } from './language'
import type { PhoneStage } from './phone-link'
import type { Word } from './words'

export interface PhoneStatus {
  readonly stage: PhoneStage
  readonly phase: Phase
}

export interface CallStatus {
  /** `on`: somebody is in the call; `warn`: somebody reconnects; `off`: nobody */
  readonly tone: 'on' | 'warn' | 'off'
  readonly text: Phrase
  /** Somebody has joined or is about to: hanging up makes sense. */
  readonly running: boolean
}

export interface LiveCounts {
  readonly watching: number
  readonly guests: number
}

/** What the line says; of a call unless a demo has words of its own. */
export interface StatusWords {
  /** what to do while nobody is there */
  readonly hint: Word
  readonly running: Word
  readonly recovering: Word
}

const CALL_WORDS: StatusWords = { hint: 'idleHint', running: 'inCall', recovering: 'someReconnecting' }

/** The line above the cards. `seconds` = since the first phone joined. */
export function callStatus(
  phones: readonly PhoneStatus[],
  seconds: number,
  { hint, running: inCall, recovering }: StatusWords = CALL_WORDS,
  live: LiveCounts | null = null,
): CallStatus {
  const running = phones.some(({ stage }) => stage !== 'form')
  const joined = phones.filter(({ phase }) => phase === 'joined').length
  const reconnecting = phones.filter(({ phase }) => phase === 'reconnecting').length
  if (reconnecting > 0) {
    return { tone: 'warn', text: { word: recovering, args: { n: joined, m: reconnecting } }, running }
  }
  if (joined > 0 && live) {
    const args = { n: live.watching, m: live.guests, time: clockText(seconds) }
    return { tone: 'on', text: { word: 'onAirStatus', args }, running }
  }
  if (joined > 0) return { tone: 'on', text: { word: inCall, args: { n: joined, time: clockText(seconds) } }, running }
  // whoever could not come in, or is out, reads why on the phone
  const over = phones.every(({ stage, phase }) => stage === 'form' || (stage === 'call' && phase === 'closed'))
  if (running && over) return { tone: 'off', text: { word: 'notInRoom' }, running }
  return running
    ? { tone: 'warn', text: { word: 'connecting' }, running }
    : { tone: 'off', text: { word: hint }, running }
}

/** Minutes and seconds, `02:21`; hours only when there are some. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 60) % 60, whole % 60]
  const hours = Math.floor(whole / 3600)
  return (hours > 0 ? [hours, ...parts] : parts).map((part) => String(part).padStart(2, '0')).join(':')
}
