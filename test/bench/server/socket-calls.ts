import { once } from 'node:events'
import WebSocket from 'ws'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import type { AnswerFrame, CallName, Calls } from '../../../src/signaling/protocol'
import { rateOf, SDK_APP_ID, SECRET_KEY, SERVICE_ENV, type Rates, type Work } from './http-load'
import { MeasuredProcess } from './measured-process'

const CONNECTIONS = 30
const ROOM_SIZE = 3

/** A client of the socket with one request on its way at a time. */
class SocketUser {
  private lastId = 0
  private answered: ((frame: AnswerFrame) => void) | null = null

  private constructor(
    readonly userID: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as AnswerFrame | { room: string }
      if ('re' in frame) this.answered?.(frame)
    })
  }

  static async open(port: number, userID: string): Promise<SocketUser> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/weapp/ws`, { perMessageDeflate: false })
    await once(socket, 'open')
    const user = new SocketUser(userID, socket)
    const time = Math.floor(Date.now() / 1000)
    const userSig = makeUserSig({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID, time, expire: 3600 })
    await user.ask('login', { userID, userSig, userName: userID, userAvatar: '' })
    return user
  }

  ask<K extends CallName>(op: K, params: Calls[K]['params']): Promise<void> {
    this.lastId += 1
    this.socket.send(JSON.stringify({ id: String(this.lastId), op, params }))
    return new Promise((resolve, reject) => {
      this.answered = (frame) => ('error' in frame ? reject(new Error(`${op}: ${frame.error.code}`)) : resolve())
    })
  }

  join(room: string): Promise<void> {
    return this.ask('join', {
      room,
      roomName: 'a room',
      kind: 'multi_room',
      audio: true,
      video: true,
      userName: this.userID,
      userAvatar: '',
    })
  }

  close(): void {
    this.socket.terminate()
  }
}

export type SocketRates = Record<'ping' | 'playUrl' | 'publishUrl' | 'rooms' | 'joinAndLeave', Rates>

export async function measureSocketCalls(): Promise<SocketRates> {
  const server = await MeasuredProcess.start('main-with-probe', SERVICE_ENV)
  const users: SocketUser[] = []
  try {
    const roomOf = (n: number): string => `room${Math.floor(n / ROOM_SIZE)}`
    for (let n = 0; n < 2 * CONNECTIONS; n += 1) {
      const user = await SocketUser.open(server.port, `user${n}`)
      users.push(user)
      await user.join(roomOf(n))
    }
    const busy = users.slice(0, CONNECTIONS)
    const rate = (work: (user: SocketUser, n: number) => Work): Promise<Rates> => rateOf(server, busy.map(work))
    return {
      ping: await rate((user) => () => user.ask('ping', {})),
      playUrl: await rate((user, n) => () => {
        const neighbour = busy[n - (n % ROOM_SIZE)] ?? user
        return user.ask('playUrl', { room: roomOf(n), userID: neighbour.userID })
      }),
      publishUrl: await rate((user, n) => () => user.ask('publishUrl', { room: roomOf(n) })),
      rooms: await rate((user) => () => user.ask('rooms', { kind: 'multi_room', index: 0, cnt: 20 })),
      joinAndLeave: await rate((user, n) => async () => {
        await user.join(`own${n}`)
        await user.ask('leave', { room: `own${n}` })
      }),
    }
  } finally {
    for (const user of users) user.close()
    await server.stop()
  }
}
