import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import {
  makeLegacyPrivateMapKey,
  makeLegacyUserSig,
  verifyLegacyPrivateMapKey,
  verifyLegacyUserSig,
} from '../../../server/src/tickets/legacy-user-sig'
import vectors from '../../fixtures/vectors.json'
import { badParameter } from '../support/bad-parameter'

const { userSigLegacyEcdsa: vector, privMapEncryptLegacy: roomVector } = vectors
const sdkAppID = 1400000000
const time = vectors.clock
const claim = { publicKey: vector.publicKeyPem, sdkAppID, userID: 'xiaojun', now: time * 1000 }

function keyPair(namedCurve: string) {
  return generateKeyPairSync('ec', {
    namedCurve,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

function unpack(ticket: string): Record<string, string> {
  const base64 = ticket.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=')
  return JSON.parse(inflateSync(Buffer.from(base64, 'base64')).toString('utf8'))
}

function pack(ticket: object): string {
  const base64 = deflateSync(JSON.stringify(ticket)).toString('base64')
  return base64.replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')
}

/** Does the signature stand for exactly this text? */
function signs(ticket: Record<string, string>, content: string, publicKey: string): boolean {
  const signature = Buffer.from(ticket['TLS.sig'] ?? '', 'base64')
  return verify('sha256', Buffer.from(content), createPublicKey(publicKey), signature)
}

const { privateKey, publicKey } = keyPair('secp256k1')
const request = { privateKey, sdkAppID, userID: 'xiaojun', expire: 300, time }

describe('makeLegacyUserSig', () => {
  it('makes the ticket of the vector, signed with its own key', () => {
    const made = unpack(makeLegacyUserSig(request))
    expect({ ...made, 'TLS.sig': '' }).toEqual({ ...JSON.parse(vector.json), 'TLS.sig': '' })
    expect(signs(made, vector.contentToSign, publicKey)).toBe(true)
  })

  it('leaves the curve to the key', () => {
    const other = keyPair('prime256v1')
    const made = makeLegacyUserSig({ ...request, privateKey: other.privateKey })
    expect(verifyLegacyUserSig(made, { ...claim, publicKey: other.publicKey }).ok).toBe(true)
  })

  it.each([
    ['privateKey', { privateKey: 'no key' }],
    ['privateKey', { privateKey: publicKey }],
    ['privateKey', { privateKey: rsaKey() }],
    ['sdkAppID', { sdkAppID: 0 }],
    ['userID', { userID: undefined }],
    ['expire', { expire: '300' }],
  ])('names %s when it is wrong, and shows no key', (field, change) => {
    const complaint = badParameter(() => makeLegacyUserSig({ ...request, ...change } as typeof request))
    expect(complaint).toMatch(new RegExp(`^${field} `))
    expect(complaint).not.toContain('BEGIN')
  })
})

function rsaKey(): string {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

describe('verifyLegacyUserSig', () => {
  it('accepts the ticket of the vector', () => {
    expect(unpack(vector.userSig)).toEqual(JSON.parse(vector.json))
    expect(verifyLegacyUserSig(vector.userSig, claim)).toEqual({
      ok: true,
      claim: { userID: 'xiaojun', sdkAppID, time, expire: 300 },
    })
  })

  it('refuses what is no ticket, another user or app, another key, a change, and an old one', () => {
    const ticket = unpack(vector.userSig)
    const reason = (sig: string, change = {}) => verifyLegacyUserSig(sig, { ...claim, ...change })
    expect(reason('nonsense')).toEqual({ ok: false, reason: 'format' })
    expect(reason(vectors.userSigV2.userSig_node_zlib)).toEqual({ ok: false, reason: 'format' })
    expect(reason(vector.userSig, { userID: 'other' })).toEqual({ ok: false, reason: 'mismatch' })
    expect(reason(vector.userSig, { sdkAppID: 1 })).toEqual({ ok: false, reason: 'mismatch' })
    expect(reason(vector.userSig, { publicKey })).toEqual({ ok: false, reason: 'signature' })
    expect(reason(pack({ ...ticket, 'TLS.expire_after': '301' }))).toEqual({ ok: false, reason: 'signature' })
    expect(reason(pack({ ...ticket, 'TLS.sig': '' }))).toEqual({ ok: false, reason: 'signature' })
    expect(reason(vector.userSig, { now: (time + 300) * 1000 })).toEqual({ ok: false, reason: 'expired' })
    expect(reason(vector.userSig, { now: (time + 300) * 1000 - 1 }).ok).toBe(true)
  })

  it('names a key that is none', () => {
    expect(badParameter(() => verifyLegacyUserSig(vector.userSig, { ...claim, publicKey: 'x' }))).toMatch(/^publicKey /)
  })
})

describe('the legacy privateMapKey', () => {
  const { userID, roomID, expire } = roomVector
  const roomRequest = { privateKey, sdkAppID, userID, roomID, expire, time }
  const roomClaim = { publicKey, sdkAppID, userID, roomID, now: time * 1000 }
  const made = makeLegacyPrivateMapKey(roomRequest)

  it('signs the content of the vector', () => {
    expect(unpack(made)['TLS.userbuf']).toBe(roomVector.userbufBase64)
    expect(signs(unpack(made), roomVector.contentToSign, publicKey)).toBe(true)
  })

  it('opens its room to its user, until it expires', () => {
    const grant = { userID, sdkAppID, room: roomID, privilegeMap: 255, expireAbs: time + expire }
    expect(verifyLegacyPrivateMapKey(made, roomClaim)).toEqual({ ok: true, claim: grant })
    const reason = (change: object) => verifyLegacyPrivateMapKey(made, { ...roomClaim, ...change })
    expect(reason({ roomID: 1235 })).toEqual({ ok: false, reason: 'mismatch' })
    expect(reason({ userID: 'other' })).toEqual({ ok: false, reason: 'mismatch' })
    expect(reason({ now: (time + expire) * 1000 })).toEqual({ ok: false, reason: 'expired' })
  })

  it('is not a userSig, nor the other way round with a swapped grant', () => {
    const plain = makeLegacyUserSig({ ...request, userID })
    expect(verifyLegacyPrivateMapKey(plain, roomClaim)).toEqual({ ok: false, reason: 'format' })
    const swapped = pack({ ...unpack(plain), 'TLS.userbuf': roomVector.userbufBase64 })
    expect(verifyLegacyPrivateMapKey(swapped, roomClaim)).toEqual({ ok: false, reason: 'signature' })
  })

  it('names a room that is none', () => {
    expect(badParameter(() => makeLegacyPrivateMapKey({ ...roomRequest, roomID: 0 }))).toMatch(/^roomID /)
  })
})
