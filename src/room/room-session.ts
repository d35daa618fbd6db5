import { CallSession } from './call-session'
import type { RoomSessionOptions } from './call-session'
import { LinkMicDesk } from './link-mic-desk'

export type { RoomSessionOptions } from './call-session'

/**
 * A member's stay in a room: joins, publishes, plays, recovers, leaves. Headless: whoever makes it lends it the tags (`host`) and draws
 * its state. start() and stop() may follow each other as often and as fast as one likes. createRoomSession() makes one.
 *
 * Beside what a call has (`CallSession`) it knows broadcasts: link-mic, the audience, the presenter.
 */
export class RoomSession extends CallSession {
  /** Link-mic, in a broadcast. */
  readonly linkMic: LinkMicDesk

  constructor(options: RoomSessionOptions) {
    super(options)
    this.broadcasts = this.linkMic = new LinkMicDesk({
      options,
      emitter: this.emitter,
      session: () => this.session,
      room: () => this.room,
      media: () => this.media,
      dispatch: (event) => this.step(['live', this.room.epoch, event]),
    })
  }
}
