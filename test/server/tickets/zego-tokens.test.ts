import { createCipheriv } from 'node:crypto'
import {
  makeZegoLoginToken,
  makeZegoServerToken,
  verifyZegoLoginToken,
} from '../../../server/src/tickets/zego-login-token'
import { makeZegoToken04, verifyZegoToken04, zegoPrivileges } from '../../../server/src/tickets/zego-token04'
import vectors from '../../fixtures/vectors.json'
import { badParameter } from '../support/bad-parameter'

describe('the login token, version 1', () => {
  const { appID, appSign, appSign32, idName, nonce, expired, token, json } = vectors.zegoLoginTokenV1
  const request = { appID, appSign, idName, nonce, expired }
  const claim = { appID, appSign, idName, now: expired * 1000 - 1 }

  it('is that of the vector, be the app sign as the console shows it or in plain hex', () => {
    expect(makeZegoLoginToken(request)).toBe(token)
    expect(makeZegoLoginToken({ ...request, appID: Number(appID), appSign: appSign32 })).toBe(token)
    expect(Buffer.from(token, 'base64').toString()).toBe(json)
    expect(verifyZegoLoginToken(token, claim)).toEqual({ ok: true, claim: { idName, expired, nonce } })
  })

  it('has a nonce of its own unless one is given', () => {
    const { nonce: _nonce, ...rest } = request
    const [one, two] = [makeZegoLoginToken(rest), makeZegoLoginToken(rest)]
    expect(one).not.toBe(two)
    expect([verifyZegoLoginToken(one, claim).ok, verifyZegoLoginToken(two, claim).ok]).toEqual([true, true])
  })

  it('is refused when it is none, another user’s, forged or old', () => {
    const result = (change: object, text = token) => verifyZegoLoginToken(text, { ...claim, ...change })
    const forged = Buffer.from(json.replace('1700001800', '1800001800')).toString('base64')
    expect(result({}, 'e30=')).toEqual({ ok: false, reason: 'format' })
    expect(result({}, '%')).toEqual({ ok: false, reason: 'format' })
    expect(result({}, forged)).toEqual({ ok: false, reason: 'signature' })
    expect(result({ idName: 'user_2' })).toEqual({ ok: false, reason: 'signature' })
    expect(result({ appID: '1' })).toEqual({ ok: false, reason: 'signature' })
    expect(result({ now: expired * 1000 })).toEqual({ ok: false, reason: 'expired' })
  })

  it.each([
    ['appID', { appID: 'app' }],
    ['appSign', { appSign: '0x01,0x02' }],
    ['appSign', { appSign: undefined }],
    ['idName', { idName: '' }],
    ['expired', { expired: '1700001800' }],
  ])('names %s when it is wrong: %j', (field, change) => {
    expect(badParameter(() => makeZegoLoginToken({ ...request, ...change } as typeof request))).toMatch(
      new RegExp(`^${field} `),
    )
  })
})

it('the token for the server API is that of the vector', () => {
  const { appID, serverSecret, nonce, expired, token } = vectors.zegoServerAccessTokenV1
  expect(makeZegoServerToken({ appID, serverSecret, nonce, expired })).toBe(token)
})

describe('token04', () => {
  const { appId, userId, secret, effectiveTimeInSeconds, payload, ctime, expire, iv, plain, token } =
    vectors.zegoToken04Cbc
  const { nonce } = JSON.parse(plain) as { nonce: number }
  const request = { appId, userId, secret, effectiveTimeInSeconds, payload, ctime, nonce, iv }
  const claim = { appId, userId, secret, now: ctime * 1000 }

  /** A token around any content, as someone who has the secret could make it. */
  function around(content: string, outerExpire = expire): string {
    const head = Buffer.from(token.slice(2), 'base64').subarray(0, 26)
    head.writeBigUInt64BE(BigInt(outerExpire))
    const cipher = createCipheriv('aes-256-cbc', secret, iv)
    const encrypted = Buffer.concat([cipher.update(content), cipher.final()])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(encrypted.length)
    return `04${Buffer.concat([head, length, encrypted]).toString('base64')}`
  }

  it('is that of the vector', () => {
    expect(makeZegoToken04(request)).toBe(token)
    const content = { appId, userId, ctime, expire, nonce, payload }
    expect(verifyZegoToken04(token, claim)).toEqual({ ok: true, claim: content })
  })

  it('has a nonce and an iv of its own unless they are given', () => {
    const own = { appId, userId, secret, effectiveTimeInSeconds, ctime }
    const [one, two] = [makeZegoToken04(own), makeZegoToken04(own)].map((text) => verifyZegoToken04(text, claim))
    expect(one).toMatchObject({ ok: true, claim: { payload: '' } })
    expect(two).toMatchObject({ ok: true })
    expect(one).not.toEqual(two)
  })

  it('carries a payload, such as the rights in one room', () => {
    const rights = zegoPrivileges({ roomID: 'room1', login: true, publish: true })
    expect(rights).toBe(vectors.zegoPrivilegePayload.json)
    const made = makeZegoToken04({ ...request, payload: rights })
    expect(verifyZegoToken04(made, claim)).toMatchObject({ ok: true, claim: { payload: rights } })
  })

  it('is refused when it is none, another user’s, forged or old', () => {
    const result = (change: object, text = token) => verifyZegoToken04(text, { ...claim, ...change })
    expect(around(plain)).toBe(token)
    for (const text of ['', '04', `03${token.slice(2)}`, token.slice(0, -8), `${token.slice(0, -1)}AAAA`]) {
      expect(result({}, text)).toEqual({ ok: false, reason: 'format' })
    }
    expect(result({ secret: secret.replace('f', 'e') })).toEqual({ ok: false, reason: 'signature' })
    expect(result({}, around(plain, expire + 1))).toEqual({ ok: false, reason: 'signature' })
    expect(result({}, around('{}'))).toEqual({ ok: false, reason: 'signature' })
    expect(result({ userId: 'other' })).toEqual({ ok: false, reason: 'mismatch' })
    expect(result({ appId: 2 })).toEqual({ ok: false, reason: 'mismatch' })
    expect(result({ now: expire * 1000 })).toEqual({ ok: false, reason: 'expired' })
    expect(result({ now: expire * 1000 - 1 }).ok).toBe(true)
  })

  it.each([
    ['appId', { appId: '1' }],
    ['userId', { userId: undefined }],
    ['secret', { secret: 'short' }],
    ['effectiveTimeInSeconds', { effectiveTimeInSeconds: 0 }],
    ['payload', { payload: {} }],
    ['payload', { payload: 'x'.repeat(65536) }],
    ['nonce', { nonce: 2 ** 31 }],
    ['iv', { iv: 'short' }],
  ])('names %s when it is wrong', (field, change) => {
    const complaint = badParameter(() => makeZegoToken04({ ...request, ...change } as typeof request))
    expect(complaint).toMatch(new RegExp(`^${field} `))
    expect(complaint).not.toContain(secret)
  })
})
