import { RoomError } from '../../src/errors'
import type { DirectConfig, DirectMember } from '../../src/provider/direct/direct'
import type { VirtualClock } from './virtual-clock'

const ROUND_TRIP_MS = 100

/** An app's own server that keeps a list of who is in which room. */
export class DirectApp {
  /** Users whose requests do not come through. */
  readonly offline = new Set<string>()
  /** Questions for the members so far. */
  listed = 0
  private readonly rooms = new Map<string, Map<string, DirectMember>>()
  private signatures = 0

  constructor(private readonly clock: VirtualClock) {}

  configOf(userID: string): DirectConfig {
    let roomId = ''
    return {
      userID,
      pushUrl: (request) =>
        this.answer(userID, () => {
          roomId = request.roomId
          const { userName, audio, video } = request
          this.membersOf(roomId).set(userID, { userID, userName, audio, video, playUrl: this.sign('play', userID) })
          return this.sign('push', userID)
        }),
      members: (request) =>
        this.answer(userID, () => {
          this.listed += 1
          return [...this.membersOf(request.roomId).values()]
        }),
      playUrl: (other) => this.answer(userID, () => this.sign('play', other)),
      left: () => this.answer(userID, () => void this.membersOf(roomId).delete(userID)),
    }
  }

  membersOf(roomId: string): Map<string, DirectMember> {
    const room = this.rooms.get(roomId) ?? new Map<string, DirectMember>()
    this.rooms.set(roomId, room)
    return room
  }

  private sign(kind: 'push' | 'play', userID: string): string {
    this.signatures += 1
    return `rtmp://media.test/live/${userID}?${kind}=${this.signatures}`
  }

  private answer<T>(userID: string, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.clock.setTimer(ROUND_TRIP_MS, () => {
        if (this.offline.has(userID)) reject(new RoomError('NETWORK'))
        else resolve(act())
      })
    })
  }
}
