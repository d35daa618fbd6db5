import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import WebSocket from 'ws'
import { httpServerOptions } from '../../../server/src/http/http-server-options'
import { createRoomService, type RoomService, type RoomServiceOptions } from '../../../server/src/room-service'
import type { AnswerFrame, CallName, Calls, ServerFrame } from '../../../src/signaling/protocol'
import { SDK_APP_ID, SECRET_KEY, userSigOf } from './hub-client'

export interface HttpAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
}

export interface LiveService {
  readonly service: RoomService
  readonly port: number
  /** POST of a JSON body (text is sent as it is) to a path below `{basePath}/weapp/`. */
  post(path: string, body?: unknown): Promise<HttpAnswer>
  get(path: string): Promise<HttpAnswer>
  /** The query of a user that is logged in over HTTP. */
  loginOverHttp(userID: string): Promise<string>
  openSocket(path?: string, options?: WebSocket.ClientOptions): Promise<SocketClient>
  /** A socket of a user that is logged in. */
  connect(userID: string, options?: WebSocket.ClientOptions): Promise<SocketClient>
  close(): Promise<void>
}

/** The whole service on a free port of 127.0.0.1. */
export async function startService(options: Partial<RoomServiceOptions> = {}): Promise<LiveService> {
  const service = createRoomService({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, ...options })
  const app = fastify(httpServerOptions(service.hub.context.limits))
  service.register(app)
  app.server.on('upgrade', (request, socket, head) => {
    if (!service.handleUpgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const root = `127.0.0.1:${port}${options.basePath ?? ''}/weapp`
  const sockets: SocketClient[] = []

  const ask = async (path: string, init: RequestInit): Promise<HttpAnswer> => {
    const response = await fetch(`http://${root}/${path}`, init)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const live: LiveService = {
    service,
    port,
    get: (path) => ask(path, {}),
    post: (path, body = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async loginOverHttp(userID) {
      const query = new URLSearchParams({
        sdkAppID: String(SDK_APP_ID),
        accountType: '0',
        userID,
        userSig: userSigOf(userID, Date.now()),
      })
      const { body } = await live.post(`multi_room/login?${query}`)
      return new URLSearchParams({ userID, token: body.token as string }).toString()
    },
    async openSocket(path = '/ws', options = {}) {
      const socket = new SocketClient(new WebSocket(`ws://${root}${path}`, options))
      sockets.push(socket)
      await once(socket.webSocket, 'open')
      return socket
    },
    async connect(userID, options) {
      const socket = await live.openSocket('/ws', options)
      await socket.call('login', {
        userID,
        userSig: userSigOf(userID, Date.now()),
        userName: `${userID}'s name`,
        userAvatar: '',
      })
      return socket
    },
    async close() {
      for (const socket of sockets) socket.webSocket.terminate()
      await service.close()
      await app.close()
    },
  }
  return live
}

/** A client on a real socket. */
export class SocketClient {
  readonly frames: ServerFrame[] = []
  private readonly waiting = new Set<() => void>()
  private nextId = 1

  constructor(readonly webSocket: WebSocket) {
    webSocket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)) as ServerFrame)
      for (const check of [...this.waiting]) check()
    })
  }

  /** The first frame, past or to come, that has the property and matches. */
  frame(matches: (frame: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = (this.frames as unknown as Record<string, unknown>[]).find(matches)
        if (!found) return
        this.waiting.delete(check)
        resolve(found)
      }
      this.waiting.add(check)
      check()
    })
  }

  /** The next notice of this kind. */
  async notice(ev: string): Promise<Record<string, unknown>> {
    const frame = await this.frame((each) => (each.notice as { ev?: string } | undefined)?.ev === ev)
    return frame.notice as Record<string, unknown>
  }

  async ask<K extends CallName>(op: K, params: Calls[K]['params']): Promise<AnswerFrame<K>> {
    const id = String(this.nextId++)
    this.webSocket.send(JSON.stringify({ id, op, params }))
    return (await this.frame((each) => each.re === id)) as AnswerFrame<K>
  }

  async call<K extends CallName>(op: K, params: Calls[K]['params']): Promise<Calls[K]['result']> {
    const answer = await this.ask(op, params)
    if ('error' in answer) throw new Error(`${op}: ${answer.error.code}`)
    return answer.ok
  }

  join(room: string, more: Partial<Calls['join']['params']> = {}): Promise<Calls['join']['result']> {
    const profile = { userName: '', userAvatar: '' }
    return this.call('join', {
      room,
      roomName: 'a room',
      kind: 'multi_room',
      audio: true,
      video: true,
      ...profile,
      ...more,
    })
  }
}
