import { HubClient, startHub, type TestHub } from './support/hub-client'

describe('joining', () => {
  it('answers push URL, members with play URLs and sequence number when login and join come in one flight', async () => {
    const test = startHub()
    const ann = await new HubClient(test, 'ann').login()
    await ann.join('r1')
    const bob = new HubClient(test, 'bob', 'calls.example:8443')
    const started = test.clock.now()

    bob.send('login', bob.loginParams(), 'l')
    bob.send('join', bob.joinParams('r1'), 'j')
    await test.clock.advance(0)

    expect(test.clock.now()).toBe(started)
    const answers = bob.frames as { re: string; ok: Record<string, unknown> }[]
    expect(answers.map((frame) => frame.re)).toEqual(['l', 'j'])
    expect(answers[1]?.ok).toMatchObject({
      room: 'r1',
      roomName: 'a room',
      creator: 'ann',
      seq: 2,
      pushURL: expect.stringMatching(
        /^rtmp:\/\/calls\.example\/live\/r1\.bob_main\?e=[0-9a-f]+&k=[\w.-]+&s=[\w-]{22}$/,
      ),
      members: [
        {
          userID: 'ann',
          userName: "ann's name",
          userAvatar: '',
          audio: true,
          video: true,
          playURL: expect.stringMatching(/^rtmp:\/\/calls\.example\/live\/r1\.ann_main\?e=[0-9a-f]+&s=[\w-]{22}$/),
        },
      ],
    })
  })

  it('tells the members who came, and the newcomer nothing that its answer contains', async () => {
    const test = startHub()
    const ann = await new HubClient(test, 'ann').login()
    await ann.join('r1')
    const bob = await new HubClient(test, 'bob').login()
    await bob.join('r1')
    expect(ann.events).toMatchObject([{ seq: 2, ev: 'memberJoined', member: { userID: 'bob' } }])
    expect(bob.events).toEqual([])
  })

  it('makes a readable id for a room without one, and the same one when asked again', async () => {
    const test = startHub()
    const ann = await new HubClient(test, 'ann').login()
    const first = await ann.call('join', ann.joinParams(''), 'once')
    expect(first.room).toMatch(/^[1-9]\d{7}$/)
    const again = await ann.call('join', ann.joinParams(''), 'once')
    expect(again.room).toBe(first.room)
    expect(again.pushURL).toContain(`/live/${first.room}.ann_main?`)
    const other = await ann.call('join', ann.joinParams(''), 'twice')
    expect(other.room).not.toBe(first.room)
  })
})

it('gives a join without an id that is asked again on a new connection the same room, and its notices', async () => {
  const test = startHub()
  const lost = await new HubClient(test, 'ann').login()
  const { room } = await lost.call('join', lost.joinParams(''), 'once')
  await lost.drop()
  const back = await new HubClient(test, 'ann').login()
  expect(await back.call('join', back.joinParams(''), 'once')).toMatchObject({ room, members: [] })
  await (await new HubClient(test, 'bob').login()).join(room)
  expect(back.events).toMatchObject([{ ev: 'memberJoined', member: { userID: 'bob' } }])
})

/** Ann and Bob in one room. */
async function pair(): Promise<{ test: TestHub; ann: HubClient; bob: HubClient; epoch: string }> {
  const test = startHub()
  const ann = await new HubClient(test, 'ann').login()
  const { epoch } = await ann.join('r1')
  const bob = await new HubClient(test, 'bob').login()
  await bob.join('r1')
  return { test, ann, bob, epoch }
}

const SECOND = 1000

describe('in a room', () => {
  it('numbers every notice and gives it to everyone, the originator too', async () => {
    const { test, ann, bob, epoch } = await pair()
    const { time } = await ann.call('send', { room: 'r1', kind: 'text', data: 'hello' })
    await bob.call('announce', { room: 'r1', audio: true, video: false })
    expect(time).toBe(test.clock.now())
    const message = {
      room: 'r1',
      epoch,
      notice: {
        seq: 3,
        ev: 'message',
        kind: 'text',
        from: { userID: 'ann', userName: "ann's name", userAvatar: '' },
        data: 'hello',
        time,
      },
    }
    expect(ann.notices.slice(1)).toEqual([message, expect.anything()])
    expect(bob.notices[0]).toEqual(message)
    const updated = { seq: 4, ev: 'memberUpdated', member: { userID: 'bob', audio: true, video: false } }
    expect([ann.events[2], bob.events[1]]).toMatchObject([updated, updated])
  })

  it('carries any JSON value as a custom message', async () => {
    const { ann, bob } = await pair()
    const data = { like: [1, null, { '"': '</script>' }] }
    await ann.call('send', { room: 'r1', kind: 'custom', data })
    expect(bob.events).toMatchObject([{ ev: 'message', kind: 'custom', data }])
  })

  it('has one effect and one answer for a request that is asked again', async () => {
    const { test, ann, bob } = await pair()
    const first = await ann.call('send', { room: 'r1', kind: 'text', data: 'hello' }, 'same')
    await test.clock.advance(30 * SECOND)
    expect(await ann.call('send', { room: 'r1', kind: 'text', data: 'hello' }, 'same')).toEqual(first)
    expect(bob.events).toHaveLength(1)
  })

  it('tells the others who left, and the one who left nothing more', async () => {
    const { ann, bob } = await pair()
    await ann.call('leave', { room: 'r1' })
    await bob.call('send', { room: 'r1', kind: 'text', data: 'anyone?' })
    expect(bob.events[0]).toEqual({ seq: 3, ev: 'memberLeft', userID: 'ann', reason: 'left' })
    expect(ann.events.map((event) => event.seq)).toEqual([2])
    expect(ann.closedRooms).toEqual([])
  })

  it('is not left again by a late repetition of an earlier leave', async () => {
    const { ann, bob } = await pair()
    await ann.call('leave', { room: 'r1' }, 'leave')
    await ann.join('r1')
    expect(await ann.call('leave', { room: 'r1' }, 'leave')).toEqual({})
    await bob.call('send', { room: 'r1', kind: 'text', data: 'hello' })
    expect(ann.events.at(-1)).toMatchObject({ ev: 'message', data: 'hello' })
  })

  it('gives fresh URLs to members and to nobody else', async () => {
    const { test, ann } = await pair()
    const { pushURL } = await ann.call('publishUrl', { room: 'r1' })
    expect(pushURL).toContain('rtmp://rooms.test/live/r1.ann_main?')
    const { playURL } = await ann.call('playUrl', { room: 'r1', userID: 'bob' })
    expect(playURL).toContain('rtmp://rooms.test/live/r1.bob_main?')
    await test.clock.advance(10 * SECOND)
    expect((await ann.call('publishUrl', { room: 'r1' })).pushURL).not.toBe(pushURL)

    const mallory = await new HubClient(test, 'mallory').login()
    expect(await mallory.fail('publishUrl', { room: 'r1' })).toMatchObject({ code: 'NOT_MEMBER' })
    expect(await mallory.fail('playUrl', { room: 'r1', userID: 'bob' })).toMatchObject({ code: 'NOT_MEMBER' })
    expect(await ann.fail('playUrl', { room: 'r1', userID: 'mallory' })).toMatchObject({ code: 'NOT_MEMBER' })
  })

  it('holds two in a double_room, and tells the third that it is full', async () => {
    const test = startHub()
    const [ann, bob, cyd] = await Promise.all(['ann', 'bob', 'cyd'].map((user) => new HubClient(test, user).login()))
    await ann?.join('r1', { kind: 'double_room' })
    await bob?.join('r1', { kind: 'double_room' })
    expect(await cyd?.fail('join', cyd.joinParams('r1', { kind: 'double_room' }))).toMatchObject({ code: 'ROOM_FULL' })
    await bob?.call('leave', { room: 'r1' })
    expect((await cyd?.join('r1'))?.members).toMatchObject([{ userID: 'ann' }])
    expect(cyd?.notices).toEqual([])
  })

  it('holds as many in a multi_room as was configured', async () => {
    const test = startHub({ maxMembers: 1 })
    await (await new HubClient(test, 'ann').login()).join('r1')
    const bob = await new HubClient(test, 'bob').login()
    expect(await bob.fail('join', bob.joinParams('r1'))).toMatchObject({ code: 'ROOM_FULL' })
  })

  it('closes with its last member', async () => {
    const { test, ann, bob } = await pair()
    await ann.call('leave', { room: 'r1' })
    await bob.call('leave', { room: 'r1' })
    expect(await test.store.get('r1')).toBeNull()
    expect(await ann.fail('send', { room: 'r1', kind: 'text', data: '' })).toMatchObject({ code: 'ROOM_NOT_FOUND' })
  })

  it('is listed with its members, by kind', async () => {
    const { ann, bob } = await pair()
    await bob.join('r2', { kind: 'double_room', roomName: 'two of us' })
    expect(await ann.call('rooms', { kind: 'double_room', index: 0, cnt: 20 })).toEqual({
      rooms: [
        {
          room: 'r2',
          roomName: 'two of us',
          creator: 'bob',
          members: [{ userID: 'bob', userName: "bob's name", userAvatar: '' }],
        },
      ],
    })
    expect((await ann.call('rooms', { kind: 'multi_room', index: 0, cnt: 20 })).rooms).toHaveLength(1)
  })

  it('is listed among at most a hundred at a time', async () => {
    const test = startHub({ limits: { roomsPerUser: 101 } })
    const ann = await new HubClient(test, 'ann').login()
    for (let room = 0; room < 101; room += 1) await ann.join(`room ${room}`)
    const list = async (index: number) => (await ann.call('rooms', { kind: 'multi_room', index, cnt: 1e9 })).rooms
    expect(await list(0)).toHaveLength(100)
    expect(await list(100)).toMatchObject([{ room: 'room 100' }])
  })

  it('may be one of several on one connection', async () => {
    const { ann, bob } = await pair()
    await ann.join('r2')
    await bob.call('send', { room: 'r1', kind: 'text', data: 'here' })
    expect(ann.notices.at(-1)).toMatchObject({ room: 'r1', notice: { data: 'here' } })
    await ann.call('leave', { room: 'r1' })
    await ann.call('send', { room: 'r2', kind: 'text', data: 'there' })
    expect(ann.notices.at(-1)).toMatchObject({ room: 'r2', notice: { data: 'there' } })
  })
})

describe('the same user on another connection', () => {
  it('takes over, and the older connection hears that it was replaced', async () => {
    const { test, ann, bob } = await pair()
    const ann2 = await new HubClient(test, 'ann').login()
    await ann2.join('r1')
    await bob.call('send', { room: 'r1', kind: 'text', data: 'hello' })
    expect(ann.closedRooms).toEqual([{ room: 'r1', closed: 'replaced' }])
    expect(ann.events).toHaveLength(1)
    expect(ann2.events).toMatchObject([{ ev: 'message' }])
    await ann.drop()
    await test.clock.advance(60 * SECOND)
    expect(bob.events).toHaveLength(1)
  })
})

describe('a lost connection', () => {
  it('is silent when the member comes back within 20 s, and gives it what it missed', async () => {
    const { test, ann, bob, epoch } = await pair()
    await ann.drop()
    await test.clock.advance(19 * SECOND)
    await bob.call('send', { room: 'r1', kind: 'text', data: 'still there?' })
    const back = await new HubClient(test, 'ann').login()
    const resumed = await back.call('resume', { room: 'r1', epoch, seq: 2 })
    expect(resumed).toMatchObject({ notices: [{ seq: 3, ev: 'message', data: 'still there?' }] })
    await test.clock.advance(60 * SECOND)
    await bob.call('send', { room: 'r1', kind: 'text', data: 'good' })
    expect(back.events).toMatchObject([{ seq: 4, data: 'good' }])
    expect(bob.events.map((event) => event.ev)).toEqual(['message', 'message'])
  })

  it('is memberLeft "lost" exactly 20 s later, and NOT_MEMBER after that', async () => {
    const { test, ann, bob, epoch } = await pair()
    await ann.drop()
    await test.clock.advance(20 * SECOND - 1)
    expect(bob.events).toEqual([])
    await test.clock.advance(1)
    expect(bob.events).toEqual([{ seq: 3, ev: 'memberLeft', userID: 'ann', reason: 'lost' }])
    const back = await new HubClient(test, 'ann').login()
    expect(await back.fail('resume', { room: 'r1', epoch, seq: 2 })).toMatchObject({ code: 'NOT_MEMBER' })
  })

  it('of the only member ends the room: ROOM_NOT_FOUND on resume, and no timer is left', async () => {
    const test = startHub()
    const ann = await new HubClient(test, 'ann').login()
    const { epoch } = await ann.join('r1')
    await ann.drop()
    await test.clock.advance(20 * SECOND)
    const back = await new HubClient(test, 'ann').login()
    expect(await back.fail('resume', { room: 'r1', epoch, seq: 1 })).toMatchObject({ code: 'ROOM_NOT_FOUND' })
    expect(test.clock.pending).toEqual([])
  })

  it('gets a snapshot when the room was rebuilt or too much was missed', async () => {
    const { test, ann } = await pair()
    const snapshot = { room: 'r1', roomName: 'a room', creator: 'ann', seq: 2, members: [{ userID: 'bob' }] }
    expect(await ann.call('resume', { room: 'r1', epoch: 'another', seq: 2 })).toMatchObject({ snapshot })
    await test.clock.advance(121 * SECOND)
    await ann.call('send', { room: 'r1', kind: 'text', data: 'hello' })
    const { epoch } = await ann.join('r1')
    expect(await ann.call('resume', { room: 'r1', epoch, seq: 1 })).toMatchObject({ snapshot: { seq: 3 } })
  })

  it('goes on hearing the room when a resume fails by the server’s fault', async () => {
    const { test, ann, bob, epoch } = await pair()
    const { resume } = test.store
    test.store.resume = async () => {
      throw new Error('out of order')
    }
    expect(await ann.fail('resume', { room: 'r1', epoch, seq: 2 })).toMatchObject({ code: 'SERVER_ERROR' })
    test.store.resume = resume
    await bob.call('send', { room: 'r1', kind: 'text', data: 'hello' })
    expect(ann.events.at(-1)).toMatchObject({ seq: 3, data: 'hello' })
  })

  it('is over for the older connection when resumed on a new one before the server noticed', async () => {
    const { test, ann, bob, epoch } = await pair()
    const back = await new HubClient(test, 'ann').login()
    await back.call('resume', { room: 'r1', epoch, seq: 2 })
    expect(ann.closedRooms).toEqual([{ room: 'r1', closed: 'replaced' }])
    await ann.drop()
    await test.clock.advance(60 * SECOND)
    expect(bob.events).toEqual([])
  })

  it('still has its last frames carried out', async () => {
    const { test, ann, bob } = await pair()
    ann.send('leave', { room: 'r1' })
    await ann.drop()
    await test.clock.advance(60 * SECOND)
    expect(bob.events).toEqual([{ seq: 3, ev: 'memberLeft', userID: 'ann', reason: 'left' }])
  })
})

it('keeps rooms, and no socket or timer, when the hub closes', async () => {
  const { test, ann, bob } = await pair()
  await ann.drop()
  test.hub.close()
  await test.clock.advance(0)
  expect(bob.closedWith).toEqual({ code: 1001, reason: 'going away' })
  expect(test.clock.pending).toEqual([])
  expect((await test.store.get('r1'))?.members).toHaveLength(2)
})
