import { liveSessions } from '../../components/live-room/live-sessions'
import { callSessions } from '../../components/shared/call-sessions'
import { defineLiveRoom } from '../../components/live-room/define-live-room'
import { createLiveRoomModule } from '../../components/live-room/module'
import type { LiveRoomModule } from '../../components/live-room/module'
import { defineRtcRoom } from '../../components/rtc-room/define-rtc-room'
import { createRtcRoomModule } from '../../components/rtc-room/module'
import type { RtcRoomModule } from '../../components/rtc-room/module'
import { AppService } from '../../components/shared/app-service'
import { defineWebrtcRoom } from '../../components/webrtc-room/define-webrtc-room'
import type { RoomWorld } from './room-world'
import { ROOT, SDK_APP_ID } from './room-world'
import { registerComponent, registerPage, render } from './simulate'
import type { Rendered } from './simulate'

/** A phone with a mini program whose pages are those of test/fixtures/manual, before the real RoomService. */
export class ManualPhone {
  readonly device
  readonly rtcroom: RtcRoomModule
  readonly liveroom: LiveRoomModule
  private readonly components: Record<string, string>

  constructor(
    private readonly world: RoomWorld,
    private readonly userID: string,
    generics: Record<string, string> = {},
  ) {
    this.device = world.device(userID)
    const service = new AppService(this.device.platform)
    this.rtcroom = createRtcRoomModule(() => service)
    this.liveroom = createLiveRoomModule(() => service)
    const serviceOf = (): AppService => service
    const registered = (name: string, define: () => void): string =>
      registerComponent(`${name}/${name}`, define, 'components', generics)
    this.components = {
      'rtc-room': registered('rtc-room', () => defineRtcRoom(callSessions(serviceOf))),
      'live-room': registered('live-room', () => defineLiveRoom(liveSessions(serviceOf))),
      'webrtc-room': registered('webrtc-room', () => defineWebrtcRoom(serviceOf)),
    }
  }

  get account() {
    const { userID, world } = this
    return { serverDomain: ROOT, userID, userSig: world.userSig(userID), sdkAppID: SDK_APP_ID, accType: '36862' }
  }

  async login(): Promise<void> {
    await this.world.clock.settle(this.rtcroom.login(this.account))
  }

  open(page: string): Rendered {
    const { rtcroom, liveroom, account, components } = this
    const modules = { 'roomlet/rtcroom': rtcroom, 'roomlet/liveroom': liveroom, '../account': account }
    return render(registerPage(page, components, modules))
  }

  /** A component by itself, without a page. */
  render(component: 'rtc-room' | 'live-room' | 'webrtc-room', properties: Record<string, unknown>): Rendered {
    return render(this.components[component] ?? '', properties)
  }
}
