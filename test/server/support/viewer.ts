import { once } from 'node:events'
import WebSocket from 'ws'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import type { CallName, Calls } from '../../../src/signaling/protocol'
import { SDK_APP_ID } from './hub-client'

/** One message of the presenter, and how long it was on its way. */
export interface Received {
  readonly number: number
  readonly afterMs: number
}

/** A client on a real socket that is cheap enough to have a thousand of. */
export class Viewer {
  readonly received: Received[] = []
  private readonly answers = new Map<string, (frame: { error?: { code: string } }) => void>()
  private nextId = 1

  private constructor(
    private readonly webSocket: WebSocket,
    private readonly userID: string,
  ) {
    webSocket.on('message', (data) => this.read(String(data)))
  }

  static async open(url: string, userID: string, secretKey: string): Promise<Viewer> {
    const webSocket = new WebSocket(url, { perMessageDeflate: false })
    const viewer = new Viewer(webSocket, userID)
    await once(webSocket, 'open')
    const time = Math.floor(Date.now() / 1000)
    const userSig = makeUserSig({ sdkAppID: SDK_APP_ID, secretKey, userID, time, expire: 3600 })
    await viewer.ask('login', { userID, userSig, userName: userID, userAvatar: '' })
    return viewer
  }

  async join(room: string, role: 'anchor' | 'audience'): Promise<void> {
    const profile = { userName: this.userID, userAvatar: '' }
    await this.ask('join', { room, roomName: '', kind: 'live_room', role, audio: true, video: true, ...profile })
  }

  say(room: string, data: { readonly number: number; readonly at: number }): void {
    this.transmit('send', { room, kind: 'custom', data })
  }

  close(): void {
    this.webSocket.terminate()
  }

  private read(text: string): void {
    const frame = JSON.parse(text) as {
      re?: string
      error?: { code: string }
      notice?: { ev: string; data?: { number: number; at: number } }
    }
    if (frame.re !== undefined) this.answers.get(frame.re)?.(frame)
    const message = frame.notice?.ev === 'message' ? frame.notice.data : undefined
    if (message) this.received.push({ number: message.number, afterMs: performance.now() - message.at })
  }

  private ask<K extends CallName>(op: K, params: Calls[K]['params']): Promise<void> {
    const id = this.transmit(op, params)
    return new Promise((resolve, reject) => {
      this.answers.set(id, ({ error }) => {
        this.answers.delete(id)
        if (error) reject(new Error(`${op}: ${error.code}`))
        else resolve()
      })
    })
  }

  private transmit<K extends CallName>(op: K, params: Calls[K]['params']): string {
    const id = String(this.nextId++)
    this.webSocket.send(JSON.stringify({ id, op, params }))
    return id
  }
}
