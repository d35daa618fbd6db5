import { reachOf } from '../../server/src/reach'

describe('reachOf', () => {
  it.each(['rooms.example', 'rooms.example:8443', '127.0.0.1:80', '[::1]:8080'])(
    'takes the Host header: %s',
    (host) => {
      expect(reachOf({ host }, false)).toEqual({ host, secure: false })
    },
  )

  it.each([undefined, '', 'a b', 'evil.example/path', 'user@evil.example', 'a?b', 'x:port'])(
    'does not build URLs from what is no host: %s',
    (host) => expect(reachOf({ host }, false).host).toBe('localhost'),
  )

  it('is secure over TLS, be it ended here or by a proxy in front', () => {
    expect(reachOf({ host: 'a' }, true).secure).toBe(true)
    expect(reachOf({ host: 'a', 'x-forwarded-proto': 'https' }, false).secure).toBe(true)
  })
})
