import { neededBytes } from '../../support/session/needed-bytes'

const bytesOf = (payload: object): number => Buffer.byteLength(JSON.stringify(payload))

test('equal data need nothing', () => {
  expect(neededBytes({ view: { a: [1, { b: 2 }] } }, { view: { a: [1, { b: 2 }] } })).toBe(0)
})

test('a changed value needs its path and itself', () => {
  const before = { view: { name: 'a long text that stays', players: [{ slot: 0, state: 'loading', src: 'rtmp://' }] } }
  const after = { view: { name: 'a long text that stays', players: [{ slot: 0, state: 'playing', src: 'rtmp://' }] } }
  expect(neededBytes(before, after)).toBe(bytesOf({ 'view.players[0].state': 'playing' }))
})

test('a part of which much has changed goes whole', () => {
  expect(neededBytes({ view: { p: { a: 1, b: 2 } } }, { view: { p: { a: 3, b: 4 } } })).toBe(
    bytesOf({ 'view.p': { a: 3, b: 4 } }),
  )
})

test('two far changes in large data go by two paths', () => {
  const filler = 'x'.repeat(200)
  const before = { view: { filler, a: 1, b: { filler, c: 1 } } }
  const after = { view: { filler, a: 2, b: { filler, c: 2 } } }
  expect(neededBytes(before, after)).toBe(bytesOf({ 'view.a': 2, 'view.b.c': 2 }))
})

test('a field that goes away is set to null, and null is no change to a missing one', () => {
  const filler = 'x'.repeat(50)
  expect(neededBytes({ v: { filler, muted: true } }, { v: { filler } })).toBe(bytesOf({ 'v.muted': null }))
  expect(neededBytes({ v: { filler } }, { v: { filler, muted: null } })).toBe(0)
})

test('an array that gets shorter goes whole', () => {
  expect(neededBytes({ players: [1, 2, 3] }, { players: [1, 2] })).toBe(bytesOf({ players: [1, 2] }))
})
