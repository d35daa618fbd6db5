import { CallSession } from './call-session'
import type { RoomSessionOptions } from './call-session'
import { LinkMicDesk } from './link-mic-desk'

export type { RoomSessionOptions } from './call-session'

/** A `CallSession` that knows broadcasts as well: link-mic, the audience, the presenter. */
export class RoomSession extends CallSession {
  /** Link-mic, in a broadcast. */
  readonly linkMic: LinkMicDesk

  constructor(options: RoomSessionOptions) {
    let desk: LinkMicDesk | null = null
    super(options, (port) => (desk = new LinkMicDesk(port)))
    this.linkMic = desk as unknown as LinkMicDesk
  }
}
