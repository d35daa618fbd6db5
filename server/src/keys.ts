import { createHmac, timingSafeEqual } from 'node:crypto'

/** What the server signs and verifies with. One secret is configured; the purposes get keys of their own. */
export interface Keys {
  readonly sdkAppID: number
  /** The key userSigs are made with; shared with whoever issues them. */
  readonly userSigKey: string
  readonly tokenKey: Buffer
  readonly urlKey: Buffer
}

export function createKeys(options: { sdkAppID: number; secretKey: string }): Keys {
  const derive = (purpose: string): Buffer => hmac(options.secretKey, `roomlet ${purpose} ${options.sdkAppID}`)
  return {
    sdkAppID: options.sdkAppID,
    userSigKey: options.secretKey,
    tokenKey: derive('token'),
    urlKey: derive('url'),
  }
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** Compares in constant time; texts of different length are simply unequal. */
export function equalSecrets(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
