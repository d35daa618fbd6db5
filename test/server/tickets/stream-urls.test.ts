import { nginxRtmpUrls, srsUrls } from '../../../server/src/tickets/media-server-urls'
import { playUrls } from '../../../server/src/tickets/play-urls'
import { makeStreamToken, verifyStreamToken } from '../../../server/src/tickets/stream-token'
import { badParameter } from '../support/bad-parameter'

const expireUnix = 1700000300
const now = 1700000000_000
const request = {
  rtmpHost: 'media.example.com',
  httpHost: 'media.example.com:8080',
  streamName: 'ann_main',
  key: 'k',
  expireUnix,
}

/** A URL's token, asked as a media server's hook would. */
function allows(url: string, action: 'publish' | 'play', streamName = 'ann_main'): boolean {
  const token = new URL(url).searchParams.get('token') ?? ''
  return verifyStreamToken(token, { key: 'k', action, appName: 'live', streamName, now }).ok
}

it('play URLs have the usual form', () => {
  expect(playUrls({ host: '8888.liveplay.myqcloud.com', streamName: '8888_a' })).toEqual({
    rtmp: 'rtmp://8888.liveplay.myqcloud.com/live/8888_a',
    flv: 'http://8888.liveplay.myqcloud.com/live/8888_a.flv',
    hls: 'http://8888.liveplay.myqcloud.com/live/8888_a.m3u8',
  })
  expect(playUrls({ host: '[::1]:8080', streamName: 'a', appName: 'b', secure: true }).flv).toBe(
    'https://[::1]:8080/b/a.flv',
  )
})

it('SRS: one token to publish, another to play in three ways', () => {
  const { push, rtmp, flv, hls } = srsUrls(request)
  expect([push, rtmp, flv, hls].map((url) => url.replace(/=.*/, '='))).toEqual([
    'rtmp://media.example.com/live/ann_main?token=',
    'rtmp://media.example.com/live/ann_main?token=',
    'http://media.example.com:8080/live/ann_main.flv?token=',
    'http://media.example.com:8080/live/ann_main.m3u8?token=',
  ])
  expect([push, rtmp, flv, hls].map((url) => [allows(url, 'publish'), allows(url, 'play')])).toEqual([
    [true, false],
    [false, true],
    [false, true],
    [false, true],
  ])
  expect(allows(push, 'publish', 'bob_main')).toBe(false)
})

it('nginx-rtmp: HLS below /hls, no FLV', () => {
  const urls = nginxRtmpUrls({ ...request, secure: true })
  expect(Object.keys(urls)).toEqual(['push', 'rtmp', 'hls'])
  expect(urls.hls).toMatch(/^https:\/\/media\.example\.com:8080\/hls\/ann_main\.m3u8\?token=/)
  expect([allows(urls.push, 'publish'), allows(urls.rtmp, 'play')]).toEqual([true, true])
})

it('a token is refused when it is none, forged, moved or old', () => {
  const owner = { key: 'k', action: 'play', appName: 'live', streamName: 'a' } as const
  const token = makeStreamToken({ ...owner, expireUnix })
  const result = (text: string, change: object = {}) => verifyStreamToken(text, { ...owner, now, ...change })
  expect(result(token)).toEqual({ ok: true, claim: { expireUnix } })
  expect(result('')).toEqual({ ok: false, reason: 'format' })
  expect(result(`${token}x`)).toEqual({ ok: false, reason: 'format' })
  expect(result(token.replace(/^./, '7'))).toEqual({ ok: false, reason: 'signature' })
  for (const change of [{ key: 'other' }, { action: 'publish' }, { appName: 'vod' }, { streamName: 'b' }]) {
    expect(result(token, change)).toEqual({ ok: false, reason: 'signature' })
  }
  expect(result(token, { now: expireUnix * 1000 })).toEqual({ ok: false, reason: 'expired' })
})

it.each([
  ['rtmpHost', { rtmpHost: 'rtmp://a' }],
  ['httpHost', { httpHost: undefined }],
  ['streamName', { streamName: 'a b' }],
  ['key', { key: '' }],
  ['secure', { secure: 'yes' }],
])('names %s when it is wrong: %j', (field, change) => {
  const wrong = { ...request, ...change } as typeof request
  expect(badParameter(() => srsUrls(wrong))).toMatch(new RegExp(`^${field} `))
})
