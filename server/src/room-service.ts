import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { systemClock, type Clock } from './clock'
import type { Guard } from './guard/guard'
import type { Destination } from './events/destination'
import { Dispatcher, type DispatcherCounts } from './events/dispatcher'
import { createStreamOwnerOf, type StreamOwnerOf } from './events/stream-owner'
import { registerCallbacks } from './http/callback-routes'
import { registerMediaHooks } from './http/media-hooks'
import { registerUtils } from './http/utils-routes'
import { speakProtocol } from './http/http-protocol'
import { requestIds } from './http/request-id'
import { registerRoomCalls } from './http/room-routes'
import { registerWebrtcCalls } from './http/webrtc-routes'
import type { UserVerifier } from './identity'
import { createKeys } from './keys'
import type { Limits } from './config/limits'
import { NO_LOG, type Log } from './log'
import type { Meter } from './metrics/meter'
import type { MediaServerApi } from './media/media-server-api'
import type { StreamChange } from './media/stream-change'
import { StreamGate } from './media/stream-gate'
import type { Mixer } from './mixer/mixer'
import { addressOf } from './reach'
import { createRoomHub, type RoomHub } from './room-hub'
import { systemRandom, type RandomBytes } from './random'
import { MemoryStore } from './store/memory-store'
import type { Store } from './store/store'
import { SocketTransport } from './ws-transport'

export interface RoomServiceOptions {
  readonly sdkAppID: number
  /** The key of the app's userSigs; tokens and URLs are signed with keys derived from it. */
  readonly secretKey: string
  /** Path everything is mounted under, '' by default. */
  readonly basePath?: string
  /** Issues userSigs to anyone who asks. */
  readonly demo?: boolean
  readonly rtmpPort?: number
  /** Members of a multi_room or webrtc_room at most. */
  readonly maxMembers?: number
  /** Guests beside the presenter of a live_room at most. */
  readonly maxGuests?: number
  /** Those who watch a live_room at most. */
  readonly maxAudience?: number
  /** Mixes the streams of live_rooms; nothing does by default. */
  readonly mixer?: Mixer
  /** What one client may take; the README has the defaults. */
  readonly limits?: Partial<Limits>
  /** Believes `X-Forwarded-For` of a proxy in front about where clients are. */
  readonly trustProxy?: boolean
  /** How long a token is good for, a day by default. */
  readonly tokenLifetimeSeconds?: number
  /** PEM of an app of before 2019, whose userSigs are accepted as well. */
  readonly legacyPublicKey?: string
  /** Whether a room is created, entered, published and played in with a privateMapKey only; not by default. */
  readonly privateMapKeys?: boolean
  /** The application's own way to tell who somebody is, such as a JWT in the place of the userSig. */
  readonly verifyUser?: UserVerifier
  /** Keys of the callbacks of Tencent's live service and of TRTC; what has no key is not served. */
  readonly callbacks?: { readonly liveKey?: string; readonly trtcKey?: string }
  /** Whose a stream is that the live service names; by default it knows the names of RoomService and of TRTC. */
  readonly streamOwnerOf?: StreamOwnerOf
  /** Who is told of room events; with several nodes the same on each. Nobody is by default. */
  readonly destinations?: readonly Destination[]
  /**
   * Known to the media servers whose hooks ask at `{basePath}/hooks/{srs|nginx-rtmp}/{hookSecret}`; without it there are no hooks.
   * Letters, digits and `_ . ~ -`.
   */
  readonly hookSecret?: string
  /** How those media servers are told to cut a stream. */
  readonly mediaServers?: readonly MediaServerApi[]
  readonly store?: Store
  readonly clock?: Clock
  readonly random?: RandomBytes
  readonly log?: Log
  /** Told what happens, for whoever counts it; `createMetrics` has one for Prometheus. */
  readonly meter?: Meter
}

/** RoomService for an HTTP server of one's own, which may serve other things beside it. */
export interface RoomService {
  readonly gate: StreamGate
  readonly hub: RoomHub
  /** Adds the HTTP calls under `{basePath}/weapp`; to be called once, before the app is ready. */
  register(app: FastifyInstance): void
  /** For the server's `upgrade` event. @returns false, the socket untouched, when the path is somebody else's */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** How it goes with each destination of room events; numbers are those of this node. */
  deliveries(): readonly ({ readonly name: string } & DispatcherCounts)[]
  /** Whether clients may be sent here: the store is in reach, and this node does not go away. */
  readonly isReady: boolean
  /**
   * Takes no socket and makes no room any more, and has the clients move to another node, or come again when this one is
   * back. Resolves when they are gone, after `ms` at the latest; requests over HTTP are answered until the owner ends them.
   */
  drain(ms: number): Promise<void>
  /** Ends every socket and timer; the HTTP server is its owner's to close. */
  close(): Promise<void>
}

export function createRoomService(options: RoomServiceOptions): RoomService {
  const { clock = systemClock, log = NO_LOG, random = systemRandom, demo = false, trustProxy = false, meter } = options
  const basePath = normalizePath(options.basePath ?? '')
  const keys = createKeys(options)
  const store = options.store ?? new MemoryStore({ now: () => clock.now(), random: options.random })
  const hub = createRoomHub({ ...options, basePath, store, clock, keys, log })
  const { destinations = [] } = options
  const dispatchers = destinations.map((each) => new Dispatcher(each, store, { clock, log, random }))
  const gate = new StreamGate({ gate: hub.context.gate, store, clock, log, servers: options.mediaServers ?? [] })
  gate.onStream((change) => {
    tellOutside(store, change).catch((error: unknown) => log('error', 'A stream could not be told of', { error }))
  })
  const transport = new SocketTransport({ hub, path: `${basePath}/weapp/ws`, trustProxy, clock, log })
  return {
    hub,
    gate,
    register(app) {
      const routes = async (weapp: FastifyInstance): Promise<void> => {
        weapp.setGenReqId(requestIds(random))
        speakProtocol(weapp, { log, meter }, hub.context.limits)
        limitAddresses(weapp, hub.context.guard, trustProxy)
        registerRoomCalls(weapp, hub.context)
        registerWebrtcCalls(weapp, { hub: hub.context, keys, demo })
        registerCallbacks(weapp, { ...callbacksOf(options), store, clock, log })
        registerUtils(weapp, { hub: hub.context, keys, demo })
      }
      // Fastify logs the URL of each request at info, and tokens are in the query
      app.register(routes, { prefix: `${basePath}/weapp`, logLevel: 'warn' })
      const { hookSecret: secret = '' } = options
      if (secret === '') return
      const hooks = async (scope: FastifyInstance): Promise<void> =>
        registerMediaHooks(scope, { gate, secret, guard: hub.context.guard, trustProxy, log })
      app.register(hooks, { prefix: `${basePath}/hooks`, logLevel: 'warn' })
    },
    handleUpgrade: (request, socket, head) => transport.handleUpgrade(request, socket, head),
    deliveries: () => dispatchers.map(({ name, stats }) => ({ name, ...stats })),
    get isReady() {
      return store.isAvailable && !hub.context.drain.isOn
    },
    drain: (ms) => hub.context.drain.run(ms),
    async close() {
      hub.close()
      gate.close()
      await transport.close()
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()))
      await store.close()
    },
  }
}

function tellOutside(store: Store, { type, roomID, userID, stream, kind }: StreamChange): Promise<void> {
  const event = { type: `stream.${type}`, userID, stream, streamKind: kind } as const
  return store.report({ room: roomID, event, request: '' })
}

function callbacksOf({ callbacks = {}, streamOwnerOf, sdkAppID }: RoomServiceOptions) {
  const { liveKey = '', trtcKey = '' } = callbacks
  return { liveKey, trtcKey, sdkAppID, ownerOf: streamOwnerOf ?? createStreamOwnerOf(sdkAppID) }
}

/** '' or a path with a slash at its start and none at its end. */
function normalizePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  return trimmed === '' ? '' : `/${trimmed}`
}

function limitAddresses(app: FastifyInstance, guard: Guard, trustProxy: boolean): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    done(guard.refusalOf({ address: addressOf(raw, trustProxy), userID: '' }) ?? undefined)
  })
}
