import { randomRoomId, randomVisitor } from '../../../examples/playground/site/random-id'

const drawing = (number: number) => ({
  getRandomValues: <T extends ArrayBufferView | null>(into: T): T => {
    if (into instanceof Uint32Array) into[0] = number
    return into
  },
})

it.each([0, 1, 899_999, 900_000, 0xffffffff])('makes six digits of %d', (number) => {
  expect(randomRoomId(drawing(number))).toMatch(/^[1-9]\d{5}$/)
})

it('draws another room for another number', () => {
  expect(randomRoomId(drawing(1))).not.toBe(randomRoomId(drawing(2)))
})

it('names visitors so that the name is a userID', () => {
  expect(randomVisitor(drawing(0xffffffff))).toMatch(/^guest[1-9]\d{3}$/)
})
