import { CallSession } from './call-session'
import type { RoomSessionOptions } from './call-session'
import { LinkMicDesk } from './link-mic-desk'

export type { RoomSessionOptions } from './call-session'

/** A `CallSession` that knows broadcasts as well: link-mic, the audience, the presenter. */
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
