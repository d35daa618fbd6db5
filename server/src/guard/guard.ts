import { RoomError } from '../../../src/errors'
import type { Limits } from '../config/limits'
import type { Meter, ShareName } from '../metrics/meter'
import { Counter } from './counter'
import { RateLimiter } from './rate-limiter'

/** Who asks: '' = not known (yet), which is not limited. */
export interface Asker {
  readonly address: string
  readonly userID: string
}

/** Keeps one client from taking what belongs to all. What it counts, it counts for this node. */
export class Guard {
  /** Sockets of one address; the transport counts them. */
  readonly addresses: Counter
  /** Sockets of one user that are logged in. */
  readonly users: Counter
  private readonly ofUser: RateLimiter
  private readonly ofAddress: RateLimiter
  private readonly messages: RateLimiter

  constructor(
    limits: Limits,
    now: () => number,
    private readonly meter?: Meter,
  ) {
    this.addresses = new Counter(limits.connectionsPerAddress)
    this.users = new Counter(limits.connectionsPerUser)
    this.ofUser = new RateLimiter(limits.requestsPerUser, now)
    this.ofAddress = new RateLimiter(limits.requestsPerAddress, now)
    this.messages = new RateLimiter(limits.messagesPerUser, now)
  }

  /** Counts a request. @returns RATE_LIMITED when it is one too many */
  refusalOf({ address, userID }: Asker): RoomError | null {
    if (address !== '' && !this.ofAddress.take(address))
      return this.limited('requestsPerAddress', 'requests from this address')
    if (userID !== '' && !this.ofUser.take(userID)) return this.limited('requestsPerUser', 'requests of this user')
    return null
  }

  /** @throws RoomError RATE_LIMITED */
  request(asker: Asker): void {
    const refusal = this.refusalOf(asker)
    if (refusal) throw refusal
  }

  /** @throws RoomError RATE_LIMITED */
  message(userID: string): void {
    if (!this.messages.take(userID)) throw this.limited('messagesPerUser', 'messages of this user')
  }

  private limited(share: ShareName, what: string): RoomError {
    this.meter?.refused(share)
    return new RoomError('RATE_LIMITED', `Too many ${what}, try again later`)
  }
}
