import fc from 'fast-check'
import { isDue, LINK_OFF, linkStep, type LinkEvent, type LinkStand } from '../../server/src/store/link-step'
import { LinkTable } from '../../server/src/store/link-table'
import { RoomTables } from '../../server/src/store/room-tables'
import type { LinkAction, UserInfo } from '../../src/model'

const ACTIONS: readonly LinkAction[] = [
  ...(['request', 'cancel', 'acceptInvite', 'rejectInvite', 'leave'] as const),
  ...(['accept', 'reject', 'invite', 'kick', 'mute'] as const),
]
const EXPIRY = 1_000

function ask(action: LinkAction, seatFree = true): LinkEvent {
  return { type: 'asked', action, seatFree, expiresAt: EXPIRY }
}

/** The stand after these actions from off; refused ones change nothing. */
function after(...actions: LinkAction[]): LinkStand {
  return actions.reduce<LinkStand>((stand, action) => linkStep(stand, ask(action))[0], LINK_OFF)
}

const event = fc.oneof(
  fc.record({
    type: fc.constant('asked' as const),
    action: fc.constantFrom(...ACTIONS),
    seatFree: fc.boolean(),
    expiresAt: fc.integer({ min: 0, max: 100 }),
    text: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.record({ type: fc.constant('seated' as const), seatFree: fc.boolean() }),
  fc.record({ type: fc.constant('gone' as const), reason: fc.constantFrom('ended' as const, 'lost' as const) }),
  fc.record({ type: fc.constant('timePassed' as const), now: fc.integer({ min: 0, max: 100 }) }),
)

describe('each step', () => {
  it.each([
    [[], 'request', 'requesting'],
    [[], 'invite', 'invited'],
    [['request'], 'accept', 'on'],
    [['request'], 'invite', 'on'],
    [['invite'], 'request', 'on'],
    [['invite'], 'acceptInvite', 'on'],
    [['request'], 'reject', 'off rejected'],
    [['request'], 'cancel', 'off cancelled'],
    [['request'], 'kick', 'off kicked'],
    [['invite'], 'rejectInvite', 'off rejected'],
    [['invite'], 'kick', 'off cancelled'],
    [['invite', 'request'], 'leave', 'off ended'],
    [['invite', 'request'], 'kick', 'off kicked'],
    [['invite', 'request'], 'cancel', 'off cancelled'],
  ] as [LinkAction[], LinkAction, string][])('after [%s], %s makes it %s', (before, action, expected) => {
    const { phase, reason } = after(...before, action)
    expect(phase === 'off' ? `${phase} ${reason}` : phase).toBe(expected)
  })

  it.each([
    [[], 'accept'],
    [[], 'reject'],
    [[], 'acceptInvite'],
    [[], 'mute'],
    [['invite'], 'accept'],
    [['invite'], 'reject'],
    [['request'], 'acceptInvite'],
    [['request'], 'rejectInvite'],
    [['invite', 'request'], 'reject'],
    [['invite', 'request'], 'rejectInvite'],
  ] as [LinkAction[], LinkAction][])('after [%s], there is nothing to %s', (before, action) => {
    expect(linkStep(after(...before), ask(action))).toEqual([after(...before), [{ code: 'NOT_REQUESTED' }]])
  })

  it('needs a seat to be on', () => {
    const asked = after('request')
    expect(linkStep(asked, ask('accept', false))).toEqual([asked, [{ code: 'SEATS_FULL' }]])
    expect(linkStep(LINK_OFF, { type: 'seated', seatFree: false })[1]).toEqual([{ code: 'SEATS_FULL' }])
  })
})

describe('whatever happens', () => {
  it('a refusal changes nothing, and what is so already is the same object', () => {
    fc.assert(
      fc.property(fc.array(event), event, (before, last) => {
        const stand = before.reduce<LinkStand>((each, next) => linkStep(each, next)[0], LINK_OFF)
        const [now, refusals] = linkStep(stand, last)
        if (refusals.length > 0) expect(now).toBe(stand)
        if (now.phase === stand.phase) expect(now).toBe(stand)
      }),
    )
  })

  it('only what waits can run out, and it does at its time', () => {
    fc.assert(
      fc.property(fc.array(event), fc.integer({ min: 0, max: 100 }), (before, now) => {
        const stand = before.reduce<LinkStand>((each, next) => linkStep(each, next)[0], LINK_OFF)
        const waits = stand.phase === 'requesting' || stand.phase === 'invited'
        expect(stand.expiresAt !== undefined).toBe(waits)
        const [later] = linkStep(stand, { type: 'timePassed', now })
        expect(later.phase).toBe(isDue(stand, now) ? 'off' : stand.phase)
      }),
    )
  })

  it('a repeated action is the action', () => {
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom(...ACTIONS), (before, action) => {
        const stand = before.reduce<LinkStand>((each, next) => linkStep(each, next)[0], LINK_OFF)
        const [once] = linkStep(stand, ask(action))
        expect(linkStep(once, ask(action))[0].phase).toBe(once.phase)
      }),
    )
  })

  it('seats are never exceeded and revisions rise by one with each change', () => {
    const SEATS = 2
    const people: readonly UserInfo[] = ['a', 'b', 'c', 'd'].map((userID) => ({ userID, userName: '', userAvatar: '' }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...people), event)), (steps) => {
        const table = new LinkTable(new RoomTables())
        const guests = () => table.list().filter(({ phase }) => phase === 'on').length
        for (const [user, each] of steps) {
          const [before, rev] = [table.of(user), table.rev]
          const seatFree = guests() < SEATS
          try {
            const { link, changed } = table.apply(user, 'seatFree' in each ? { ...each, seatFree } : each)
            expect(table.rev).toBe(changed ? rev + 1 : rev)
            expect(link).toEqual(changed ? expect.objectContaining({ user, rev: rev + 1 }) : before)
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(NOT_REQUESTED|SEATS_FULL)$/) })
            expect([table.of(user), table.rev]).toEqual([before, rev])
          }
          expect(guests()).toBeLessThanOrEqual(SEATS)
        }
      }),
    )
  })
})
