import { equalSecrets, hmac } from '../keys'

export interface TokenClaims {
  readonly userID: string
  /** Names this one token, for its revocation. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** A short-lived token bound to a user. It is signed, not stored: it outlives a restart of the server. */
export function makeToken(claims: TokenClaims, key: Buffer): string {
  const body = Buffer.from(JSON.stringify([claims.userID, claims.id, claims.expiresAt])).toString('base64url')
  return `${body}.${hmac(key, body).toString('base64url')}`
}

/** The claims of a token this key has signed, expired or not; null for anything else. */
export function readToken(token: string, key: Buffer): TokenClaims | null {
  const [body, signature, ...rest] = token.split('.')
  if (body === undefined || signature === undefined || rest.length > 0) return null
  if (!equalSecrets(signature, hmac(key, body).toString('base64url'))) return null
  // signed by us, so it has the shape we gave it
  const [userID, id, expiresAt] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
    string,
    string,
    number,
  ]
  return { userID, id, expiresAt }
}
