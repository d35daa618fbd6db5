import { createRequire } from 'node:module'
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

/**
 * The parts of node-media-server 4.4 that are used, typed. Its own front is not: one hostile URL or handshake ends the process
 * there, and it has no veto. Its context is one per process.
 */
export interface NmsSession {
  readonly id: string
  protocol: 'flv' | 'rtmp' | ''
  streamPath: string
  isPublisher: boolean
  broadcast: NmsBroadcast
  run(): void
  close(): void
  onData(data: Buffer): void
  sendBuffer(buffer: Buffer): void
}

export interface NmsFlvSession extends NmsSession {
  readonly res: WebSocket | object
}

export interface NmsRtmpSession extends NmsSession {
  readonly socket: Socket
  readonly rtmp: {
    streamApp: unknown
    streamName: unknown
    onConnectCallback(request: { app: unknown; name: unknown; host: unknown; query: Record<string, unknown> }): void
    onPlayCallback(): void
    onPushCallback(): void
  }
}

export interface NmsBroadcast {
  readonly streamPath: string
  publisher: NmsSession | null
  subscribers: Map<string, NmsSession>
  /** how long a lost publisher keeps its slot, ms */
  publishGraceMs: number
  _finishPublish(): void
}

interface FlvRequest {
  readonly url?: string
  readonly method?: string
  readonly headers: IncomingMessage['headers']
  readonly socket: Socket
}

interface NmsContext {
  config: object
  readonly sessions: Map<string, NmsSession>
  readonly broadcasts: Map<string, NmsBroadcast>
  readonly eventEmitter: EventEmitter
}

const load = createRequire(__filename)
const logger = load('node-media-server/src/core/logger.js') as { log(message: string, level: string): void }
// it writes to stdout, which belongs to the one line that says that the playground is ready
logger.log = () => {}

export const nmsContext = load('node-media-server/src/core/context.js') as NmsContext
export const FlvSession = load('node-media-server/src/session/flv_session.js') as new (
  request: FlvRequest,
  response: object,
) => NmsFlvSession
export const RtmpSession = load('node-media-server/src/session/rtmp_session.js') as new (
  socket: Socket,
) => NmsRtmpSession
