import type { Meter } from './metrics/meter'
import { NO_LOG, type Log } from './log'
import type { RoomKind } from '../../src/signaling/protocol'
import type { Clock } from './clock'
import { limitsOf, type Limits } from './config/limits'
import { createGate, type Gate } from './gate'
import { Guard } from './guard/guard'
import { RoomQuota } from './guard/room-quota'
import { createIdentity, type Identity, type UserVerifier } from './identity'
import type { Keys } from './keys'
import { createGrants, type Grants } from './rights'
import { createRoomKeys, type RoomKeys } from './room-keys'
import { createNoMixer, type Mixer } from './mixer/mixer'
import { newId, systemRandom, type RandomBytes } from './random'
import type { Store } from './store/store'
import type { StoreEvent } from './store/store-event'
import { createStreamUrls, type StreamUrls } from './stream-urls'
import { Sweeper } from './sweeper'
import { LiveNews } from './hub/live-news'
import { Connection, type Peer, type PeerLink } from './hub/connection'
import { Drain } from './hub/drain'
import { RoomFeeds } from './hub/room-feed'

/** Members of a multi_room or webrtc_room at most: what the largest layout shows. */
const MAX_MEMBERS = 9
/** Guests beside the presenter of a live_room at most. */
const MAX_GUESTS = 3
/** Bounds what one live_room may hold in memory. */
const MAX_AUDIENCE = 10_000

export interface RoomHubOptions {
  readonly store: Store
  readonly clock: Clock
  readonly keys: Keys
  readonly random?: RandomBytes
  readonly log?: Log
  /** Told what happens, for whoever counts it. */
  readonly meter?: Meter
  /** Members of a multi_room or webrtc_room at most, 9 by default; a double_room holds two. */
  readonly maxMembers?: number
  /** Guests beside the presenter of a live_room at most, 3 by default. */
  readonly maxGuests?: number
  /** Those who watch a live_room at most, 10,000 by default. */
  readonly maxAudience?: number
  /** Nothing is mixed by default. */
  readonly mixer?: Mixer
  /** Port of the RTMP server that the stream URLs lead to, 1935 by default. */
  readonly rtmpPort?: number
  readonly basePath?: string
  /** What one client may take; see the README for the defaults. */
  readonly limits?: Partial<Limits>
  /** How long a token is good for, a day by default. */
  readonly tokenLifetimeSeconds?: number
  /** PEM of an app of before 2019, whose userSigs are accepted as well. */
  readonly legacyPublicKey?: string
  /** Whether a room is entered with a privateMapKey only; not by default. */
  readonly privateMapKeys?: boolean
  /** The application's own way to tell who somebody is, in the place of userSigs. */
  readonly verifyUser?: UserVerifier
}

/** What the connections of one hub share. */
export interface HubContext {
  readonly store: Store
  readonly identity: Identity
  readonly roomKeys: RoomKeys
  readonly grants: Grants
  readonly urls: StreamUrls
  readonly gate: Gate
  readonly mixer: Mixer
  readonly feeds: RoomFeeds
  readonly sweeper: Sweeper
  readonly connections: Set<Connection>
  /** Those who publish at most. */
  readonly capacity: Readonly<Record<RoomKind, number>>
  readonly maxAudience: number
  readonly limits: Limits
  readonly guard: Guard
  readonly quota: RoomQuota
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly meter?: Meter
  readonly drain: Drain
  /** Ends every connection of this login that this node has. */
  endToken(id: string): void
}

/** RoomService without a transport: sockets come in through {@link RoomHub.accept}, rooms live in the store. */
export interface RoomHub {
  readonly context: HubContext
  accept(peer: Peer): PeerLink
  /** Closes every socket and stops every timer; the rooms stay in the store. */
  close(): void
}

export function createRoomHub(options: RoomHubOptions): RoomHub {
  const { store, clock, random = systemRandom, log = NO_LOG, meter } = options
  const feeds = new RoomFeeds()
  const news = new LiveNews(feeds, clock)
  const connections = new Set<Connection>()
  const unsubscribe = listen(store, connections, (event) => {
    if (feeds.handle(event)) timeFanOut(event, { clock, meter })
    news.handle(event)
    if (event.type === 'loggedOut') context.endToken(event.login)
  })
  const limits = limitsOf(options.limits)
  const drain = new Drain(connections, clock)
  const context: HubContext = {
    store,
    clock,
    random,
    log,
    meter,
    drain,
    feeds,
    connections,
    ...signersOf(options, random),
    mixer: options.mixer ?? createNoMixer(clock),
    sweeper: new Sweeper(store, clock, log),
    capacity: capacityOf(options),
    maxAudience: options.maxAudience ?? MAX_AUDIENCE,
    limits,
    guard: new Guard(limits, () => clock.now(), meter),
    quota: new RoomQuota(store, limits.roomsPerUser, drain),
    endToken: (id) => endLogin(connections, id),
  }
  return {
    context,
    accept(peer) {
      const connection = new Connection(newId(random), peer, context)
      connections.add(connection)
      return connection
    },
    close() {
      unsubscribe()
      news.close()
      context.sweeper.close()
      for (const connection of connections) connection.drop('goingAway', 'going away')
      connections.clear()
    },
  }
}

/** Whatever signs and verifies. */
function signersOf(
  options: RoomHubOptions,
  random: RandomBytes,
): Pick<HubContext, 'identity' | 'roomKeys' | 'grants' | 'urls' | 'gate'> {
  const { keys, clock, rtmpPort, basePath, privateMapKeys: isRequired = false } = options
  return {
    identity: createIdentity({ ...options, random }),
    roomKeys: createRoomKeys({ keys, clock }),
    grants: createGrants({ keys, clock, isRequired }),
    urls: createStreamUrls({ keys, clock, rtmpPort, basePath }),
    gate: createGate({ keys, clock }),
  }
}

/** Hears the store out, and sends everyone away when it has lost what their connections hold. */
function listen(store: Store, connections: ReadonlySet<Connection>, heard: (event: StoreEvent) => void): () => void {
  const unsubscribe = store.subscribe(heard)
  const stopWatching = store.onInterrupted(() => {
    for (const connection of [...connections]) connection.drop('restart', 'the rooms were out of reach')
  })
  return () => {
    unsubscribe()
    stopWatching()
  }
}

function timeFanOut(event: StoreEvent, { clock, meter }: Pick<HubContext, 'clock' | 'meter'>): void {
  if (!meter || event.type !== 'notice' || event.notice.ev !== 'message') return
  meter.fannedOut((clock.now() - event.notice.time) / 1000)
}

function endLogin(connections: ReadonlySet<Connection>, id: string): void {
  for (const connection of [...connections]) {
    if (connection.session?.id === id) connection.end('loggedOut', 'logged out')
  }
}

function capacityOf(options: RoomHubOptions): HubContext['capacity'] {
  const { maxMembers = MAX_MEMBERS, maxGuests = MAX_GUESTS } = options
  return { double_room: 2, multi_room: maxMembers, webrtc_room: maxMembers, live_room: 1 + maxGuests }
}
