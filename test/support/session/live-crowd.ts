import type { ProviderSession } from '../../../src/provider/provider'
import { joinRequest, type Device, type RoomWorld } from '../room-world'

const REQUEST_TIMEOUT_MS = 10_000

export interface PresenterOptions {
  /** From the server; 0 is beside it. */
  readonly oneWayMs: number
  /** How long until somebody is let on. */
  thinksMs(userID: string): number
}

interface Person {
  readonly device: Device
  readonly session: ProviderSession
}

/** The other people of a broadcast. They stand next to the server, so that what they do happens there at once. */
export class LiveCrowd {
  private readonly people = new Map<string, Person>()

  constructor(
    private readonly world: RoomWorld,
    private readonly roomId: string,
    private readonly presenter: PresenterOptions,
  ) {}

  /** Opens the broadcast and lets on whoever asks. */
  present(presenter: string): void {
    const { session } = this.enter(presenter, 'anchor')
    session.events.on('linkChanged', ({ user, phase }) => {
      if (phase !== 'requesting') return
      const { userID } = user
      this.world.clock.setTimer(
        this.presenter.thinksMs(userID),
        () => void session.linkMic?.({ action: 'accept', userID }),
      )
    })
  }

  watch(userID: string): void {
    this.enter(userID, 'audience')
  }

  /** Watches and asks for a seat. */
  ask(userID: string): void {
    const { session, joined } = this.enter(userID, 'audience')
    void joined.then(() => session.linkMic?.({ action: 'request', timeoutMs: REQUEST_TIMEOUT_MS }))
  }

  leave(userID: string): void {
    const person = this.people.get(userID)
    this.people.delete(userID)
    void person?.session.close()
    void person?.device.connection.logout()
  }

  /** The app of this one is killed: the server notices that the socket is gone, nobody says goodbye. */
  kill(userID: string): void {
    const person = this.people.get(userID)
    this.people.delete(userID)
    person?.device.link.cut()
    person?.device.connection.close()
  }

  /** The first of them speaks. @returns whether anybody was there to do so */
  say(text: string): boolean {
    const [speaker] = this.people.values()
    if (!speaker) return false
    void speaker.session.send?.({ kind: 'text', data: text })
    return true
  }

  private enter(userID: string, role: 'anchor' | 'audience'): Person & { joined: Promise<unknown> } {
    const device = this.world.device(userID, role === 'anchor' ? this.presenter.oneWayMs : 0)
    const session = device.open()
    const person = { device, session }
    this.people.set(userID, person)
    session.events.on('connectionRestored', () => void session.resume().catch(() => undefined))
    void device.connection.login(device.params)
    const request = joinRequest({ roomId: this.roomId, kind: 'live', role, userName: `用户 ${userID}` })
    return { ...person, joined: session.join(request) }
  }
}
