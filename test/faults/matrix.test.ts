import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nameOf } from './fault-row'
import { MATRIX } from './matrix'

/** A row that leaves at every step makes a call for each: a bound against hanging, not an expectation of speed. */
const ROW_TIMEOUT_MS = 120_000

/** Fault → the tags of the events that its rows have told the page. */
const told = new Map<string, Set<string>>()

test('every row has a name of its own', () => {
  const names = MATRIX.map(nameOf)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test.each(MATRIX.map((row) => ({ name: nameOf(row), row })))(
  '$name',
  async ({ row }) => {
    const { events, problems } = await row.run()
    const tags = told.get(row.fault) ?? new Set()
    told.set(row.fault, tags)
    for (const event of events) tags.add(event.split(' ')[0] ?? '')
    expect(problems).toEqual([])
  },
  ROW_TIMEOUT_MS,
)

describe('the table in the README', () => {
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8')
  const section = readme.split(/^## /m).find((text) => text.startsWith('Faults\n')) ?? ''
  const lines = section.split('\n').filter((line) => line.startsWith('| '))
  const rows = lines.slice(1).map((line) => line.split('|').map((cell) => cell.trim()))

  test('has a line for each fault, in the order of the matrix', () => {
    expect(rows.map(([, fault]) => fault)).toEqual([...new Set(MATRIX.map(({ fault }) => fault))])
  })

  test('names exactly the events that the page is told', () => {
    const tags = [
      'stateChange',
      'reconnecting',
      'reconnected',
      'memberJoin',
      'memberLeave',
      'roomClosed',
      'error',
      'linkOff',
      'presenterAway',
    ]
    const documented = rows.map(([, fault, , seen = '']) => [fault, tags.filter((tag) => seen.includes(`\`${tag}\``))])
    const heard = rows.map(([, fault = '']) => [fault, tags.filter((tag) => told.get(fault)?.has(tag))])
    expect(documented).toEqual(heard)
  })
})
