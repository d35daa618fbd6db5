import type { ProviderSession } from '../../../src/provider/provider'
import { joinRequest, type Device, type RoomWorld } from '../room-world'

interface Other {
  readonly device: Device
  readonly session: ProviderSession
  /** Texts that this one has heard from `me`. */
  readonly heard: string[]
}

/** The other members of a room. They stand next to the server, so that what they do happens there at once. */
export class Crowd {
  private readonly others = new Map<string, Other>()

  constructor(
    private readonly world: RoomWorld,
    private readonly roomId: string,
    private readonly me: string,
  ) {}

  get names(): string[] {
    return [...this.others.keys()]
  }

  enter(userID: string): void {
    const device = this.world.device(userID, 0)
    const session = device.open()
    const heard: string[] = []
    this.others.set(userID, { device, session, heard })
    session.events.on('message', ({ from, data }) => from.userID === this.me && heard.push(String(data)))
    session.events.on('connectionRestored', () => void session.resume().catch(() => undefined))
    void device.connection.login(device.params)
    void session.join(joinRequest({ roomId: this.roomId, userName: `用户 ${userID}` }))
  }

  leave(userID: string): void {
    const other = this.others.get(userID)
    this.others.delete(userID)
    void other?.session.close()
    void other?.device.connection.logout()
  }

  /** The first of them speaks. @returns whether anybody was there to do so */
  say(text: string): boolean {
    const [speaker] = this.others.values()
    if (!speaker) return false
    void speaker.session.send?.({ kind: 'text', data: text })
    return true
  }

  heardBy(userID: string): readonly string[] {
    return this.others.get(userID)?.heard ?? []
  }

  device(userID: string): Device | undefined {
    return this.others.get(userID)?.device
  }
}
