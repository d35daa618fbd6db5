import { RoomError } from '../errors'
import type { MediaHost } from '../media/media-host'
import type { MediaState } from '../media/media-state'
import { callNative } from '../media/native-call'
import type { RoomState } from './room-state'

/** Set again whenever one's own stream starts anew: a tag that was stopped forgets it. */
const REMEMBERED: readonly string[] = ['setMICVolume', 'setBGMVolume', 'setZoom']

/**
 * Calls what the native contexts can do beside starting and stopping, by the platform's names. Promises reject with
 * NOT_SUPPORTED where this version of WeChat lacks the method or refuses, PERMISSION_DENIED where the user has.
 */
export class DeviceControl {
  /** Last options of the methods in {@link REMEMBERED}, in this stay. */
  private readonly remembered = new Map<string, unknown>()
  /** Whose picture was asked for last. */
  private lastUserID = ''

  constructor(
    private readonly host: MediaHost,
    private readonly call: { readonly media: MediaState; readonly room: RoomState },
  ) {}

  /** A method of one's own live-pusher; NOT_MEMBER while nothing is published. */
  async own(name: string, options?: unknown): Promise<unknown> {
    const context = this.host.publisher()
    if (!context || !this.call.media.publisher) throw new RoomError('NOT_MEMBER', `${name}: nothing is published`)
    const result = await callNative(context, name, options)
    if (REMEMBERED.includes(name)) this.remembered.set(name, options)
    // the other camera begins without zoom
    if (name === 'switchCamera') this.remembered.delete('setZoom')
    return result
  }

  /** A method of the live-player that shows `named`; '' = the one named last, or the first. BAD_PARAMETER without one. */
  async theirs(named: string, name: string, options?: unknown): Promise<unknown> {
    const userID = (this.lastUserID = named || this.lastUserID)
    const { media, room } = this.call
    const streams = room.roster.get(userID)?.streams ?? []
    const isTheirs = (id: string): boolean => userID === '' || streams.some(({ streamId }) => streamId === id)
    const slot = media.slots.findIndex((player) => player && player.phase !== 'held' && isTheirs(player.streamId))
    const context = slot < 0 ? null : this.host.player(slot)
    if (!context) throw new RoomError('BAD_PARAMETER', `${name}: ${userID || 'nobody'} is not played`)
    return callNative(context, name, options)
  }

  /** One's own stream has started anew. */
  restore(): void {
    const context = this.host.publisher()
    if (!context) return
    // what the tag will not take again is no reason to disturb a call
    this.remembered.forEach((options, name) => void callNative(context, name, options).catch(() => undefined))
  }

  /** The stay is over. */
  reset(): void {
    this.remembered.clear()
    this.lastUserID = ''
  }
}
