import { AUDIENCE, LiveStoreSteps, memberOf, SECOND, userOf } from './live-store-steps'
import type { StoreHarness } from './store-harness'

/** What a store makes of a live_room, link-mic aside. */
export function describeLiveStore(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} as a store of live rooms`, () => {
    let room: LiveStoreSteps

    beforeEach(async () => {
      room = await LiveStoreSteps.start(start)
    })
    afterEach(() => room.harness.close())

    describe('coming in', () => {
      it('creates the room for a presenter, and lets an audience watch without being a member', async () => {
        await room.join('r', 'pat')
        const entered = await room.watch('ann')
        expect(entered).toMatchObject({ kind: 'live_room', creator: 'pat', seq: 1, members: [memberOf('pat')] })
        expect(entered.live).toEqual({ audienceCount: 1, presenterAway: false, links: [], linkRev: 0, custom: {} })
        expect(await room.heard('audience')).toEqual([
          { type: 'audience', room: 'r', presenter: 'pat', count: 1, entered: userOf('ann') },
        ])
        expect(await room.notices()).toHaveLength(1)
      })

      it('lets nobody watch a room that is not there, or that nobody presents in yet', async () => {
        await expect(room.watch('ann')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
        await room.store.create({ room: 'r', roomName: '', kind: 'live_room', creator: 'pat' })
        await expect(room.watch('ann')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
        await room.join('r', 'pat')
        expect((await room.watch('ann')).live?.audienceCount).toBe(1)
      })

      it('lets nobody present but the creator, and the creator do nothing else', async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
        for (const userID of ['ann', 'bob']) {
          await expect(room.join('r', userID)).rejects.toMatchObject({ code: 'FORBIDDEN' })
        }
        await expect(room.watch('pat')).rejects.toMatchObject({ code: 'FORBIDDEN' })
        expect(await room.publishing()).toEqual(['pat'])
        expect((await room.live())?.audienceCount).toBe(1)
      })

      it('ends the screen of a guest with the seat it was shared from', async () => {
        await room.join('r', 'pat')
        await room.seat('ann')
        const share = () => room.store.update({ room: 'r', userID: 'ann', aux: true })
        await share()
        const screens = async () =>
          (await room.store.get('r'))?.members.filter(({ aux }) => aux).map((each) => each.userID)
        expect(await screens()).toEqual(['ann'])
        await room.link('ann', 'leave')
        await share()
        await room.link('ann', 'request')
        await room.link('pat', 'accept', 'ann')
        expect(await room.publishing()).toEqual(['pat', 'ann'])
        expect(await screens()).toEqual([])
      })

      it('keeps calls and broadcasts apart', async () => {
        await room.join('r', 'pat')
        await room.join('call', 'pat', { kind: 'multi_room' })
        await expect(room.join('r', 'ann', { kind: 'multi_room' })).rejects.toMatchObject({ code: 'ROOM_EXISTS' })
        await expect(room.join('call', 'ann')).rejects.toMatchObject({ code: 'ROOM_EXISTS' })
        await expect(room.join('call', 'ann', { role: 'audience' })).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
      })

      it('counts whoever comes again once, right away', async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
        await room.watch('ann', { holder: { via: 'socket', connection: 'another' } })
        expect((await room.live())?.audienceCount).toBe(1)
        expect(await room.heard('replaced')).toEqual([
          { type: 'replaced', room: 'r', userID: 'ann', connection: 'socket of ann' },
        ])
        await room.leave('ann')
        expect((await room.live())?.audienceCount).toBe(0)
        await room.watch('ann')
        expect((await room.store.list({ kind: 'live_room', index: 0, cnt: 1 }))[0]?.live?.audienceCount).toBe(1)
      })

      it('lets no more watch than the room is for, and those who do come again', async () => {
        await room.join('r', 'pat')
        for (let index = 0; index < AUDIENCE; index += 1) await room.watch(`viewer ${index}`)
        await expect(room.watch('ann')).rejects.toMatchObject({ code: 'ROOM_FULL' })
        await room.watch('viewer 0')
        await room.leave('viewer 1')
        expect((await room.watch('ann')).live?.audienceCount).toBe(AUDIENCE)
      })

      it('lists the audience with what it has said about itself', async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
        await room.watch('bob', { holder: { via: 'http' }, userInfo: '{"level":3}' })
        expect(await room.store.audience({ room: 'r', cnt: 9 })).toEqual({
          audience: [
            { ...userOf('ann'), userInfo: '' },
            { ...userOf('bob'), userInfo: '{"level":3}' },
          ],
          count: 2,
        })
        expect((await room.store.audience({ room: 'r', cnt: 1 })).audience).toHaveLength(1)
      })
    })

    describe('watching', () => {
      it('hears what was missed, and is out 20 s after its socket', async () => {
        const { epoch } = await room.join('r', 'pat')
        await room.watch('ann')
        await room.lose('ann')
        await room.say('pat')
        const back = await room.store.resume({ room: 'r', userID: 'ann', connection: 'new', epoch, seq: 1 })
        expect(back.notices).toMatchObject([{ seq: 2, ev: 'message' }])
        await room.lose('ann', 'new')
        await room.advance(20 * SECOND)
        expect(await room.sweep()).toBe(false)
        expect((await room.live())?.audienceCount).toBe(0)
        expect((await room.heard('audience')).at(-1)).toMatchObject({ count: 0, left: userOf('ann') })
      })

      it('may speak to the room', async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
        await room.say('ann')
        expect((await room.notices()).at(-1)).toMatchObject({ ev: 'message', from: userOf('ann') })
      })

      it('tells the connection that is taken out from elsewhere', async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
        await room.leave('ann')
        expect(await room.heard('out')).toEqual([
          { type: 'out', room: 'r', userID: 'ann', connection: 'socket of ann' },
        ])
      })

      it('lasts without heartbeats for clients of the HTTP protocol', async () => {
        await room.join('r', 'pat')
        await room.watch('ann', { holder: { via: 'http' } })
        await room.advance(600 * SECOND)
        expect(await room.sweep()).toBe(false)
        expect((await room.live())?.audienceCount).toBe(1)
      })
    })

    describe('the presenter', () => {
      it('ends the room by leaving, for everyone', async () => {
        const { epoch } = await room.join('r', 'pat')
        await room.seat('ann')
        await room.leave('pat')
        expect(await room.store.get('r')).toBeNull()
        expect(await room.heard('destroyed')).toEqual([{ type: 'destroyed', room: 'r', epoch }])
      })

      it('is away while its socket is gone, and ends the room 20 s later', async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
        await room.lose('pat')
        expect((await room.live())?.presenterAway).toBe(true)
        await room.advance(19 * SECOND)
        await room.sweep()
        expect(await room.heard('destroyed')).toEqual([])
        await room.advance(1 * SECOND)
        expect(await room.sweep()).toBe(false)
        expect(await room.store.get('r')).toBeNull()
        expect(await room.heard('destroyed')).toHaveLength(1)
        expect(await room.heard('away')).toEqual([{ type: 'away', room: 'r', away: true }])
      })

      it.each(['resume', 'join'])('keeps the room by coming back in time: %s', async (how) => {
        const { epoch } = await room.join('r', 'pat')
        await room.seat('ann')
        await room.lose('pat')
        await room.advance(19 * SECOND)
        if (how === 'resume') await room.store.resume({ room: 'r', userID: 'pat', connection: 'new', epoch, seq: 1 })
        else await room.join('r', 'pat', { holder: { via: 'socket', connection: 'new' } })
        await room.advance(60 * SECOND)
        await room.sweep()
        expect(await room.publishing()).toEqual(['pat', 'ann'])
        expect((await room.heard('away')).map(({ away }) => away)).toEqual([true, false])
      })
    })

    it('tells whoever comes back that the room was destroyed, and lets it be built anew', async () => {
      const { epoch } = await room.join('r', 'pat')
      await room.watch('ann')
      await room.leave('pat')
      const resume = (userID: string) =>
        room.store.resume({ room: 'r', userID, connection: 'new', epoch, seq: 1 }).catch(({ code }) => code as string)
      expect(await resume('ann')).toBe('ROOM_CLOSED')
      expect((await room.join('r', 'pat')).epoch).not.toBe(epoch)
      expect(await resume('pat')).toBe('ROOM_CLOSED')
      await room.advance(120 * SECOND)
      expect(await resume('ann')).toBe('NOT_MEMBER')
    })

    describe('custom fields', () => {
      const set = (operation: 'set' | 'inc' | 'dec', value: unknown, field = 'likes', request = '') =>
        room.store.setCustom({ room: 'r', userID: 'ann', field, operation, value, request })

      beforeEach(async () => {
        await room.join('r', 'pat')
        await room.watch('ann')
      })

      it('are set, counted up and down', async () => {
        await set('set', 'Monday', 'title')
        await set('inc', 3)
        expect(await set('dec', 1)).toEqual({ title: 'Monday', likes: 2 })
        expect((await room.live())?.custom).toEqual({ title: 'Monday', likes: 2 })
      })

      it('lose no step when many come at once, and count a repeated one once', async () => {
        await Promise.all(Array.from({ length: 50 }, () => set('inc', 1)))
        await set('inc', 1, 'likes', 'q')
        expect(await set('inc', 1, 'likes', 'q')).toEqual({ likes: 51 })
      })

      it.each([
        ['a text is counted up', 'inc', 1, 'title'],
        ['a text is counted down', 'dec', 1, 'title'],
        ['the step is a text', 'inc', 'a lot', 'likes'],
        ['the number gets out of range', 'inc', Number.MAX_VALUE, 'huge'],
        ['the value is too long', 'set', 'x'.repeat(9000), 'likes'],
        ['the field has no name', 'set', 1, ''],
      ] as const)('stay as they were when %s', async (_name, operation, value, field) => {
        await set('set', 'Monday', 'title')
        await set('set', Number.MAX_VALUE, 'huge')
        const before = (await room.live())?.custom
        await expect(set(operation, value, field)).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
        expect((await room.live())?.custom).toEqual(before)
      })

      it('are not everyone’s: only those in the room', async () => {
        const change = { room: 'r', field: 'likes', operation: 'inc', value: 1, request: '' } as const
        await expect(room.store.setCustom({ ...change, userID: 'eve' })).rejects.toMatchObject({ code: 'NOT_MEMBER' })
      })
    })

    it('has neither link-mic nor custom fields in a call', async () => {
      await room.join('r', 'ann', { kind: 'multi_room' })
      await expect(room.link('ann', 'request')).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
      const change = { room: 'r', userID: 'ann', field: 'f', operation: 'set', value: 1, request: '' } as const
      await expect(room.store.setCustom(change)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
      expect(await room.store.audience({ room: 'r', cnt: 1 })).toEqual({ audience: [], count: 0 })
    })

    it('finds whoever is in a room, publishing or not', async () => {
      await room.join('r', 'pat')
      await room.watch('ann')
      expect(await room.store.find({ room: 'r', userID: 'pat' })).toMatchObject({
        publishes: true,
        self: memberOf('pat'),
      })
      expect(await room.store.find({ room: 'r', userID: 'ann' })).toMatchObject({
        publishes: false,
        self: memberOf('ann'),
      })
      await expect(room.store.find({ room: 'r', userID: 'eve' })).rejects.toMatchObject({ code: 'NOT_MEMBER' })
      await expect(room.store.find({ room: 'nowhere', userID: 'eve' })).rejects.toMatchObject({
        code: 'ROOM_NOT_FOUND',
      })
    })
  })
}
