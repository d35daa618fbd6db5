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

/** Any event of a room: what the user does now, or what was told of this join or of an older one. */
const anyEvent = fc.constantFrom<(epoch: number, now: number) => RoomEvent>(
  (_epoch, now) => ['startRequested', now, { role: 'anchor', roomId: 'r1', roomName: '' }],
  (_epoch, now) => ['stopRequested', now],
  (epoch) => ['joinAccepted', epoch, joinResultOf(memberOf('ann'))],
  (epoch) => ['tryFailed', epoch, offline],
  (epoch) => ['tryFailed', epoch, new RoomError('ROOM_FULL')],
  (epoch) => ['retryDue', epoch],
  (epoch) => ['gaveUp', epoch],
  (epoch) => ['connectionLost', epoch, offline],
  (epoch) => ['connectionRetried', epoch, 2],
  (epoch) => ['connectionRestored', epoch],
  (epoch) => ['resumed', epoch, snapshotOf()],
  (epoch) => ['closed', epoch, 'kicked'],
  (epoch) => ['left', epoch],
)

test('whatever happens, a phase is followed by one of those that the table names, and every such pair happens', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(fc.tuple(anyEvent, fc.nat(1)), { maxLength: 30 }), (events) => {
      let room = IDLE_ROOM
      for (const [make, age] of events) {
        const [next] = roomStep(room, make(Math.max(0, room.epoch - age), room.epoch))
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
