import { deflateSync } from 'node:zlib'
import { decodeUserSig, makeUserSig, userSigFault } from '../../server/src/tickets/user-sig'
import vectors from '../fixtures/vectors.json'

const { userSigV2: vector, privateMapKeyNumeric: mapKey } = vectors
const request = {
  sdkAppID: vector.sdkAppID,
  secretKey: vector.secretKey,
  userID: vector.userID,
  time: vector.time,
  expire: vector.expire,
}
const claim = { ...request, now: vector.time * 1000 }

/** Any object, packed as a userSig is. */
function pack(content: unknown): string {
  const base64 = deflateSync(JSON.stringify(content)).toString('base64')
  return base64.replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')
}

describe('makeUserSig', () => {
  it('makes the ticket that the vendor’s package makes', () => {
    expect(decodeUserSig(makeUserSig(request))).toEqual(JSON.parse(vector.json))
    expect(makeUserSig(request)).toMatch(/^[A-Za-z0-9*_-]+$/)
  })

  it('makes the privateMapKey that the vendor’s package makes', () => {
    const made = decodeUserSig(makeUserSig({ ...request, userbuf: mapKey.userbufBase64 }))
    expect(made).toEqual(decodeUserSig(mapKey.privateMapKey_node_zlib))
    expect(made).toMatchObject({ 'TLS.sig': mapKey.hmacBase64, 'TLS.userbuf': mapKey.userbufBase64 })
  })
})

describe('userSigFault', () => {
  it('finds none in the tickets of the vendor’s package', () => {
    expect(userSigFault(vector.userSig_node_zlib, claim)).toBeNull()
    expect(userSigFault(mapKey.privateMapKey_node_zlib, claim)).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['characters of plain base64', 'eJyr+/=='],
    ['base64 of what is not compressed', 'aGVsbG8_'],
    ['compressed, but no ticket', pack({ 'TLS.identifier': 'xiaojun' })],
    ['a number as text', pack({ ...JSON.parse(vector.json), 'TLS.expire': '15552000' })],
    ['more than a ticket can be', pack({ ...JSON.parse(vector.json), more: ' '.repeat(1_000_000) })],
  ])('calls the format wrong: %s', (_what, userSig) => {
    expect(userSigFault(userSig, claim)).toBe('format')
  })

  it('calls the ticket of another user or app a mismatch', () => {
    expect(userSigFault(vector.userSig_node_zlib, { ...claim, userID: 'xiaojun2' })).toBe('mismatch')
    expect(userSigFault(vector.userSig_node_zlib, { ...claim, sdkAppID: 1400000001 })).toBe('mismatch')
  })

  it('calls a ticket forged that was signed with another key or changed afterwards', () => {
    const ticket = JSON.parse(vector.json)
    expect(userSigFault(vector.userSig_node_zlib, { ...claim, secretKey: 'another' })).toBe('signature')
    for (const change of [
      { 'TLS.expire': 99999999 },
      { 'TLS.time': 1 },
      { 'TLS.userbuf': 'AAAA' },
      { 'TLS.sig': '' },
    ]) {
      expect(userSigFault(pack({ ...ticket, ...change }), claim)).toBe('signature')
    }
  })

  it('calls it expired from the second on in which it expires', () => {
    const end = (vector.time + vector.expire) * 1000
    expect(userSigFault(vector.userSig_node_zlib, { ...claim, now: end - 1 })).toBeNull()
    expect(userSigFault(vector.userSig_node_zlib, { ...claim, now: end })).toBe('expired')
  })
})
