import WebSocket from 'ws'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import { RoomError } from '../../../src/errors'
import { createNodePlatform } from '../../../src/platform/node'
import type { ProviderSession } from '../../../src/provider/provider'
import { roomService } from '../../../src/provider/roomservice/roomservice'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { SignalingConnection } from '../../../src/signaling/connection'
import { joinRequest } from '../room-world'
import { CLUSTER_APP, CLUSTER_KEY } from './cluster-node'

// drops are written down as warnings; here they are made on purpose
const platform = createNodePlatform({ WebSocket, logLevel: 'error' })
/** A login that finds no free processor in time is made again. */
const LOGIN_TRIES = 20

/** A real client of RoomService in one room, that writes down what it is told. */
export class Participant {
  /** Names of the messages that the service has taken. */
  readonly acknowledged: string[] = []
  /** Codes of those that it has not. */
  readonly refused: string[] = []
  /** Messages of the others, and how often each has come. */
  readonly received = new Map<string, number>()
  readonly others = new Set<string>()
  /** How the room ended, which it should not. */
  closed: string | null = null
  drops = 0
  /** Whether the connection has been given up, which the user would be told. */
  gaveUp = false
  private said = 0

  private constructor(
    readonly userID: string,
    readonly room: string,
    private readonly connection: SignalingConnection,
    private readonly session: ProviderSession,
  ) {
    session.events.on('memberJoined', (member) => void this.others.add(member.userID))
    session.events.on('memberLeft', (userID) => void this.others.delete(userID))
    session.events.on('closed', (reason) => (this.closed = reason))
    connection.events.on('ended', ({ code }) => (this.gaveUp ||= code !== 'CANCELLED'))
    session.events.on('connectionLost', () => (this.drops += 1))
    session.events.on('connectionRestored', () => void this.resume())
    session.events.on('message', ({ from, data }) => {
      if (from.userID === userID) return
      const name = String(data)
      this.received.set(name, (this.received.get(name) ?? 0) + 1)
    })
  }

  static async enter(root: string, userID: string, room: string): Promise<Participant> {
    const connection = await logIn(root, userID)
    const participant = new Participant(userID, room, connection, roomService.open(platform, { connection }))
    const { members } = await participant.session.join(joinRequest({ roomId: room }))
    for (const member of members) participant.others.add(member.userID)
    return participant
  }

  get isOnline(): boolean {
    return this.connection.phase === 'ready'
  }

  /** Says one thing, and waits until the service has taken it. */
  async say(): Promise<void> {
    const name = `${this.userID} ${(this.said += 1)}`
    try {
      await this.session.send?.({ kind: 'text', data: name })
      this.acknowledged.push(name)
    } catch (error) {
      this.refused.push(error instanceof RoomError ? error.code : String(error))
    }
  }

  /** Gone without leaving: its socket breaks. */
  close(): void {
    this.connection.close()
  }

  private async resume(): Promise<void> {
    // the connection may drop again before the answer; then it is restored again
    const snapshot = await this.session.resume().catch(() => null)
    if (!snapshot) return
    this.others.clear()
    for (const member of snapshot.members) this.others.add(member.userID)
  }
}

async function logIn(root: string, userID: string): Promise<SignalingConnection> {
  const time = Math.floor(Date.now() / 1000)
  const userSig = makeUserSig({ sdkAppID: CLUSTER_APP, secretKey: CLUSTER_KEY, userID, time, expire: 86_400 })
  for (let left = LOGIN_TRIES; ; left -= 1) {
    const connection = new SignalingConnection({ platform, root, policy: createDefaultPolicy(platform) })
    try {
      await connection.login({ userID, userSig, userName: '', userAvatar: '' })
      return connection
    } catch (error) {
      connection.close()
      if (left === 1) throw error
    }
  }
}
