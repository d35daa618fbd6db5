import { decodeGrant, encodeGrant, ROOM_PRIVILEGES } from '../../../server/src/tickets/room-grant'
import { makePrivateMapKey, verifyPrivateMapKey } from '../../../server/src/tickets/private-map-key'
import { decodeUserSig, makeUserSig } from '../../../server/src/tickets/user-sig'
import vectors from '../../fixtures/vectors.json'
import { badParameter } from '../support/bad-parameter'

const { privateMapKeyNumeric: vector, userSigV2 } = vectors
const { sdkAppID, secretKey, time, expire } = userSigV2
const { userID, room, privilegeMap, expireAbs } = vector
const request = { sdkAppID, secretKey, userID, room, privilegeMap, expire, time }
const claim = { sdkAppID, secretKey, userID, room, now: time * 1000 }
const grant = { userID, sdkAppID, room, privilegeMap, expireAbs }

describe('makePrivateMapKey', () => {
  it('makes the ticket that the vendor’s package makes', () => {
    expect(decodeUserSig(makePrivateMapKey(request))).toEqual(decodeUserSig(vector.privateMapKey_node_zlib))
    expect(encodeGrant(grant)).toBe(vector.userbufBase64)
    expect(Buffer.from(encodeGrant(grant), 'base64').toString('hex')).toBe(vector.userbufHex)
  })

  it('takes the end instead of the lifetime, or both where they agree', () => {
    const { expire: _lifetime, ...rest } = request
    const byEnd = decodeUserSig(makePrivateMapKey({ ...rest, expireAbs }))
    expect(byEnd).toEqual(decodeUserSig(vector.privateMapKey_node_zlib))
    expect(decodeUserSig(makePrivateMapKey({ ...request, expireAbs }))).toEqual(byEnd)
  })

  it('writes a string room behind a 0 in place of its number', () => {
    const key = makePrivateMapKey({ ...request, room: '客厅' })
    const bytes = Buffer.from(decodeUserSig(key)?.['TLS.userbuf'] ?? '', 'base64').toString('hex')
    const { userbufHex } = vector
    const numbers = userbufHex.slice(2).replace('00002710', '00000000')
    expect(bytes).toBe(`01${numbers}0006${Buffer.from('客厅').toString('hex')}`)
  })

  it.each([
    ['sdkAppID', { sdkAppID: '1400000000' }],
    ['secretKey', { secretKey: '' }],
    ['userID', { userID: 'a\nTLS.sdkappid:1' }],
    ['room', { room: 0 }],
    ['room', { room: 1.5 }],
    ['room', { room: '' }],
    ['room', { room: '客'.repeat(22) }],
    ['privilegeMap', { privilegeMap: 256 }],
    ['privilegeMap', { privilegeMap: undefined }],
    ['expire', { expire: 0 }],
    ['expire', { expire: undefined }],
    ['expire', { expire: 0xffffffff }],
    ['expireAbs', { expireAbs: time }],
    ['expireAbs', { expireAbs: expireAbs + 1 }],
    ['time', { time: -1 }],
  ])('names %s when it is wrong: %j', (field, change) => {
    const wrong = { ...request, ...change } as typeof request
    expect(badParameter(() => makePrivateMapKey(wrong))).toMatch(new RegExp(`^${field} `))
  })
})

describe('verifyPrivateMapKey', () => {
  it('tells what the vendor’s ticket allows', () => {
    expect(verifyPrivateMapKey(vector.privateMapKey_node_zlib, claim)).toEqual({ ok: true, claim: grant })
  })

  it('refuses the ticket of another room, and a number is not its digits', () => {
    const forText = makePrivateMapKey({ ...request, room: '10000' })
    expect(verifyPrivateMapKey(forText, claim)).toEqual({ ok: false, reason: 'mismatch' })
    expect(verifyPrivateMapKey(forText, { ...claim, room: '10000' }).ok).toBe(true)
    expect(verifyPrivateMapKey(vector.privateMapKey_node_zlib, { ...claim, room: 10001 }).ok).toBe(false)
  })

  it('refuses it when it allows less than is asked', () => {
    const { joinRoom, receiveAudio, sendAudio } = ROOM_PRIVILEGES
    const listener = makePrivateMapKey({ ...request, privilegeMap: joinRoom + receiveAudio })
    expect(verifyPrivateMapKey(listener, { ...claim, privilegeMap: receiveAudio }).ok).toBe(true)
    const asked = { ...claim, privilegeMap: receiveAudio + sendAudio }
    expect(verifyPrivateMapKey(listener, asked)).toEqual({ ok: false, reason: 'mismatch' })
  })

  it('refuses it from the second on in which it expires', () => {
    const at = (now: number) => verifyPrivateMapKey(vector.privateMapKey_node_zlib, { ...claim, now })
    expect(at(expireAbs * 1000 - 1).ok).toBe(true)
    expect(at(expireAbs * 1000)).toEqual({ ok: false, reason: 'expired' })
  })

  it('refuses a userSig, a grant for somebody else, and a grant that ended before its ticket', () => {
    const around = (userbuf: string) => verifyPrivateMapKey(makeUserSig({ ...request, userbuf }), claim)
    expect(verifyPrivateMapKey(userSigV2.userSig_node_zlib, claim)).toEqual({ ok: false, reason: 'format' })
    expect(around('AAAA')).toEqual({ ok: false, reason: 'format' })
    expect(around(encodeGrant({ ...grant, userID: 'other' }))).toEqual({ ok: false, reason: 'mismatch' })
    expect(around(encodeGrant({ ...grant, expireAbs: time }))).toEqual({ ok: false, reason: 'expired' })
  })

  it('refuses one signed with another key', () => {
    const forged = makePrivateMapKey({ ...request, secretKey: 'another' })
    expect(verifyPrivateMapKey(forged, claim)).toEqual({ ok: false, reason: 'signature' })
  })
})

it('a grant is read only as it is written', () => {
  const bytes = Buffer.from(vector.userbufBase64, 'base64')
  expect(decodeGrant(bytes.toString('base64'))).toEqual(grant)
  expect(decodeGrant(Buffer.concat([bytes, Buffer.of(0)]).toString('base64'))).toBeNull()
  expect(decodeGrant(bytes.subarray(0, -1).toString('base64'))).toBeNull()
  expect(decodeGrant(Buffer.concat([Buffer.of(2), bytes.subarray(1)]).toString('base64'))).toBeNull()
  expect(decodeGrant('')).toBeNull()
})
