import { decodeUserSig, makeUserSig, verifyUserSig } from '../../../server/src/tickets/user-sig'
import vectors from '../../fixtures/vectors.json'
import { badParameter } from '../support/bad-parameter'

const { sdkAppID, secretKey, userID, time, expire, userSig_node_zlib: userSig } = vectors.userSigV2
const request = { sdkAppID, secretKey, userID, time, expire }
const claim = { sdkAppID, secretKey, userID, now: time * 1000 }

it('a userSig that proves its user is told', () => {
  expect(verifyUserSig(userSig, claim)).toEqual({ ok: true, claim: { userID, sdkAppID, time, expire } })
})

it('a userSig that does not is refused with the reason', () => {
  expect(verifyUserSig('', claim)).toEqual({ ok: false, reason: 'format' })
  expect(verifyUserSig(userSig, { ...claim, userID: 'other' })).toEqual({ ok: false, reason: 'mismatch' })
  expect(verifyUserSig(userSig, { ...claim, secretKey: 'other' })).toEqual({ ok: false, reason: 'signature' })
  expect(verifyUserSig(userSig, { ...claim, now: (time + expire) * 1000 })).toEqual({ ok: false, reason: 'expired' })
})

it('a userSig is issued now unless a time is given', () => {
  const before = Math.floor(Date.now() / 1000)
  const issued = decodeUserSig(makeUserSig({ sdkAppID, secretKey, userID, expire }))?.['TLS.time']
  expect(issued).toBeGreaterThanOrEqual(before)
  expect(issued).toBeLessThanOrEqual(Date.now() / 1000)
})

it.each([
  ['sdkAppID', { sdkAppID: '1400000000' }],
  ['secretKey', { secretKey: undefined }],
  ['userID', { userID: '' }],
  ['userID', { userID: 'a\nTLS.time:1' }],
  ['expire', { expire: -1 }],
  ['time', { time: 1.5 }],
])('names %s when it is wrong: %j', (field, change) => {
  const complaint = badParameter(() => makeUserSig({ ...request, ...change } as typeof request))
  expect(complaint).toMatch(new RegExp(`^${field} `))
  expect(complaint).not.toContain(secretKey)
})

it('names what is missing to verify', () => {
  expect(badParameter(() => verifyUserSig(userSig, { ...claim, secretKey: '' }))).toMatch(/^secretKey /)
  expect(badParameter(() => verifyUserSig(userSig, { ...claim, now: NaN }))).toMatch(/^now /)
})
