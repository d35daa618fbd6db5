/** Everything is below this, so that a Redis may serve other things as well. */
const PREFIX = 'roomlet:'

/** The rows of a room, and with an `@` what it is: its origin, and which change of which epoch they are. */
export const roomKey = (room: string): string => `${PREFIX}room:${room}`
/** The latest changes of a room's rows, for nodes that know an older state. */
export const changesKey = (room: string): string => `${PREFIX}changes:${room}`
/** The latest notices of a room, for members that come back. */
export const logKey = (room: string): string => `${PREFIX}log:${room}`
/** Events of all rooms, as a stream without gaps; the counter is the number of the last one. */
export const EVENTS_KEY = `${PREFIX}events`
export const EVENT_COUNT_KEY = `${PREFIX}event-count`
/** Rooms by when they may need sweeping. */
export const DUE_KEY = `${PREFIX}due`
/** Everyone in a room. */
export const HEADCOUNT_KEY = `${PREFIX}headcount`
/** Rooms with members, by the time of their creation. */
export const listKey = (kind: string, roomType?: string): string =>
  `${PREFIX}rooms:${kind}${roomType === undefined ? '' : `:${roomType}`}`
/** What was answered to a request. */
export const answerKey = (request: string): string => `${PREFIX}answer:${request}`
export const destroyedKey = (epoch: string): string => `${PREFIX}destroyed:${epoch}`
export const tokenKey = (id: string): string => `${PREFIX}token:${id}`
/** What is published at media servers: by room, and by login. */
export const roomStreamsKey = (room: string): string => `${PREFIX}streams:${room}`
export const loginStreamsKey = (login: string): string => `${PREFIX}streams-of:${login}`
/** Nodes that have not been cleared away, alive or not. */
export const NODES_KEY = `${PREFIX}nodes`
/** There while the node is alive. */
export const leaseKey = (node: string): string => `${PREFIX}node:${node}`
/** Whom the sockets of a node hold, as `[room, userID]`. */
export const heldKey = (node: string): string => `${PREFIX}held:${node}`
/** Recorded files of the rooms of an id, as a list. */
export const recordsKey = (room: string): string => `${PREFIX}records:${room}`
/** Who made the latest rooms of an id that are closed, as a list. */
export const pastKey = (room: string): string => `${PREFIX}past:${room}`
/** Room events that wait for a destination, as a stream. */
export const outboxKey = (name: string): string => `${PREFIX}outbox:${name}`
/** The node that delivers them. */
export const outboxOwnerKey = (name: string): string => `${PREFIX}outbox-owner:${name}`
