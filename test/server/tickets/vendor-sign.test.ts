import {
  makeLiveCallbackSign,
  makeMixStreamApiSign,
  makeTrtcCallbackSign,
  verifyLiveCallbackSign,
  verifyMixStreamApiSign,
  verifyTrtcCallbackSign,
} from '../../../server/src/tickets/vendor-sign'
import vectors from '../../fixtures/vectors.json'
import { badParameter } from '../support/bad-parameter'

describe.each([
  ['live callback', makeLiveCallbackSign, verifyLiveCallbackSign, vectors.liveCallbackSign],
  ['Mix API', makeMixStreamApiSign, verifyMixStreamApiSign, vectors.mixStreamApiSign],
])('the sign of the %s', (_what, make, verify, vector) => {
  const { key, t, sign } = vector
  const claim = { key, t, now: t * 1000 - 1 }

  it('is that of the vector, be t a number or its digits', () => {
    expect(make({ key, t })).toBe(sign)
    expect(make({ key, t: String(t) })).toBe(sign)
    expect(verify(sign, claim)).toEqual({ ok: true, claim: { t } })
  })

  it('is refused when it is none, forged, moved or old', () => {
    expect(verify('', claim)).toEqual({ ok: false, reason: 'format' })
    expect(verify(sign, { ...claim, key: 'other' })).toEqual({ ok: false, reason: 'signature' })
    expect(verify(sign, { ...claim, t: t + 60 })).toEqual({ ok: false, reason: 'signature' })
    expect(verify(sign, { ...claim, now: t * 1000 })).toEqual({ ok: false, reason: 'expired' })
  })

  it('names what is wrong', () => {
    expect(badParameter(() => make({ key: '', t }))).toMatch(/^key /)
    expect(badParameter(() => make({ key, t: 'soon' }))).toMatch(/^t /)
    expect(badParameter(() => make(null as never))).toBe('The input must be an object')
  })
})

describe('the sign of TRTC callbacks', () => {
  const { key, body, sign } = vectors.trtcCallbackSign

  it('is that of the vector, be the body text or bytes', () => {
    expect(makeTrtcCallbackSign({ key, body })).toBe(sign)
    expect(makeTrtcCallbackSign({ key, body: Buffer.from(body) })).toBe(sign)
    expect(verifyTrtcCallbackSign(sign, { key, body })).toEqual({ ok: true, claim: { bytes: body.length } })
  })

  it('stands for the raw body: the same JSON written otherwise is refused', () => {
    const rewritten = JSON.stringify(JSON.parse(body))
    expect(verifyTrtcCallbackSign(sign, { key, body: rewritten })).toEqual({ ok: false, reason: 'signature' })
    expect(verifyTrtcCallbackSign(sign, { key: '1', body })).toEqual({ ok: false, reason: 'signature' })
    expect(verifyTrtcCallbackSign(sign.slice(1), { key, body })).toEqual({ ok: false, reason: 'format' })
  })

  it('names a body that has been parsed', () => {
    expect(badParameter(() => makeTrtcCallbackSign({ key, body: JSON.parse(body) }))).toMatch(/^body /)
  })
})
