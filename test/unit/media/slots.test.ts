import fc from 'fast-check'
import { assignSlots as assignStreams } from '../../../src/media/slots'
import { streamOf } from '../../support/fake-provider'

const ids = (...users: string[]) => users.map((user) => `${user}_main`)
const assignSlots = (...[slots, wanted, capacity]: Parameters<typeof assignStreams>) =>
  assignStreams(slots, wanted, capacity).map((stream) => stream?.streamId)
const streams = (...users: string[]) => users.map((user) => streamOf(user))

describe('slots', () => {
  it('fills from the start', () => {
    expect(assignSlots([], streams('a', 'b'), 3)).toEqual(ids('a', 'b'))
  })

  it('empties the slot of who leaves and gives it to who comes next', () => {
    const left = assignSlots(ids('a', 'b', 'c'), streams('a', 'c'), 3)
    expect(left).toEqual(['a_main', undefined, 'c_main'])
    expect(assignSlots(left, streams('a', 'c', 'd'), 3)).toEqual(ids('a', 'd', 'c'))
  })

  it('keeps the earliest when the capacity shrinks and shows the others again when it grows', () => {
    const small = assignSlots(ids('a', 'b', 'c'), streams('a', 'b', 'c'), 1)
    expect(small).toEqual(['a_main', undefined, undefined])
    expect(assignSlots(small, streams('a', 'b', 'c'), 3)).toEqual(ids('a', 'b', 'c'))
  })

  it('seats a stream once that a provider names twice, however often it is asked', () => {
    const twice = streams('a', 'a', 'b')
    expect(assignSlots(assignSlots([], twice, 3), twice, 3)).toEqual(ids('a', 'b'))
  })

  it('never moves a stream that stays, never shows one twice, never exceeds the capacity', () => {
    const user = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const change = fc.record({ users: fc.uniqueArray(user), capacity: fc.integer({ min: 0, max: 6 }) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let slots: readonly (string | undefined)[] = []
        for (const { users, capacity } of changes) {
          const next = assignSlots(slots, streams(...users), capacity)
          const shown = next.filter((id) => id !== undefined)
          expect(new Set(shown).size).toBe(shown.length)
          expect(shown).toHaveLength(Math.min(users.length, capacity))
          slots.forEach((id, slot) => {
            if (id !== undefined && next.includes(id)) expect(next[slot]).toBe(id)
          })
          slots = next
        }
      }),
    )
  })
})
