import { errorOfAnswer, parseServerFrame } from '../../../src/signaling/server-frame'

test.each([
  ['answer', { re: 'a', ok: {} }],
  ['answer', { re: 'a', error: { code: 'ROOM_FULL', message: '' } }],
  ['notice', { room: 'r', epoch: 'e', notice: { seq: 1, ev: 'memberLeft', userID: 'u', reason: 'left' } }],
  ['closed', { room: 'r', closed: 'destroyed' }],
  ['live', { room: 'r', link: { user: { userID: 'u', userName: '', userAvatar: '' }, phase: 'on', rev: 1 } }],
  ['live', { room: 'r', audience: { count: 3 } }],
  ['live', { room: 'r', presenterAway: false }],
  ['live', { room: 'r', muted: true }],
  ['move', { moveWithinMs: 6000 }],
])('an %s is told by its shape', (type, frame) => {
  expect(parseServerFrame(JSON.stringify(frame))).toEqual({ type, frame })
})

test.each([
  '',
  'hello',
  'null',
  '[]',
  '7',
  '{}',
  '{"re":"a"}',
  '{"re":1,"ok":{}}',
  '{"room":"r"}',
  '{"room":"r","epoch":"e","notice":{"seq":"1"}}',
  '{"room":"r","link":{"phase":"on","rev":1}}',
  '{"room":"r","link":{"user":{},"phase":"on","rev":"1"}}',
  '{"room":"r","audience":{"count":"3"}}',
  '{"room":"r","presenterAway":1}',
  '{"audience":{"count":3}}',
  '{"moveWithinMs":"6000"}',
])('%s is no frame', (text) => {
  expect(parseServerFrame(text)).toBeNull()
})

test('an error of a newer server counts as SERVER_ERROR and keeps its message', () => {
  expect(errorOfAnswer({ code: 'ROOM_FULL', message: 'full' })).toMatchObject({ code: 'ROOM_FULL', message: 'full' })
  expect(errorOfAnswer({ code: 'TEAPOT', message: 'short and stout' })).toMatchObject({
    code: 'SERVER_ERROR',
    message: 'short and stout',
  })
  expect(errorOfAnswer({ code: 1, message: 2 }).code).toBe('SERVER_ERROR')
})
