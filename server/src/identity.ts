import { RoomError } from '../../src/errors'
import type { Clock } from './clock'
import type { Keys } from './keys'
import { checkId } from './limits'
import { newId, type RandomBytes } from './random'
import { RecentMap } from './recent-map'
import type { Store } from './store/store'
import { makeToken, readToken, type TokenClaims } from './tickets/access-token'
import { verifyLegacyUserSig } from './tickets/legacy-user-sig'
import { decodeUserSig, verifyUserSig, type UserSigFault } from './tickets/user-sig'

const TOKEN_LIFETIME_MS = 24 * 3600_000
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

/**
 * An application's own way to tell who somebody is, such as a JWT of its backend in the place of the userSig. Answers
 * the userID that is proven, and null when nothing is.
 */
export type UserVerifier = (credentials: {
  readonly userID: string
  readonly userSig: string
}) => Promise<string | null>

/** Who a client is. Rejects with LOGIN_REFUSED or LOGIN_EXPIRED; the message tells what is wrong. */
export interface Identity {
  /** By userSig, or by the token of an earlier login, which ends as it would have ended: a fresh one is of the same login. */
  login(credentials: Credentials): Promise<Session>
  verify(userID: string, token: string): Promise<Session>
  /** No token of this login is worth anything from now on. */
  logout(session: TokenClaims): Promise<void>
}

export interface IdentityOptions {
  readonly keys: Keys
  readonly clock: Pick<Clock, 'now'>
  readonly random: RandomBytes
  readonly store: Pick<Store, 'revokeToken' | 'isTokenRevoked'>
  readonly tokenLifetimeSeconds?: number
  /** PEM of an app of the first generation. */
  readonly legacyPublicKey?: string
  /** Asked in the place of checking userSigs. */
  readonly verifyUser?: UserVerifier
}

const USER_SIG_FAULTS: Record<UserSigFault, () => RoomError> = {
  format: () => new RoomError('LOGIN_REFUSED', 'The userSig has a wrong format'),
  mismatch: () => new RoomError('LOGIN_REFUSED', 'The userSig is for another userID or sdkAppID'),
  signature: () => new RoomError('LOGIN_REFUSED', 'The signature of the userSig is wrong'),
  expired: () => new RoomError('LOGIN_EXPIRED', 'The userSig has expired'),
}

export function createIdentity(options: IdentityOptions): Identity {
  const { keys, clock, random, store, tokenLifetimeSeconds } = options
  const lifetimeMs = tokenLifetimeSeconds === undefined ? TOKEN_LIFETIME_MS : tokenLifetimeSeconds * 1000
  const checkSig = sigCheckOf(options)
  /** Only what this key has signed; whether it has expired or been revoked is asked each time. */
  const known = new RecentMap<Session>(KNOWN_TOKENS)

  const sessionOf = (token: string): Session | null => {
    const seen = known.get(token)
    if (seen) return seen
    const claims = readToken(token, keys.tokenKey)
    if (!claims) return null
    const session = { ...claims, token }
    known.set(token, session)
    return session
  }

  const issue = (userID: string, id: string): Session => {
    const claims = { userID, id, expiresAt: clock.now() + lifetimeMs }
    return { ...claims, token: makeToken(claims, keys.tokenKey) }
  }

  const verify = async (userID: string, token: string): Promise<Session> => {
    const session = sessionOf(token)
    if (!session) throw new RoomError('LOGIN_REFUSED', 'The token is not one of this service')
    if (session.userID !== userID) throw new RoomError('LOGIN_REFUSED', 'The token is for another userID')
    if (session.expiresAt <= clock.now()) throw new RoomError('LOGIN_EXPIRED', 'The token has expired')
    if (await store.isTokenRevoked(session.id)) throw new RoomError('LOGIN_EXPIRED', 'The token has been logged out')
    return session
  }

  return {
    verify,
    async login({ userID, userSig, token, sdkAppID }) {
      checkId('userID', userID)
      if (sdkAppID !== undefined && sdkAppID !== String(keys.sdkAppID)) {
        throw new RoomError('LOGIN_REFUSED', 'The sdkAppID is not the one of this service')
      }
      // a fresh token of the same login: logging out ends them all
      if (token) return issue(userID, (await verify(userID, token)).id)
      if (!userSig) throw new RoomError('LOGIN_REFUSED', 'The userSig is missing')
      await checkSig(userID, userSig)
      return issue(userID, newId(random))
    },
    // a token that was made just now for this login ends after the one at hand
    logout: (session) => store.revokeToken(session.id, clock.now() + lifetimeMs),
  }
}

/** Rejects when the userSig does not prove the userID. */
function sigCheckOf(options: IdentityOptions): (userID: string, userSig: string) => Promise<void> {
  const { keys, clock, legacyPublicKey: publicKey = '', verifyUser } = options
  if (verifyUser) {
    return async (userID, userSig) => {
      const proven = await verifyUser({ userID, userSig })
      if (proven === null) throw USER_SIG_FAULTS.signature()
      if (proven !== userID) throw USER_SIG_FAULTS.mismatch()
    }
  }
  const { sdkAppID, userSigKey: secretKey } = keys
  return async (userID, userSig) => {
    const claim = { sdkAppID, userID, now: clock.now() }
    const isLegacy = publicKey !== '' && !decodeUserSig(userSig)
    const result = isLegacy
      ? verifyLegacyUserSig(userSig, { ...claim, publicKey })
      : verifyUserSig(userSig, { ...claim, secretKey })
    if (!result.ok) throw USER_SIG_FAULTS[result.reason]()
    // a privateMapKey is signed alike, and is shown to more eyes than a userSig
    if (result.claim.userbuf !== undefined) throw USER_SIG_FAULTS.mismatch()
  }
}
