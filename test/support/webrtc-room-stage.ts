import type { RoomEventDetail } from '../../components/shared/room-events'
import type { WebrtcRoom } from '../../components/webrtc-room/define-webrtc-room'
import type { ImEventDetail } from '../../components/webrtc-room/im-events'
import { fakeNativeContexts } from './fake-native'
import { ManualPhone } from './manual-phone'
import { RoomWorld } from './room-world'
import { tagTells } from './simulate'
import type { Rendered } from './simulate'

/** Longer than any chain of round trips takes. */
const A_WHILE_MS = 2000

/** Mei's `<webrtc-room>` before the real RoomService, in virtual time, and what it tells its page. */
export class WebrtcRoomStage {
  readonly native = fakeNativeContexts()
  readonly world = new RoomWorld()
  readonly phone = new ManualPhone(this.world, 'mei')
  /** Details of `onRoomEvent`, oldest first. */
  readonly told: RoomEventDetail[] = []
  /** Details of `onIMEvent`, oldest first. */
  readonly messages: ImEventDetail[] = []
  private rendered: Rendered | null = null

  get room(): Rendered {
    if (!this.rendered) throw new Error('No room was shown')
    return this.rendered
  }

  get methods(): WebrtcRoom {
    return this.room.instance as unknown as WebrtcRoom
  }

  show(properties: Record<string, unknown>): void {
    this.rendered = this.phone.render('webrtc-room', properties)
    this.room.addEventListener('onRoomEvent', ({ detail }) => this.told.push(detail as RoomEventDetail))
    this.room.addEventListener('onIMEvent', ({ detail }) => this.messages.push(detail as ImEventDetail))
  }

  /** The live-pusher speaks, as in a TRTC room. */
  report(code: number, message = ''): Promise<void> {
    tagTells(this.room, 'statechange', { code, message })
    return this.later()
  }

  later(): Promise<void> {
    return this.world.clock.advance(A_WHILE_MS)
  }

  close(): void {
    this.rendered?.detach()
    this.native.restore()
    this.world.close()
  }
}
