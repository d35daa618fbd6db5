import type { StoredStream } from '../../server/src/store/stored-streams'
import { LiveStoreSteps, memberOf, SECOND } from './live-store-steps'
import type { StoreHarness } from './store-harness'

const CALL = { kind: 'multi_room' } as const

/** Who may publish for how long, and what is published elsewhere. */
export function describeSeats(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} as the keeper of seats`, () => {
    let room: LiveStoreSteps

    beforeEach(async () => {
      room = await LiveStoreSteps.start(start)
    })
    afterEach(() => room.harness.close())

    const call = (userID: string, more: object = {}) => room.join('r', userID, { ...CALL, ...more })
    const found = async (userID: string) => (await room.store.find({ room: 'r', userID })).seat
    const unseated = async () => (await room.heard('unseated')).map(({ userID, seat }) => [userID, seat])

    it('gives everyone who publishes a seat that nobody else ever had, and a watcher none', async () => {
      const { seat } = await call('ann')
      expect(await found('ann')).toBe(seat)
      const other = (await call('bob')).seat
      await room.store.leave({ room: 'r', userID: 'ann', request: '' })
      const again = (await call('ann')).seat
      expect(new Set([seat, other, again]).size).toBe(3)
      await room.join('live', 'pat')
      expect((await room.join('live', 'eve', { role: 'audience' })).seat).toBe('')
    })

    it('tells of the seat of whoever leaves', async () => {
      const { seat } = await call('ann')
      await call('bob')
      await room.store.leave({ room: 'r', userID: 'ann', request: '' })
      expect(await unseated()).toEqual([['ann', seat]])
    })

    it('tells of the seat of whoever is lost', async () => {
      const { seat } = await call('ann', { holder: { via: 'http' } })
      await call('bob')
      await room.advance(20 * SECOND)
      await room.sweep()
      expect(await unseated()).toEqual([['ann', seat]])
    })

    it('tells of every seat of a room that is destroyed', async () => {
      const seats = [(await call('ann')).seat, (await call('bob')).seat]
      await room.store.destroy({ room: 'r', userID: 'ann' })
      expect(await unseated()).toEqual([
        ['ann', seats[0]],
        ['bob', seats[1]],
      ])
    })

    it('keeps a seat over a drop and a return on another connection', async () => {
      const { seat, epoch, seq } = await call('ann')
      await room.store.lose({ room: 'r', userID: 'ann', connection: 'socket of ann' })
      const back = await room.store.resume({ room: 'r', userID: 'ann', connection: 'new', epoch, seq })
      expect([back.seat, await found('ann'), await unseated()]).toEqual([seat, seat, []])
    })

    it('keeps it for one who joins again on the same connection, and takes it from one who joins on another', async () => {
      const { seat } = await call('ann')
      expect((await call('ann')).seat).toBe(seat)
      const elsewhere = (await call('ann', { holder: { via: 'socket', connection: 'elsewhere' } })).seat
      expect(elsewhere).not.toBe(seat)
      expect(await unseated()).toEqual([['ann', seat]])
    })

    it('takes the seat that a URL was signed for before the member came, which ends for good with the member', async () => {
      const holder = { via: 'http' }
      expect((await call('ann', { holder, seat: '~one' })).seat).toBe('~one')
      expect(await room.store.isTokenRevoked('~one')).toBe(false)
      expect((await call('ann', { holder, seat: '~two' })).seat).toBe('~two')
      expect(await room.store.isTokenRevoked('~one')).toBe(true)
      await room.store.leave({ room: 'r', userID: 'ann', request: '' })
      expect(await room.store.isTokenRevoked('~two')).toBe(true)
    })

    it('takes no seat that somebody else might have', async () => {
      const { seat } = await call('ann')
      expect((await call('bob', { seat })).seat).not.toBe(seat)
    })

    it('ends the seat of a guest with its link-mic, and those of all guests with the presenter', async () => {
      await room.join('r', 'pat')
      await room.seat('ann', 'bob')
      const seat = await found('ann')
      await room.link('pat', 'kick', 'ann')
      expect([await found('ann'), await unseated()]).toEqual(['', [['ann', seat]]])
      await room.store.leave({ room: 'r', userID: 'pat', request: '' })
      expect((await unseated()).slice(1).map(([userID]) => userID)).toEqual(['pat', 'bob'])
    })

    it('tells of a login that has ended', async () => {
      await call('ann')
      await room.store.revokeToken('a login', room.inHalfAMinute)
      expect(await room.heard('loggedOut')).toEqual([{ type: 'loggedOut', login: 'a login' }])
    })

    describe('streams elsewhere', () => {
      const stream = (userID: string, client: string, login = ''): StoredStream => ({
        room: 'r',
        userID,
        kind: 'main',
        stream: `r.${userID}_main`,
        ticket: `${login}.seat`,
        server: 'srs',
        client,
      })

      it('are found by their room and by the login that publishes them', async () => {
        const [ann, bob] = [stream('ann', '1', 'login-a'), stream('bob', '2', 'login-b')]
        expect(await room.store.streams.note(ann)).toBeNull()
        await room.store.streams.note(bob)
        expect(new Set(await room.store.streams.of({ room: 'r' }))).toEqual(new Set([ann, bob]))
        expect(await room.store.streams.of({ login: 'login-b' })).toEqual([bob])
        expect(await room.store.streams.of({ room: 'other' })).toEqual([])
      })

      it('are forgotten once, and only for the client that publishes them', async () => {
        const [old, next] = [stream('ann', '1', 'login-a'), stream('ann', '2', 'login-b')]
        await room.store.streams.note(old)
        expect(await room.store.streams.note(next)).toEqual(old)
        expect(await room.store.streams.of({ login: 'login-a' })).toEqual([])
        expect(await room.store.streams.forget(old)).toBeNull()
        expect(await room.store.streams.forget(next)).toEqual(next)
        expect(await room.store.streams.forget(next)).toBeNull()
        expect(await room.store.streams.of({ login: 'login-b' })).toEqual([])
        expect(await room.store.streams.of({ room: 'r' })).toEqual([])
      })
    })

    it('says nothing of seats to the members', async () => {
      expect((await call('ann')).members).toEqual([memberOf('ann')])
    })
  })
}
