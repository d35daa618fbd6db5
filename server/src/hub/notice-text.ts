import type { NoticeFrame } from '../../../src/signaling/protocol'
import type { NoticeEvent } from '../store/store-event'
import { isToAnother } from './wire'
import type { Wire } from './wire'

/** A notice on its way to many: written once for all who came by the same host. */
export class NoticeText {
  private readonly texts = new Map<string, string>()

  constructor(readonly event: NoticeEvent) {}

  for({ wire, userID }: { readonly wire: Wire; readonly userID: string }): string {
    const { room, epoch, notice } = this.event
    // only play URLs differ from host to host, and what is said to one from user to user
    const key = 'member' in notice ? wire.key : isToAnother(notice, userID) ? 'another' : ''
    const written = this.texts.get(key)
    if (written !== undefined) return written
    const frame: NoticeFrame = { room, epoch, notice: wire.notice(this.event, userID) }
    const text = JSON.stringify(frame)
    this.texts.set(key, text)
    return text
  }
}
