import * as fc from 'fast-check'
import { RoomError } from '../../../src/errors'
import { NEXT_PHASES } from '../../../src/room/phases'
import type { Phase } from '../../../src/room/phases'
import { IDLE_ROOM } from '../../../src/room/room-state'
import { roomStep } from '../../../src/room/room-step'
import type { RoomEvent } from '../../../src/room/room-step'
import { joinResultOf, memberOf, snapshotOf } from '../../support/fake-provider'

const PHASES = Object.keys(NEXT_PHASES) as Phase[]
const offline = new RoomError('NETWORK')

/** Any event of a room, of this join or of an older one. */
const anyEvent = fc.constantFrom<(epoch: number) => RoomEvent>(
  () => ({ type: 'startRequested', role: 'anchor', roomId: 'r1', roomName: '' }),
  () => ({ type: 'stopRequested' }),
  (epoch) => ({ type: 'joinAccepted', epoch, result: joinResultOf(memberOf('ann')) }),
  (epoch) => ({ type: 'tryFailed', epoch, error: offline }),
  (epoch) => ({ type: 'tryFailed', epoch, error: new RoomError('ROOM_FULL') }),
  (epoch) => ({ type: 'retryDue', epoch }),
  (epoch) => ({ type: 'gaveUp', epoch }),
  (epoch) => ({ type: 'connectionLost', epoch, error: offline }),
  (epoch) => ({ type: 'connectionRetried', epoch, attempt: 2 }),
  (epoch) => ({ type: 'connectionRestored', epoch }),
  (epoch) => ({ type: 'resumed', epoch, snapshot: snapshotOf() }),
  (epoch) => ({ type: 'roomClosed', epoch, reason: 'kicked' }),
  (epoch) => ({ type: 'left', epoch }),
)

test('whatever happens, a phase is followed by one of those that the table names, and every such pair happens', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(fc.tuple(anyEvent, fc.nat(1)), { maxLength: 30 }), (events) => {
      let room = IDLE_ROOM
      for (const [make, age] of events) {
        const [next] = roomStep(room, make(Math.max(0, room.epoch - age)))
        if (next.phase !== room.phase) {
          expect(NEXT_PHASES[room.phase]).toContain(next.phase)
          seen.add(`${room.phase} → ${next.phase}`)
        }
        room = next
      }
    }),
    { numRuns: 3000, seed: 5 },
  )
  const named = PHASES.flatMap((from) => NEXT_PHASES[from].map((to) => `${from} → ${to}`))
  expect([...seen].sort()).toEqual(named.sort())
})
