import type { NoticeFrame } from '../../../src/signaling/protocol'
import type { NoticeEvent } from '../store/store'
import type { Wire } from './wire'

/** A notice on its way to many: written once for all who came by the same host. */
export class NoticeText {
  private readonly texts = new Map<string, string>()

  constructor(readonly event: NoticeEvent) {}

  for(wire: Wire): string {
    const { room, epoch, notice } = this.event
    // only play URLs differ from host to host
    const key = 'member' in notice ? wire.key : ''
    const written = this.texts.get(key)
    if (written !== undefined) return written
    const frame: NoticeFrame = { room, epoch, notice: wire.notice(this.event) }
    const text = JSON.stringify(frame)
    this.texts.set(key, text)
    return text
  }
}
