import { once } from 'node:events'
import WebSocket from 'ws'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import type { AnswerFrame, CallName, Calls, NoticeFrame } from '../../../src/signaling/protocol'
import { SDK_APP_ID, SECRET_KEY } from './http-load'

/** A client of the socket with one request on its way at a time. */
export class SocketUser {
  private lastId = 0
  /** Called for each message that somebody else has sent. */
  onMessage: () => void = () => undefined
  private answered: ((frame: AnswerFrame) => void) | null = null

  private constructor(
    readonly userID: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as AnswerFrame | NoticeFrame
      if ('re' in frame) this.answered?.(frame)
      else if (isMessageOfAnother(frame, userID)) this.onMessage()
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

function isMessageOfAnother({ notice }: Partial<NoticeFrame>, userID: string): boolean {
  return notice?.ev === 'message' && notice.from.userID !== userID
}
