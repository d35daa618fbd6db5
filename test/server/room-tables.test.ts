import fc from 'fast-check'
import { RoomTables, type StoredRow } from '../../server/src/store/room-tables'

type Change = readonly [id: string, value: number | null]

const change = fc.tuple(fc.constantFrom('a', 'b', 'c:c', 'd', '__proto__'), fc.option(fc.integer()))

function apply(tables: RoomTables, changes: readonly Change[]): void {
  const table = tables.table<number>('t')
  for (const [id, value] of changes) {
    if (value === null) table.delete(id)
    else table.set(id, value)
  }
}

const contents = (tables: RoomTables) => [...tables.table<number>('t')]

it('takes back what has changed since it was kept, order and all', () => {
  fc.assert(
    fc.property(fc.array(change), fc.array(change), (kept, taken) => {
      const tables = new RoomTables(true)
      apply(tables, kept)
      tables.keep()
      const before = contents(tables)
      apply(tables, taken)
      tables.takeBack()
      expect(contents(tables)).toEqual(before)
      expect(tables.changes()).toEqual([])
    }),
  )
})

it('is the same wherever its changes are loaded, step by step or all at once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change)), (steps) => {
      const tables = new RoomTables(true)
      const follower = new RoomTables(true)
      const rows = new Map<string, StoredRow>()
      for (const step of steps) {
        apply(tables, step)
        follower.load(tables.changes())
        for (const row of tables.changes()) rows.set(row[0], row)
        tables.keep()
      }
      const reader = new RoomTables(true)
      reader.load([...rows.values()].reverse())
      expect(contents(follower)).toEqual(contents(tables))
      expect(contents(reader)).toEqual(contents(tables))
      expect(reader.changes()).toEqual([])
    }),
  )
})

it('keeps the place of an entry that is set again, and gives a new one to an entry that comes back', () => {
  const tables = new RoomTables()
  apply(tables, [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ])
  expect(contents(tables)).toEqual([
    ['a', 3],
    ['b', 2],
  ])
  apply(tables, [
    ['a', null],
    ['a', 4],
  ])
  expect(contents(tables)).toEqual([
    ['b', 2],
    ['a', 4],
  ])
})
