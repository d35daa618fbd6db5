import type { FaultName, PhoneEvent } from '../../../examples/playground/runtime/phone-channel'
import { FaultDrill, type Breakable } from '../../../examples/playground/site/fault-drill'

let now: number
let drill: FaultDrill

class FakePhone implements Breakable {
  inCall = true
  isWhole = true
  readonly holds: (number | null)[] = []
  private readonly broken = new Map<FaultName, number>()

  constructor(readonly letter: string) {}

  brokenSince(fault: FaultName): number | null {
    return this.broken.get(fault) ?? null
  }

  break(fault: FaultName, holdMs: number | null): void {
    this.holds.push(holdMs)
    this.broken.set(fault, now)
    drill.take({ type: 'fault', fault, on: true, at: now })
  }

  mend(fault: FaultName): void {
    if (!this.broken.delete(fault)) return
    drill.take({ type: 'fault', fault, on: false, at: now })
  }

  /** Its frame is loaded anew, which tells nothing. */
  restart(): void {
    this.broken.clear()
  }
}

let a: FakePhone
let b: FakePhone

const tried = (name: string): PhoneEvent => ({
  type: 'component',
  component: 'c',
  name,
  detail: { tag: 'reconnecting' },
  at: now,
})

beforeEach(() => {
  now = 1_000
  a = new FakePhone('A')
  b = new FakePhone('B')
  drill = new FaultDrill(
    () => [a, b],
    () => now,
  )
})

it('breaks the phone that is aimed at, and waits for all of them', () => {
  drill.press('media', ['B'])
  expect([a.holds, b.holds]).toEqual([[], [4_000]])
  expect(drill.brokenSince('media', ['B'])).toBe(1_000)
  expect(drill.brokenSince('media', ['A'])).toBeNull()
  a.isWhole = false
  now = 5_000
  b.mend('media')
  drill.look()
  expect(drill.record).toMatchObject({ noticedAt: 5_000, mendedAt: 5_000, backAt: null })
  a.isWhole = true
  now = 5_600
  drill.look()
  expect(drill.record).toMatchObject({ fault: 'media', letters: ['B'], backAt: 5_600 })
})

it('is over for both when the last one is mended', () => {
  drill.press('socket', ['A', 'B'])
  now = 2_000
  a.mend('socket')
  drill.look()
  expect(drill.record?.mendedAt).toBeNull()
  now = 3_000
  b.mend('socket')
  expect(drill.record?.mendedAt).toBe(3_000)
})

it('mends at once when pressed again', () => {
  drill.press('background', ['A'])
  now = 1_500
  drill.press('background', ['A'])
  expect(a.brokenSince('background')).toBeNull()
  expect(drill.record?.mendedAt).toBe(1_500)
})

it('counts each try once, though a room fires its events under two names', () => {
  drill.press('socket', ['A'])
  now = 1_200
  drill.take(tried('onRoomEvent'))
  drill.take(tried('RoomEvent'))
  expect(drill.record?.tries).toEqual([1_200])
})

it('looks after what follows from an event, not before it', async () => {
  drill.press('socket', ['A'])
  now = 4_000
  a.mend('socket')
  a.isWhole = false
  drill.look()
  now = 4_300
  drill.take(tried('onRoomEvent'))
  a.isWhole = true
  expect(drill.record?.backAt).toBeNull()
  await Promise.resolve()
  expect(drill.record?.backAt).toBe(4_300)
})

it('does not wait for who has hung up or was started anew', () => {
  drill.press('socket', ['A'])
  a.restart()
  now = 2_000
  drill.look()
  expect(drill.record).toMatchObject({ mendedAt: 2_000, backAt: 2_000 })
  drill.press('media', ['A'])
  a.inCall = false
  b.inCall = false
  drill.look()
  expect(drill.record).toBeNull()
})

it('refuses the camera before a call without a record: there is nothing to heal yet', () => {
  a.inCall = false
  drill.press('camera', ['A'])
  expect(a.holds).toEqual([null])
  expect(drill.record).toBeNull()
})
