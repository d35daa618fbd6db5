import {
  makeTxSecret,
  tencentLowLatencyUrl,
  tencentPushUrl,
  txTimeOf,
  verifyTxSecret,
} from '../../../server/src/tickets/tencent-live'
import vectors from '../../fixtures/vectors.json'
import { badParameter } from '../support/bad-parameter'

const { txSecret: vector } = vectors
const { key, streamName, expireUnix } = vector
const request = { key, streamName, expireUnix }
const urlRequest = { ...request, bizid: 8888 }

it('txSecret and txTime are those the vendor documents', () => {
  expect(txTimeOf(expireUnix)).toBe(vector.txTime)
  expect(makeTxSecret(request)).toBe(vector.txSecret)
})

it('a push URL is signed; the low-latency URL is the RTMP play URL with the same query', () => {
  expect(tencentPushUrl(urlRequest)).toBe(vector.pushUrl)
  expect(tencentLowLatencyUrl(urlRequest)).toBe(vector.pushUrl.replace('livepush', 'liveplay'))
})

it('domains and app are those of the request', () => {
  const own = { ...urlRequest, bizid: '8888', pushDomain: 'push.example.com', playDomain: 'play.example.com:1936' }
  const query = vector.pushUrl.replace(/^[^?]+/, '')
  expect(tencentPushUrl({ ...own, appName: 'class' })).toBe(`rtmp://push.example.com/class/${streamName}${query}`)
  expect(tencentLowLatencyUrl(own)).toBe(`rtmp://play.example.com:1936/live/${streamName}${query}`)
})

it('a txSecret is good for its stream until its time', () => {
  const claim = { ...request, now: expireUnix * 1000 - 1 }
  const result = (change: object, txSecret = vector.txSecret) => verifyTxSecret(txSecret, { ...claim, ...change })
  expect(result({})).toEqual({ ok: true, claim: { streamName, expireUnix } })
  expect(result({ now: expireUnix * 1000 })).toEqual({ ok: false, reason: 'expired' })
  expect(result({ expireUnix: expireUnix + 1 })).toEqual({ ok: false, reason: 'signature' })
  expect(result({ streamName: 'other' })).toEqual({ ok: false, reason: 'signature' })
  expect(result({ key: 'other' })).toEqual({ ok: false, reason: 'signature' })
  expect(result({}, vector.txSecret.slice(1))).toEqual({ ok: false, reason: 'format' })
})

it.each([
  ['key', { key: undefined }],
  ['streamName', { streamName: 'a?b' }],
  ['streamName', { streamName: '../a' }],
  ['streamName', { streamName: '..' }],
  ['expireUnix', { expireUnix: 1.5 }],
  ['expireUnix', { expireUnix: '1483200000' }],
  ['bizid', { bizid: 'evil.example.com/' }],
  ['pushDomain', { pushDomain: 'a/b' }],
  ['appName', { appName: '' }],
])('names %s when it is wrong: %j', (field, change) => {
  const wrong = { ...urlRequest, ...change } as typeof urlRequest
  expect(badParameter(() => tencentPushUrl(wrong))).toMatch(new RegExp(`^${field} `))
})
