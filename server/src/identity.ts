import { RoomError } from '../../src/errors'
import type { Clock } from './clock'
import type { Keys } from './keys'
import { newId, type RandomBytes } from './random'
import { RecentMap } from './recent-map'
import type { Store } from './store/store'
import { makeToken, readToken, type TokenClaims } from './tickets/access-token'
import { userSigFault, type UserSigFault } from './tickets/user-sig'

export const TOKEN_LIFETIME_MS = 24 * 3600_000
/** A client of the HTTP protocol shows its token with every call; so many are known by sight, the others are verified again. */
const KNOWN_TOKENS = 20_000

export interface Credentials {
  readonly userID: string
  readonly userSig?: string
  readonly token?: string
  readonly sdkAppID?: string
}

export interface Session extends TokenClaims {
  readonly token: string
}

/** Who a client is. Rejects with LOGIN_REFUSED or LOGIN_EXPIRED; the message tells what is wrong. */
export interface Identity {
  /** By userSig (a new token) or by the token of an earlier login. */
  login(credentials: Credentials): Promise<Session>
  verify(userID: string, token: string): Promise<Session>
  /** The token is worth nothing from now on. */
  logout(session: TokenClaims): Promise<void>
}

export interface IdentityOptions {
  readonly keys: Keys
  readonly clock: Pick<Clock, 'now'>
  readonly random: RandomBytes
  readonly store: Pick<Store, 'revokeToken' | 'isTokenRevoked'>
}

const USER_SIG_FAULTS: Record<UserSigFault, () => RoomError> = {
  format: () => new RoomError('LOGIN_REFUSED', 'The userSig has a wrong format'),
  mismatch: () => new RoomError('LOGIN_REFUSED', 'The userSig is for another userID or sdkAppID'),
  signature: () => new RoomError('LOGIN_REFUSED', 'The signature of the userSig is wrong'),
  expired: () => new RoomError('LOGIN_EXPIRED', 'The userSig has expired'),
}

export function createIdentity(options: IdentityOptions): Identity {
  const { keys, clock, random, store } = options
  /** Only what this key has signed; whether it has expired or been revoked is asked each time. */
  const known = new RecentMap<TokenClaims>(KNOWN_TOKENS)

  const claimsOf = (token: string): TokenClaims | null => {
    const seen = known.get(token)
    if (seen) return seen
    const claims = readToken(token, keys.tokenKey)
    if (claims) known.set(token, claims)
    return claims
  }

  const loginBySig = (userID: string, userSig: string): Session => {
    const claim = { sdkAppID: keys.sdkAppID, secretKey: keys.userSigKey, userID, now: clock.now() }
    const fault = userSigFault(userSig, claim)
    if (fault) throw USER_SIG_FAULTS[fault]()
    const claims = { userID, id: newId(random), expiresAt: clock.now() + TOKEN_LIFETIME_MS }
    return { ...claims, token: makeToken(claims, keys.tokenKey) }
  }

  const verify = async (userID: string, token: string): Promise<Session> => {
    const claims = claimsOf(token)
    if (!claims) throw new RoomError('LOGIN_REFUSED', 'The token is not one of this service')
    if (claims.userID !== userID) throw new RoomError('LOGIN_REFUSED', 'The token is for another userID')
    if (claims.expiresAt <= clock.now()) throw new RoomError('LOGIN_EXPIRED', 'The token has expired')
    if (await store.isTokenRevoked(claims.id)) throw new RoomError('LOGIN_EXPIRED', 'The token has been logged out')
    return { ...claims, token }
  }

  return {
    verify,
    async login({ userID, userSig, token, sdkAppID }) {
      if (sdkAppID !== undefined && sdkAppID !== String(keys.sdkAppID)) {
        throw new RoomError('LOGIN_REFUSED', 'The sdkAppID is not the one of this service')
      }
      if (token) return verify(userID, token)
      if (userSig) return loginBySig(userID, userSig)
      throw new RoomError('LOGIN_REFUSED', 'The userSig is missing')
    },
    logout: (session) => store.revokeToken(session.id, session.expiresAt),
  }
}
