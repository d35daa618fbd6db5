import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isLayoutName } from '../../../src/view/layout-name'
import { LAYOUTS, placesOf } from '../../../src/view/layouts'
import type { LayoutName, Seated } from '../../../src/view/layouts'

const SELF: Seated = { self: true, creator: false, slot: -1 }
const others = (count: number): Seated[] =>
  Array.from({ length: count }, (_, slot) => ({ self: false, creator: slot === 0, slot }))
const names = Object.keys(LAYOUTS) as LayoutName[]

describe('layouts', () => {
  it.each(names)('%s has a WXSS file of its name', (name) => {
    expect(existsSync(join(__dirname, '../../../components/shared/layouts', `${name}.wxss`))).toBe(true)
  })

  it.each(names)('%s gives every tile a seat of its own, however many are shown', (name) => {
    for (let players = 0; players < LAYOUTS[name].seats; players += 1) {
      const seats = placesOf(name, [SELF, ...others(players)]).map((place) => place.split(' ')[0])
      expect(new Set(seats).size).toBe(players + 1)
    }
  })

  it('seats as many as documented', () => {
    expect(names.map((name) => [name, LAYOUTS[name].seats])).toEqual([
      ['1v1', 2],
      ['1v3', 4],
      ['grid', 9],
      ['float', 4],
      ['bigsmall', 4],
      ['presenter', 4],
      ['aside', 4],
      ['1u3d', 4],
      ['1l3r', 4],
    ])
  })

  it.each(['1u3d', '1l3r'] as const)('puts the creator large and the others small beside for %s', (name) => {
    expect(placesOf(name, [SELF, ...others(2)])).toEqual([
      'rl-s1 rl-tile--sm',
      'rl-s0 rl-tile--lg',
      'rl-s2 rl-tile--sm',
    ])
    const own = { ...SELF, creator: true }
    const guests = others(2).map((guest) => ({ ...guest, creator: false }))
    expect(placesOf(name, [own, ...guests]).map((place) => place.slice(0, 5))).toEqual(['rl-s0', 'rl-s1', 'rl-s2'])
  })

  it.each(['1v1', 'float', 'bigsmall', 'presenter', 'aside', '1u3d', '1l3r'] as const)(
    'gives a shared screen the big place in %s, whoever else would have it',
    (name) => {
      const screen: Seated = { self: false, creator: false, screen: true, slot: 2 }
      const seats = placesOf(name, [SELF, ...others(1), screen]).map((place) => place.slice(0, 5))
      expect(seats).toEqual(['rl-s1', 'rl-s2', 'rl-s0'])
    },
  )

  it('puts the other one full and oneself in a window for 1v1, oneself full while alone', () => {
    expect(placesOf('1v1', [SELF, ...others(1)])).toEqual([
      'rl-s1 rl-tile--sm rl-tile--win',
      'rl-s0 rl-tile--lg rl-tile--full',
    ])
    expect(placesOf('1v1', [SELF])).toEqual(['rl-s0 rl-tile--lg rl-tile--full'])
  })

  it('puts oneself full and the others in windows for float', () => {
    expect(placesOf('float', [SELF, ...others(2)]).map((place) => place.slice(0, 5))).toEqual([
      'rl-s0',
      'rl-s1',
      'rl-s2',
    ])
  })

  it('puts the first other one full, then oneself, then the rest for bigsmall', () => {
    const places = placesOf('bigsmall', [SELF, ...others(3)])
    expect(places.map((place) => place.slice(0, 5))).toEqual(['rl-s1', 'rl-s0', 'rl-s2', 'rl-s3'])
  })

  it('puts the creator full for a broadcast, whoever looks', () => {
    const seats = (tiles: Seated[]) => placesOf('presenter', tiles).map((place) => place.slice(0, 5))
    expect(seats(others(3))).toEqual(['rl-s0', 'rl-s1', 'rl-s2'])
    expect(seats([SELF, ...others(2)])).toEqual(['rl-s1', 'rl-s0', 'rl-s2'])
    expect(
      seats([
        { ...SELF, creator: true },
        { self: false, creator: false, slot: 0 },
      ]),
    ).toEqual(['rl-s0', 'rl-s1'])
  })

  it('keeps the seats of those who stay when someone leaves a tiled layout', () => {
    const before = placesOf('grid', [SELF, ...others(8)])
    const after = placesOf('grid', [SELF, ...others(8).filter(({ slot }) => slot !== 2)])
    expect(after).toEqual(before.filter((_place, index) => index !== 3))
  })

  it('knows its own names only', () => {
    expect(isLayoutName('grid')).toBe(true)
    expect(isLayoutName('toString')).toBe(false)
    expect(isLayoutName(13)).toBe(false)
  })
})
