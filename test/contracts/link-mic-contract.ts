import { GUESTS, LiveStoreSteps, SECOND, userOf } from './live-store-steps'
import type { StoreHarness } from './store-harness'

/** How a store decides link-mic. */
export function describeLinkMic(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} as the judge of link-mic`, () => {
    let room: LiveStoreSteps

    beforeEach(async () => {
      room = await LiveStoreSteps.start(start)
    })
    afterEach(() => room.harness.close())

    beforeEach(async () => {
      await room.join('r', 'pat')
      await room.watch('ann')
    })

    it('seats a guest whom the presenter accepts: a member that everyone hears of', async () => {
      expect(await room.link('ann', 'request')).toEqual({
        user: userOf('ann'),
        phase: 'requesting',
        rev: 1,
        expiresAt: room.inHalfAMinute,
      })
      expect((await room.live())?.links).toHaveLength(1)
      const on = { user: userOf('ann'), phase: 'on', rev: 2, reason: 'accepted' }
      expect(await room.link('pat', 'accept', 'ann')).toEqual(on)
      expect(await room.publishing()).toEqual(['pat', 'ann'])
      expect((await room.links()).at(-1)).toEqual(on)
      expect((await room.notices()).at(-1)).toMatchObject({ ev: 'memberJoined', member: { userID: 'ann' } })
      expect(await room.live()).toMatchObject({ audienceCount: 1, links: [on], linkRev: 2 })
    })

    it('takes an invitation as well', async () => {
      expect(await room.link('pat', 'invite', 'ann')).toMatchObject({ phase: 'invited', rev: 1 })
      expect(await room.link('ann', 'acceptInvite')).toMatchObject({ phase: 'on', rev: 2 })
    })

    it.each([
      ['a request meets an invitation', ['pat', 'invite'], ['ann', 'request']],
      ['an invitation meets a request', ['ann', 'request'], ['pat', 'invite']],
    ] as const)('is agreed when %s', async (_name, first, second) => {
      await room.link(first[0], first[1], 'ann')
      expect(await room.link(second[0], second[1], 'ann')).toMatchObject({ phase: 'on' })
      expect(await room.publishing()).toEqual(['pat', 'ann'])
    })

    it('tells the guest why not', async () => {
      await room.link('ann', 'request')
      await room.link('pat', 'reject', 'ann', { text: 'later' })
      expect((await room.links()).at(-1)).toEqual({
        user: userOf('ann'),
        phase: 'off',
        rev: 2,
        reason: 'rejected',
        text: 'later',
      })
    })

    it('changes nothing when it is so already', async () => {
      await room.link('ann', 'request')
      expect(await room.link('ann', 'request')).toMatchObject({ phase: 'requesting', rev: 1 })
      await room.link('pat', 'accept', 'ann')
      expect(await room.link('pat', 'accept', 'ann')).toMatchObject({ phase: 'on', rev: 2 })
      await room.link('ann', 'leave')
      expect(await room.link('ann', 'leave')).toMatchObject({ phase: 'off', rev: 3 })
      expect(await room.links()).toHaveLength(3)
    })

    it('does a request once for one request id', async () => {
      const first = await room.link('ann', 'request', 'ann', { request: 'q' })
      await room.link('pat', 'reject', 'ann')
      expect(await room.link('ann', 'request', 'ann', { request: 'q' })).toEqual(first)
      expect((await room.live())?.links).toEqual([])
    })

    it.each(['request', 'invite'] as const)('runs out: %s', async (action) => {
      await room.link(action === 'invite' ? 'pat' : 'ann', action, 'ann')
      await room.advance(29 * SECOND)
      expect(await room.sweep()).toBe(true)
      expect(await room.links()).toHaveLength(1)
      await room.advance(1 * SECOND)
      expect(await room.sweep()).toBe(false)
      expect((await room.links()).at(-1)).toMatchObject({ phase: 'off', reason: 'timeout', rev: 2 })
    })

    it('knows a late answer from one in time, swept or not', async () => {
      await room.link('ann', 'request')
      await room.advance(30 * SECOND)
      await expect(room.link('pat', 'accept', 'ann')).rejects.toMatchObject({ code: 'NOT_REQUESTED' })
      expect(await room.publishing()).toEqual(['pat'])
      expect((await room.links()).at(-1)).toMatchObject({ phase: 'off', reason: 'timeout' })
    })

    it('refuses a guest too many, and goes on with those it has', async () => {
      await room.seat('bob', 'cyd')
      await room.link('ann', 'request')
      await expect(room.link('pat', 'accept', 'ann')).rejects.toMatchObject({ code: 'SEATS_FULL' })
      expect((await room.live())?.links.find((each) => each.user.userID === 'ann')).toMatchObject({
        phase: 'requesting',
      })
      await room.link('bob', 'leave')
      expect(await room.link('pat', 'accept', 'ann')).toMatchObject({ phase: 'on' })
    })

    it('never seats two who come at once on the last seat', async () => {
      await room.seat('bob')
      for (const userID of ['cyd', 'dan']) await room.watch(userID)
      for (const userID of ['ann', 'cyd', 'dan']) await room.link(userID, 'request')
      const answers = await Promise.allSettled(
        ['ann', 'cyd', 'dan'].map((userID) => room.link('pat', 'accept', userID)),
      )
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await room.publishing()).toHaveLength(1 + GUESTS)
    })

    it.each([
      ['leave', 'ann', 'ended', 'left'],
      ['cancel', 'ann', 'cancelled', 'left'],
      ['kick', 'pat', 'kicked', 'kicked'],
    ] as const)('ends by %s', async (action, by, reason, leaveReason) => {
      await room.seat('ann')
      expect(await room.link(by, action, 'ann')).toMatchObject({ phase: 'off', reason })
      expect((await room.notices()).at(-1)).toMatchObject({ ev: 'memberLeft', userID: 'ann', reason: leaveReason })
      expect(await room.live()).toMatchObject({ audienceCount: 1, links: [] })
    })

    it('switches a guest’s microphone off for the presenter', async () => {
      await room.seat('ann')
      await room.link('pat', 'mute', 'ann')
      expect(await room.heard('muted')).toEqual([{ type: 'muted', room: 'r', userID: 'ann' }])
      expect((await room.notices()).at(-1)).toMatchObject({ ev: 'memberUpdated', member: { audio: false } })
      await room.link('ann', 'leave')
      await expect(room.link('pat', 'mute', 'ann')).rejects.toMatchObject({ code: 'NOT_REQUESTED' })
    })

    it('keeps the seat of a guest that drops and comes back, and frees it 20 s after one that does not', async () => {
      await room.seat('ann')
      const { epoch, seq } = (await room.store.get('r')) ?? { epoch: '', seq: 0 }
      await room.lose('ann')
      await room.advance(19 * SECOND)
      await room.store.resume({ room: 'r', userID: 'ann', connection: 'new', epoch, seq })
      await room.advance(60 * SECOND)
      await room.sweep()
      expect(await room.publishing()).toEqual(['pat', 'ann'])
      await room.lose('ann', 'new')
      await room.advance(20 * SECOND)
      await room.sweep()
      expect((await room.links()).at(-1)).toMatchObject({ phase: 'off', reason: 'lost' })
      expect(await room.publishing()).toEqual(['pat'])
      expect((await room.live())?.audienceCount).toBe(0)
    })

    it('ends with a guest that leaves the room', async () => {
      await room.seat('ann')
      await room.leave('ann')
      expect((await room.links()).at(-1)).toMatchObject({ phase: 'off', reason: 'ended' })
      expect((await room.notices()).at(-1)).toMatchObject({ ev: 'memberLeft', reason: 'left' })
    })

    it.each(['accept', 'reject', 'invite', 'kick', 'mute'] as const)(
      'lets nobody but the presenter %s',
      async (action) => {
        await room.watch('bob')
        await room.link('bob', 'request')
        const before = await room.live()
        await expect(room.link('ann', action, 'bob')).rejects.toMatchObject({ code: 'FORBIDDEN' })
        await expect(room.link('bob', action, 'bob')).rejects.toMatchObject({ code: 'FORBIDDEN' })
        await expect(room.link('eve', action, 'bob')).rejects.toMatchObject({ code: 'NOT_MEMBER' })
        expect(await room.live()).toEqual(before)
      },
    )

    it('lets nobody ask or leave for somebody else, and the presenter not link with itself', async () => {
      await room.watch('bob')
      for (const action of ['request', 'leave'] as const) {
        await expect(room.link('ann', action, 'bob')).rejects.toMatchObject({ code: 'FORBIDDEN' })
        await expect(room.link('pat', action)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      }
      await expect(room.link('pat', 'invite')).rejects.toMatchObject({ code: 'NOT_REQUESTED' })
      expect(await room.links()).toEqual([])
    })

    it.each(['accept', 'reject'] as const)('has nothing to %s for someone who never asked', async (action) => {
      for (const target of ['ann', 'nobody']) {
        await expect(room.link('pat', action, target)).rejects.toMatchObject({ code: 'NOT_REQUESTED' })
      }
      expect(await room.links()).toEqual([])
    })

    it('seats whoever publishes over HTTP without asking, while there are seats', async () => {
      await room.publish('ann')
      await room.publish('bob')
      await room.publish('bob')
      await expect(room.publish('cyd')).rejects.toMatchObject({ code: 'SEATS_FULL' })
      expect(await room.publishing()).toEqual(['pat', 'ann', 'bob'])
      expect(await room.live()).toMatchObject({ audienceCount: 1, linkRev: 2 })
      await room.link('pat', 'kick', 'bob')
      await expect(room.store.find({ room: 'r', userID: 'bob' })).rejects.toMatchObject({ code: 'NOT_MEMBER' })
      await room.advance(20 * SECOND)
      expect(await room.sweep()).toBe(false)
      expect(await room.publishing()).toEqual(['pat'])
    })
  })
}
