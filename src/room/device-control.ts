import { RoomError } from '../errors'
import type { MediaHost } from '../media/media-host'
import type { MediaState } from '../media/media-state'
import { callNative } from '../media/native-call'
import type { RoomState } from './room-state'

/** Set again whenever one's own stream starts anew: a tag that was stopped forgets it. */
const REMEMBERED: readonly string[] = ['setMICVolume', 'setBGMVolume', 'setZoom']

export interface DeviceControlOptions {
  readonly host: MediaHost
  media(): MediaState
  room(): RoomState
}

/**
 * Calls what the native contexts can do beside starting and stopping, by the platform's names. Promises reject with
 * NOT_SUPPORTED where this version of WeChat lacks the method or refuses, PERMISSION_DENIED where the user has.
 */
export class DeviceControl {
  /** Last options of the methods in {@link REMEMBERED}, in this stay. */
  private readonly remembered = new Map<string, unknown>()
  private wasUp = false
  /** Whose picture was asked for last. */
  private lastUserID = ''

  constructor(private readonly options: DeviceControlOptions) {}

  /** A method of one's own live-pusher; NOT_MEMBER while nothing is published. */
  async own(name: string, options?: unknown): Promise<unknown> {
    const context = this.options.host.publisher()
    if (!context || !this.options.media().publisher) throw new RoomError('NOT_MEMBER', `${name}: nothing is published`)
    const result = await callNative(context, name, options)
    if (REMEMBERED.includes(name)) this.remembered.set(name, options)
    // the other camera begins without zoom
    if (name === 'switchCamera') this.remembered.delete('setZoom')
    return result
  }

  /** A method of the live-player that shows `named`; '' = the one named last, or the first. BAD_PARAMETER without one. */
  async theirs(named: string, name: string, options?: unknown): Promise<unknown> {
    if (named) this.lastUserID = named
    const userID = this.lastUserID
    const streams = this.options.room().roster.get(userID)?.streams ?? []
    const slot = this.options
      .media()
      .slots.findIndex(
        (player) =>
          player?.phase !== 'held' &&
          (userID === '' ? player : streams.some(({ streamId }) => streamId === player?.streamId)),
      )
    const context = slot < 0 ? null : this.options.host.player(slot)
    if (!context) throw new RoomError('BAD_PARAMETER', `${name}: ${userID || 'nobody'} is not played`)
    return callNative(context, name, options)
  }

  /** Something about the media has changed. */
  update(): void {
    const isUp = this.options.media().publisher?.phase === 'running'
    if (isUp && !this.wasUp) this.restore()
    this.wasUp = isUp
  }

  /** The stay is over. */
  reset(): void {
    this.remembered.clear()
    this.lastUserID = ''
    this.wasUp = false
  }

  private restore(): void {
    const context = this.options.host.publisher()
    // what the tag will not take again is no reason to disturb a call
    if (context)
      this.remembered.forEach((options, name) => void callNative(context, name, options).catch(() => undefined))
  }
}
