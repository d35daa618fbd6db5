import { roomService } from '../../../src/provider/roomservice/roomservice'
import { codeOf, hearing, joinRequest, NOTHING_LEFT, RoomWorld } from '../../support/room-world'

let world: RoomWorld
beforeEach(() => {
  world = new RoomWorld()
})
afterEach(() => world.close())

describe('open', () => {
  test('names the field that is wrong', () => {
    const { platform } = world.device('alice')
    expect(() => roomService.open(platform, { connection: 'wss://x' })).toThrow(/connection/)
    expect(() => roomService.open(platform, undefined)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }))
  })

  test('without a login it is NOT_LOGGED_IN', () => {
    const { platform } = world.device('alice')
    expect(() => roomService.open(platform, { connection: null })).toThrow(
      expect.objectContaining({ code: 'NOT_LOGGED_IN' }),
    )
  })
})

describe('join', () => {
  test('answers push URL and all play URLs after one round trip', async () => {
    await world.device('bob').enter('room', { video: false, userName: 'Bob', userAvatar: 'https://pics.test/b.png' })
    const alice = await world.device('alice').login()
    const start = world.clock.now()
    const result = await world.clock.settle(alice.open().join(joinRequest()))
    expect(world.clock.now() - start).toBe(100)
    expect(result).toEqual({
      roomId: 'room',
      roomName: 'A room',
      creator: 'bob',
      selfId: 'alice',
      publishUrl: expect.stringMatching(/^rtmp:\/\/rooms\.test/),
      members: [
        {
          userID: 'bob',
          userName: 'Bob',
          userAvatar: 'https://pics.test/b.png',
          streams: [
            {
              streamId: 'bob_main',
              userID: 'bob',
              kind: 'main',
              url: expect.stringMatching(/^rtmp:/),
              hasAudio: true,
              hasVideo: false,
            },
          ],
        },
      ],
    })
  })

  test('tells the server that a room which it makes is to be recorded', async () => {
    await world.device('bob').enter('recorded', { record: true })
    await world.device('ann').enter('other')
    const { store } = world.hub.context
    expect(await store.get('recorded')).toMatchObject({ record: true })
    expect(await store.get('other')).not.toHaveProperty('record')
  })

  test('over a cold connection takes two round trips', async () => {
    const alice = world.device('alice')
    const start = world.clock.now()
    const login = alice.connection.login(alice.params)
    const join = alice.open().join(joinRequest())
    await world.clock.settle(Promise.all([login, join]))
    expect(world.clock.now() - start).toBe(200)
  })

  test('uses the name of the login when the request has none', async () => {
    const { session } = await world.device('bob').enter('room')
    await world.device('alice').enter('room')
    const { members } = await world.clock.settle(session.resume())
    expect(members[0]?.userName).toBe("alice's name")
  })

  test('without an id enters a new room, and hears what happens in it', async () => {
    const bob = await world.device('bob').enter('')
    const room = (await world.clock.settle(bob.session.resume())).roomId
    expect(room).not.toBe('')
    await world.device('alice').enter(room)
    await world.clock.advance(50)
    expect(bob.heard).toEqual(['joined alice'])
  })

  test('a pair is a room of two', async () => {
    await world.device('alice').enter('room', { capacity: 'pair' })
    await world.device('bob').enter('room', { capacity: 'pair' })
    const carol = await world.device('carol').login()
    const join = carol.open().join(joinRequest({ capacity: 'pair' }))
    await expect(world.clock.settle(join)).rejects.toMatchObject({ code: 'ROOM_FULL' })
  })

  test('is asked anew when it failed for the moment, and is left as any other', async () => {
    const alice = await world.device('alice').login()
    alice.link.loseNext('up', (text) => {
      const { id, op } = JSON.parse(text) as { id: string; op: string }
      if (op === 'join') alice.link.inject(JSON.stringify({ re: id, error: { code: 'SERVER_ERROR', message: '' } }))
      return op === 'join'
    })
    const session = alice.open()
    expect(await world.clock.settle(codeOf(session.join(joinRequest())))).toBe('SERVER_ERROR')
    await expect(world.clock.settle(session.join(joinRequest()))).resolves.toMatchObject({ roomId: 'room' })
    await world.clock.settle(session.close())
    const { rooms } = await world.clock.settle(alice.connection.call('rooms', { kind: 'multi_room', index: 0, cnt: 9 }))
    expect(rooms).toEqual([])
  })

  test('a refused login rejects a join that was sent with it, and says closed to nobody', async () => {
    const alice = world.device('alice')
    const login = alice.connection.login({ ...alice.params, userSig: 'nonsense' })
    login.catch(() => undefined)
    const session = alice.open()
    const heard = hearing(session)
    expect(await world.clock.settle(codeOf(session.join(joinRequest())))).toBe('LOGIN_REFUSED')
    expect(heard).toEqual([])
  })
})

describe('in the room', () => {
  test('members and messages arrive 100 ms after they were sent, without echoes of oneself', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    await world.clock.advance(50)
    const start = world.clock.now()
    const heardAt: number[] = []
    bob.session.events.on('message', () => heardAt.push(world.clock.now() - start))
    const sent = alice.session.send?.({ kind: 'text', data: 'hello' })
    await world.clock.settle(sent ?? Promise.reject(new Error('send is missing')))
    await world.clock.settle(alice.session.announce?.({ audio: false, video: true }) ?? Promise.reject(new Error()))
    await world.clock.settle(alice.session.close())
    await world.clock.advance(100)
    expect(heardAt).toEqual([100])
    expect(bob.heard).toEqual(['joined alice', 'message alice hello', 'updated alice', 'left alice left'])
    expect(alice.heard).toEqual([])
  })

  test('custom messages keep their JSON', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    const payloads: unknown[] = []
    bob.session.events.on('message', ({ kind, data }) => payloads.push({ kind, data }))
    await world.clock.settle(alice.session.send?.({ kind: 'custom', data: { cmd: 'like', n: 2 } }) ?? Promise.reject())
    expect(payloads).toEqual([{ kind: 'custom', data: { cmd: 'like', n: 2 } }])
  })

  test('fresh URLs are to be had for publishing and for playing', async () => {
    await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    const { members } = await world.clock.settle(alice.session.resume())
    const stream = members[0]?.streams[0]
    if (!stream) throw new Error('bob has no stream')
    await world.clock.advance(5_000)
    const fresh = await world.clock.settle(alice.session.playUrl(stream))
    expect(fresh).toMatch(/^rtmp:/)
    expect(fresh).not.toBe(stream.url)
    expect(await world.clock.settle(alice.session.publishUrl())).toMatch(/^rtmp:/)
  })

  test('a request before join is NOT_MEMBER', async () => {
    const alice = await world.device('alice').login()
    await expect(alice.open().publishUrl()).rejects.toMatchObject({ code: 'NOT_MEMBER' })
    await expect(alice.open().resume()).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  })
})

describe('the end', () => {
  test('being entered elsewhere says so', async () => {
    const phone = await world.device('alice').enter('room')
    await world.device('alice').enter('room')
    await world.clock.advance(100)
    expect(phone.heard).toEqual(['closed replaced'])
    expect(await codeOf(phone.session.publishUrl())).toBe('REPLACED')
  })

  test('close leaves the room, keeps the connection, and is idempotent', async () => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    const closing = bob.session.close()
    expect(bob.session.close()).toBe(closing)
    await world.clock.settle(closing)
    await world.clock.advance(100)
    expect(alice.heard).toEqual(['joined bob', 'left bob left'])
    expect(bob.device.connection.phase).toBe('ready')
    await world.clock.settle(bob.device.connection.logout())
    expect(bob.device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('close rejects what is pending as CANCELLED', async () => {
    const alice = await world.device('alice').enter('room')
    const pending = [
      alice.session.publishUrl(),
      alice.session.resume(),
      alice.session.send?.({ kind: 'text', data: '' }),
    ]
    const codes = Promise.all(pending.map((each) => codeOf(each ?? Promise.resolve())))
    await world.clock.settle(alice.session.close())
    expect(await codes).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED'])
  })

  test.each([
    ['before it is sent', 'room', 0],
    ['while it is under way', 'room', 130],
    ['while a room without an id is being made', '', 130],
  ])('close during a join, %s, is CANCELLED and leaves nobody in the room', async (_name, roomId, afterMs) => {
    const alice = world.device('alice')
    const login = alice.connection.login(alice.params)
    const session = alice.open()
    const join = codeOf(session.join(joinRequest({ roomId })))
    await world.clock.advance(afterMs)
    const closed = session.close()
    expect(await join).toBe('CANCELLED')
    await world.clock.settle(Promise.all([login, closed]))
    await world.clock.advance(1_000)
    const { rooms } = await world.clock.settle(alice.connection.call('rooms', { kind: 'multi_room', index: 0, cnt: 9 }))
    expect(rooms).toEqual([])
    await world.clock.settle(alice.connection.logout())
    expect(alice.leftovers).toEqual(NOTHING_LEFT)
  })

  test('leaving and entering the same room at once ends inside', async () => {
    const alice = await world.device('alice').login()
    const first = alice.open()
    first.join(joinRequest()).catch(() => undefined)
    await world.clock.advance(20)
    void first.close()
    const second = alice.open()
    await world.clock.settle(second.join(joinRequest()))
    await world.clock.advance(5_000)
    const { rooms } = await world.clock.settle(alice.connection.call('rooms', { kind: 'multi_room', index: 0, cnt: 9 }))
    expect(rooms.map(({ members }) => members.map((member) => member.userID))).toEqual([['alice']])
    await expect(world.clock.settle(second.publishUrl())).resolves.toMatch(/^rtmp:/)
  })

  test('what was not said before close is not said after it', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    alice.device.link.refusing = true
    alice.device.link.cut()
    const sent = codeOf(alice.session.send?.({ kind: 'text', data: 'too late' }) ?? Promise.resolve())
    await world.clock.settle(alice.session.close())
    expect(await sent).toBe('CANCELLED')
    alice.device.link.refusing = false
    await world.clock.advance(10_000)
    expect(bob.heard).not.toContain('message alice too late')
  })

  test('the end of an earlier stay does not end a join that is under way', async () => {
    const alice = await world.device('alice').login()
    const join = alice.open().join(joinRequest())
    alice.link.inject(JSON.stringify({ room: 'room', closed: 'kicked' }))
    await expect(world.clock.settle(join)).resolves.toMatchObject({ roomId: 'room' })
  })

  test('close without network does not wait for it', async () => {
    const alice = await world.device('alice').enter('room')
    alice.device.link.refusing = true
    alice.device.link.cut()
    const start = world.clock.now()
    await world.clock.settle(alice.session.close())
    expect(world.clock.now()).toBe(start)
  })

  test('logging out ends the room', async () => {
    const alice = await world.device('alice').enter('room')
    await world.clock.settle(alice.device.connection.logout())
    expect(alice.heard).toEqual(['closed expired'])
    expect(alice.device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('URLs and tickets are never logged', async () => {
    const alice = await world.device('alice').enter('room')
    await world.clock.settle(world.outage(alice, 30_000), 1_000_000)
    expect(JSON.stringify(alice.device.platform.logs)).not.toMatch(/rtmp:|userSig|token/i)
  })
})
