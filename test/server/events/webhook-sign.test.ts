import { makeWebhookSign, verifyWebhookSign } from '../../../server/src/events/webhook-signature'

/** The example that the libraries of Standard Webhooks are tested with. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const timestamp = 1614265330
const body = '{"test": 2432232314}'
const sign = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const now = timestamp * 1000

const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': sign }
const verify = (more: Partial<Parameters<typeof verifyWebhookSign>[0]> = {}) =>
  verifyWebhookSign({ headers, body, secret, now, ...more })

it('signs as Standard Webhooks do', () => {
  expect(makeWebhookSign({ secret, id, timestamp, body })).toBe(sign)
  expect(makeWebhookSign({ secret, id, timestamp, body: Buffer.from(body) })).toBe(sign)
})

it('believes what is signed with the secret, however many signatures there are', () => {
  expect(verify()).toEqual({ ok: true, claim: { id, timestamp } })
  const several = `v1,${'A'.repeat(43)}= v2,x ${sign}`
  expect(verify({ headers: { ...headers, 'webhook-signature': several } })).toMatchObject({ ok: true })
})

it('takes any text for a secret', () => {
  const plain = 'a secret of words'
  const signature = makeWebhookSign({ secret: plain, id, timestamp, body })
  expect(verify({ secret: plain, headers: { ...headers, 'webhook-signature': signature } })).toMatchObject({ ok: true })
  expect(verify({ secret: plain })).toEqual({ ok: false, reason: 'signature' })
})

it.each([
  ['another body', { body: '{"test": 2432232315}' }],
  ['another secret', { secret: 'whsec_AAAA' }],
  ['another id', { headers: { ...headers, 'webhook-id': 'msg_other' } }],
  ['another time', { headers: { ...headers, 'webhook-timestamp': String(timestamp + 1) } }],
  ['a signature without its version', { headers: { ...headers, 'webhook-signature': sign.slice(3) } }],
])('does not believe %s', (_name, more) => {
  expect(verify(more)).toEqual({ ok: false, reason: 'signature' })
})

it.each([
  ['no id', { ...headers, 'webhook-id': undefined }],
  ['no time', { ...headers, 'webhook-timestamp': undefined }],
  ['a time that is none', { ...headers, 'webhook-timestamp': '1e9' }],
  ['no signature', { ...headers, 'webhook-signature': undefined }],
  ['two signatures as two headers', { ...headers, 'webhook-signature': [sign, sign] }],
])('takes headers with %s for none', (_name, given) => {
  expect(verify({ headers: given })).toEqual({ ok: false, reason: 'format' })
})

it('takes what is older than five minutes for an old one again, and what is from the future too', () => {
  expect(verify({ now: now + 300_000 })).toMatchObject({ ok: true })
  expect(verify({ now: now + 301_000 })).toEqual({ ok: false, reason: 'expired' })
  expect(verify({ now: now - 301_000 })).toEqual({ ok: false, reason: 'expired' })
  expect(verify({ now: now + 301_000, toleranceSeconds: 600 })).toMatchObject({ ok: true })
})
