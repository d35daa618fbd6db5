import { fakeNativeContexts } from './fake-native'
import { LivePhone } from './live-phone'
import { RoomWorld } from './room-world'

const ROOM = '31'

/** Phones with a `<live-room>` each before the real RoomService, in virtual time, all in one broadcast. */
export class LiveStage {
  readonly world = new RoomWorld()
  private readonly native = fakeNativeContexts()
  private readonly phones: LivePhone[] = []

  phoneOf(userID: string, properties: Record<string, unknown>): LivePhone {
    const phone = new LivePhone(this.world, userID, properties)
    this.phones.push(phone)
    return phone
  }

  /** Presents, and is on air. */
  async presenter(properties: Record<string, unknown> = {}): Promise<LivePhone> {
    const phone = await this.phoneOf('suhe', { roomId: ROOM, ...properties }).enter()
    await phone.publishes()
    return phone
  }

  audience(userID: string): Promise<LivePhone> {
    return this.phoneOf(userID, { roomId: ROOM, role: 'audience' }).enter()
  }

  close(): void {
    this.phones.forEach((phone) => phone.close())
    this.native.restore()
    this.world.close()
  }
}

/** A user as the events name one. */
export const userNamed = (userID: string) => ({ userID, userName: `${userID}'s name`, userAvatar: '' })
