import fc from 'fast-check'
import type { BarCount } from '../../../src/media/quality'
import { diffView } from '../../../src/view/diff-view'
import { selectRoomView } from '../../../src/view/select-room-view'
import type { PlayerView, RoomView } from '../../../src/view/room-view'
import { IDLE_ROOM } from '../../../src/room/room-state'
import { VIEW_OPTIONS } from '../../support/view-options'

const IDLE = selectRoomView(IDLE_ROOM, { publisher: null, slots: [] }, VIEW_OPTIONS)

function player(slot: number, more: Partial<PlayerView> = {}): PlayerView {
  return {
    slot,
    streamId: `u${slot}_main`,
    userID: `u${slot}`,
    name: `name ${slot}`,
    src: `rtmp://host/live/room.u${slot}_main?e=6a1b2c3d&s=0123456789abcdefghijkl`,
    place: 'rl-s1 rl-tile--md',
    state: 'loading',
    ...more,
  }
}

/** What WeChat does with a payload: every path set in the data. */
function applied(view: RoomView, patch: Record<string, unknown>): RoomView {
  const data = { view: structuredClone(view) }
  for (const [path, value] of Object.entries(patch)) {
    const keys = path.split(/[.[\]]+/).filter(Boolean)
    const last = keys.pop() as string
    const holder = keys.reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, data)
    holder[last] = structuredClone(value)
  }
  return data.view
}

/** null and absent read the same in WXML. */
function asRead(view: RoomView): unknown {
  return JSON.parse(JSON.stringify(view, (_key, value: unknown) => value ?? undefined))
}

describe('diffView', () => {
  it('is empty for equal views, so that no call is made', () => {
    expect(diffView(IDLE, structuredClone(IDLE))).toEqual({})
  })

  it('names only the path that changed', () => {
    const prev = { ...IDLE, players: [player(0), player(1)] }
    const next = { ...IDLE, players: [player(0), player(1, { state: 'playing' })] }
    expect(diffView(prev, next)).toEqual({ 'view.players[1].state': 'playing' })
  })

  it('takes back a field that says nothing any more', () => {
    const patch = diffView({ ...IDLE, players: [player(0, { muted: true })] }, { ...IDLE, players: [player(0)] })
    expect(patch).toEqual({ 'view.players[0].muted': null })
  })

  it('empties a slot by replacing it, so that no field of the last member stays', () => {
    const patch = diffView({ ...IDLE, players: [player(0), player(1)] }, { ...IDLE, players: [{ slot: 0 }, player(1)] })
    expect(patch).toEqual({ 'view.players[0]': { slot: 0 } })
  })

  it('sends a part whole where that is shorter than its paths', () => {
    const patch = diffView({ ...IDLE, players: [{ slot: 0 }, player(1)] }, { ...IDLE, players: [player(0), player(1)] })
    expect(Object.keys(patch)).toEqual(['view.players[0]'])
  })

  it('turns any view into any other when it is applied', () => {
    const slot = fc.record({
      filled: fc.boolean(),
      state: fc.constantFrom('loading', 'playing', 'stalled'),
      muted: fc.boolean(),
      net: fc.option(fc.constantFrom<BarCount>(0, 4), { nil: undefined }),
    })
    const view = fc
      .record({
        slots: fc.array(slot, { maxLength: 5 }),
        count: fc.integer({ min: 0, max: 9 }),
        name: fc.string(),
        muted: fc.boolean(),
        notice: fc.boolean(),
      })
      .map(({ slots, count, name, muted, notice }): RoomView => ({
        ...IDLE,
        count,
        notice: notice ? { code: 'ROOM_FULL', text: name } : null,
        publisher: { ...IDLE.publisher, name, muted },
        players: slots.map(({ filled, state }, index) =>
          filled ? player(index, { state: state as PlayerView['state'] }) : { slot: index },
        ),
      }))
    fc.assert(
      fc.property(view, view, (prev, next) => {
        expect(asRead(applied(prev, diffView(prev, next)))).toEqual(asRead(next))
      }),
    )
  })
})

test('attributes that all players share travel once, and only when one of them has changed', () => {
  const again: RoomView = { ...IDLE, playback: { ...IDLE.playback } }
  expect(diffView(IDLE, again)).toEqual({})
  const playback = { ...IDLE.playback, objectFit: 'contain' as const }
  expect(diffView(IDLE, { ...IDLE, playback })).toEqual({ 'view.playback.objectFit': 'contain' })
})
