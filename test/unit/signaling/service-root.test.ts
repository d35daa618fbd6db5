import { parseServiceRoot, socketUrl } from '../../../src/signaling/service-root'

test.each([
  ['https://host.test', 'https://host.test', null],
  ['https://host.test/', 'https://host.test', null],
  ['https://host.test/weapp', 'https://host.test', null],
  ['https://host.test/weapp/', 'https://host.test', null],
  ['https://host.test/weapp/multi_room', 'https://host.test', 'multi_room'],
  ['https://host.test/weapp/double_room//', 'https://host.test', 'double_room'],
  ['https://host.test/roomservice/', 'https://host.test/roomservice', null],
  ['https://host.test/a/b/weapp/live_room/', 'https://host.test/a/b', 'live_room'],
  ['http://127.0.0.1:8080/weapp/', 'http://127.0.0.1:8080', null],
  ['wss://host.test/weapp/', 'https://host.test', null],
  ['host.test/weapp/', 'https://host.test', null],
  ['http://[::1]:8080/weapp/', 'http://[::1]:8080', null],
  ['HTTPS://Host.test', 'https://Host.test', null],
])('%s is the root %s of kind %s', (address, root, kind) => {
  expect(parseServiceRoot(address)).toEqual({ root, kind })
})

test.each(['', '   ', 'ftp://host.test', 'https://', 'https://user@host.test', 'https://host.test/?token=1'])(
  '"%s" is refused as BAD_PARAMETER',
  (address) => {
    expect(() => parseServiceRoot(address)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  },
)

test('the socket is secure when the root is', () => {
  expect(socketUrl('https://host.test/a')).toBe('wss://host.test/a/weapp/ws')
  expect(socketUrl('http://127.0.0.1:80')).toBe('ws://127.0.0.1:80/weapp/ws')
})
