/** What one client may take of the server. Rates are per second; five seconds' worth may come at once. */
export interface Limits {
  readonly frameBytes: number
  readonly messageBytes: number
  readonly nameBytes: number
  readonly roomInfoBytes: number
  readonly roomsPerUser: number
  readonly requestsPerUser: number
  readonly requestsPerAddress: number
  readonly messagesPerUser: number
  readonly connectionsPerAddress: number
  readonly connectionsPerUser: number
  readonly pendingRequests: number
  readonly unreadBytes: number
  readonly loginSeconds: number
  readonly headersSeconds: number
  readonly requestSeconds: number
  readonly answerSeconds: number
}

export interface LimitEntry {
  /** Its variable of the environment. */
  readonly variable: string
  readonly default: number
  readonly least: number
  readonly meaning: string
}

function entry(variable: string, standard: number, least: number, meaning: string): LimitEntry {
  return { variable, default: standard, least, meaning }
}

/** A school or a hospital comes by one address: the limits of an address leave room for thousands. */
export const LIMIT_ENTRIES: { readonly [K in keyof Limits]: LimitEntry } = {
  frameBytes: entry('MAX_FRAME_BYTES', 65_536, 4_096, 'bytes of a frame or an HTTP body'),
  messageBytes: entry('MAX_MESSAGE_BYTES', 8_192, 1, 'bytes of a message, as JSON'),
  nameBytes: entry('MAX_NAME_BYTES', 256, 1, 'bytes of a user name'),
  roomInfoBytes: entry('MAX_ROOM_INFO_BYTES', 1_024, 1, 'bytes of a roomInfo'),
  roomsPerUser: entry('MAX_ROOMS_PER_USER', 20, 1, 'rooms that one user has made, per node'),
  requestsPerUser: entry('MAX_REQUESTS_PER_USER', 50, 1, 'requests per second of one user'),
  requestsPerAddress: entry('MAX_REQUESTS_PER_ADDRESS', 2_000, 1, 'requests per second from one address'),
  messagesPerUser: entry('MAX_MESSAGES_PER_USER', 20, 1, 'messages per second of one user'),
  connectionsPerAddress: entry('MAX_CONNECTIONS_PER_ADDRESS', 2_000, 1, 'sockets from one address'),
  connectionsPerUser: entry('MAX_CONNECTIONS_PER_USER', 10, 1, 'sockets of one user'),
  pendingRequests: entry('MAX_PENDING_REQUESTS', 500, 1, 'requests of one socket that wait for their turn'),
  unreadBytes: entry('MAX_UNREAD_BYTES', 1_048_576, 65_536, 'bytes that a slow reader may leave unread'),
  loginSeconds: entry('MAX_LOGIN_SECONDS', 15, 1, 'seconds that a socket may stay without a login'),
  headersSeconds: entry(
    'MAX_HEADERS_SECONDS',
    10,
    1,
    'seconds that a connection may take for the headers of a request',
  ),
  requestSeconds: entry('MAX_REQUEST_SECONDS', 15, 1, 'seconds that a whole request may take to arrive'),
  answerSeconds: entry('MAX_ANSWER_SECONDS', 30, 1, 'seconds that an answer over HTTP may stay unread'),
}

/** Those that are given, and the defaults of all others. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  const names = Object.keys(LIMIT_ENTRIES) as (keyof Limits)[]
  return Object.fromEntries(
    names.map((name) => [name, given[name] ?? LIMIT_ENTRIES[name].default]),
  ) as unknown as Limits
}
