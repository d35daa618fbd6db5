import { readDeskParameters } from '../../../examples/playground/desk/desk-parameters'
import { unheardBy } from '../../../examples/playground/desk/tile-model'
import { RoomError } from '../../../src/errors'

test('flat and nested parameters say the same', () => {
  const flat = { userID: 'heyn', userSig: 'sig', sdkAppID: 1400000000, roomID: 8021, type: 'LiveRoom', template: '1v3' }
  const nested = {
    userdata: { userID: 'heyn', userSig: 'sig', sdkAppID: '1400000000' },
    roomdata: { roomID: '8021', type: 'LiveRoom', template: '1v3' },
    custom: {},
  }
  expect(readDeskParameters(nested)).toEqual(readDeskParameters(flat))
  expect(readDeskParameters(flat)).toMatchObject({ sdkAppID: '1400000000', roomID: '8021', kind: 'LiveRoom' })
})

test('what is not given has the documented default', () => {
  expect(readDeskParameters({ userID: 'heyn' })).toEqual({
    userID: 'heyn',
    userName: 'heyn',
    userSig: '',
    sdkAppID: '',
    accType: '',
    serverDomain: '',
    roomID: '',
    roomName: '',
    kind: 'RTCRoom',
    role: 'anchor',
    template: '1v1',
    transport: 'auto',
    unsupported: [],
  })
})

test('in a live room one presents, unless one says that one enters', () => {
  const roleOf = (more: object) => readDeskParameters({ userID: 'a', type: 'LiveRoom', ...more }).role
  expect(roleOf({})).toBe('anchor')
  expect(roleOf({ roomAction: 'create' })).toBe('anchor')
  expect(roleOf({ roomAction: 'enter' })).toBe('audience')
  expect(roleOf({ role: 'audience' })).toBe('audience')
  expect(readDeskParameters({ userID: 'a', role: 'audience' }).role).toBe('anchor')
})

test('what a browser cannot do is noted, and only when it is asked for', () => {
  const unsupportedOf = (more: object) => readDeskParameters({ userID: 'a', ...more }).unsupported
  expect(unsupportedOf({ custom: { record: 'file' }, beauty: 5 })).toEqual(['beauty', 'record'])
  expect(unsupportedOf({ custom: { record: 0 }, beauty: '0' })).toEqual([])
})

test.each([
  ['userID', {}],
  ['userID', { userID: '何以宁' }],
  ['userID', { userID: 'x'.repeat(65) }],
  ['roomID', { userID: 'a', roomID: 'x'.repeat(65) }],
  ['roomID', { userID: 'a', roomID: {} }],
  ['type', { userID: 'a', type: 'Other' }],
  ['template', { userID: 'a', template: 'round' }],
  ['transport', { userID: 'a', transport: 'rtmp' }],
  ['userdata', { userdata: 'a' }],
  ['parameters', 'a'],
])('a wrong %s is refused by its name', (field, given) => {
  expect(() => readDeskParameters(given)).toThrow(RoomError)
  expect(() => readDeskParameters(given)).toThrow(field)
})

test('whoever speaks another format than one plays is unheard, and AAC speakers do not hear one over WebRTC', () => {
  expect(unheardBy('opus', 'flv', 'flv')).toBe('unheard')
  expect(unheardBy('aac', 'webrtc', 'flv')).toBe('unheard')
  expect(unheardBy('aac', 'flv', 'webrtc')).toBe('unheardMe')
  expect(unheardBy('aac', 'flv', 'flv')).toBeNull()
  expect(unheardBy('opus', 'webrtc', 'webrtc')).toBeNull()
  expect(unheardBy(undefined, 'flv', 'webrtc')).toBeNull()
})
