import type { ProviderSession } from '../../../src/provider/provider'
import { codeOf, RoomWorld, type Participant } from '../../support/room-world'

let world: RoomWorld
beforeEach(() => {
  world = new RoomWorld()
})
afterEach(() => world.close())

const messagesOf = ({ heard }: Participant): string[] => heard.filter((line) => line.startsWith('message'))
const membersOf = async (session: ProviderSession): Promise<string[]> =>
  (await world.clock.settle(session.resume())).members.map((member) => member.userID)

describe('notices', () => {
  test('of other rooms and of no known kind are left out', async () => {
    const bob = await world.device('bob').enter('room')
    const frames = [
      { room: 'other', epoch: 'e', notice: { seq: 1, ev: 'memberLeft', userID: 'x', reason: 'left' } },
      { room: 'other', closed: 'destroyed' },
      { re: 'nobody asked', ok: {} },
      'not even an object',
    ]
    for (const frame of frames) bob.device.link.inject(JSON.stringify(frame))
    await world.clock.advance(1_000)
    expect(bob.heard).toEqual([])
    expect(bob.device.connection.phase).toBe('ready')
  })

  test('a lost one is asked for as soon as the next arrives', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    await world.clock.advance(100)
    bob.device.link.loseNext('down', (text) => text.includes('"one"'))
    for (const data of ['one', 'two', 'three']) {
      await world.clock.settle(alice.session.send?.({ kind: 'text', data }) ?? Promise.reject())
    }
    await world.clock.advance(500)
    expect(messagesOf(bob)).toEqual(['message alice one', 'message alice two', 'message alice three'])
  })

  test('duplicated and reordered ones are told once and in order', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    await world.clock.advance(100)
    bob.device.link.repeatNext('down', (text) => text.includes('"one"'))
    bob.device.link.delayNext('down', 120, (text) => text.includes('"two"'))
    for (const data of ['one', 'two', 'three']) {
      await world.clock.settle(alice.session.send?.({ kind: 'text', data }) ?? Promise.reject())
    }
    await world.clock.advance(500)
    expect(messagesOf(bob)).toEqual(['message alice one', 'message alice two', 'message alice three'])
  })
})

test('when a gap shows that the place was given to somebody else, the room is over', async () => {
  const alice = await world.device('alice').enter('room', { capacity: 'pair' })
  await world.device('bob').enter('room', { capacity: 'pair' })
  await world.clock.advance(100)
  alice.device.link.loseNext('down', (text) => text.includes('"closed"'))
  await world.hub.context.store.leave({ room: 'room', userID: 'alice', request: '' })
  await world.device('carol').enter('room', { capacity: 'pair' })
  const notice = { seq: 99, ev: 'memberLeft', userID: 'bob', reason: 'left' }
  alice.device.link.inject(JSON.stringify({ room: 'room', epoch: 'another', notice }))
  await world.clock.advance(1_000)
  expect(alice.heard).toEqual(['joined bob', 'closed expired'])
  expect(await codeOf(alice.session.publishUrl())).toBe('ROOM_FULL')
})

describe('after a drop', () => {
  test.each([
    ['1 s', 1_000],
    ['30 s', 30_000],
    ['5 min', 300_000],
  ])('of %s the roster is true again', async (_name, ms) => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    const carol = await world.device('carol').enter('room')
    await world.clock.advance(100)
    const mended = world.outage(alice, ms)
    await world.clock.settle(bob.session.close())
    const dave = world.device('dave').enter('room')
    await world.clock.settle(Promise.all([mended, dave]), 1_000_000)
    expect(await membersOf(alice.session)).toEqual(['carol', 'dave'])
    expect(alice.heard.filter((line) => !line.startsWith('retried'))).toEqual(
      expect.arrayContaining(['lost NETWORK', 'restored', 'joined dave']),
    )
    expect(carol.heard.includes('left alice lost')).toBe(ms > 20_000)
    expect(await membersOf(carol.session)).toContain('alice')
  })

  test.each([
    ['1 s', 1_000],
    ['30 s', 30_000],
  ])('of %s the messages that were missed are told', async (_name, ms) => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    const mended = world.outage(bob, ms)
    await world.clock.advance(500)
    const sent = alice.session.send?.({ kind: 'text', data: 'anyone?' })
    await world.clock.settle(Promise.all([mended, sent]), 1_000_000)
    expect(messagesOf(bob)).toEqual(['message alice anyone?'])
  })

  test.each([
    ['1 s', 1_000],
    ['30 s', 30_000],
    ['5 min', 300_000],
  ])('of %s what was said meanwhile is neither lost nor doubled', async (_name, ms) => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    await world.clock.advance(100)
    const mended = world.outage(alice, ms)
    await world.clock.advance(500)
    const sent = ['one', 'two'].map((data) => alice.session.send?.({ kind: 'text', data }))
    await world.clock.settle(Promise.all([mended, ...sent]), 1_000_000)
    expect(messagesOf(bob)).toEqual(['message alice one', 'message alice two'])
  })

  test('a message whose answer was lost is not doubled', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    alice.device.link.loseNext('down', (text) => text.includes('"re"'))
    const sent = alice.session.send?.({ kind: 'text', data: 'once' })
    await world.clock.advance(60)
    await world.clock.settle(Promise.all([world.outage(alice, 30_000), sent]), 1_000_000)
    expect(messagesOf(bob)).toEqual(['message alice once'])
  })

  test('a message whose answer is lost for longer than the server remembers it fails rather than come twice', async () => {
    const bob = await world.device('bob').enter('room')
    const alice = await world.device('alice').enter('room')
    alice.device.link.loseNext('down', (text) => text.includes('"re"'))
    const sent = codeOf(alice.session.send?.({ kind: 'text', data: 'once' }) ?? Promise.resolve())
    await world.clock.advance(60)
    await world.clock.settle(world.outage(alice, 150_000), 1_000_000)
    expect(await world.clock.settle(sent)).toBe('TIMEOUT')
    expect(messagesOf(bob)).toEqual(['message alice once'])
  })

  test('muted microphone and camera stay muted when the membership had to be renewed', async () => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    await world.clock.settle(alice.session.announce?.({ audio: false, video: false }) ?? Promise.reject())
    await world.clock.settle(world.outage(alice, 60_000), 1_000_000)
    const { members } = await world.clock.settle(bob.session.resume())
    expect(members[0]?.streams[0]).toMatchObject({ userID: 'alice', hasAudio: false, hasVideo: false })
  })

  test('a server that has forgotten everything is told again who is in the room', async () => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    for (const { session } of [alice, bob]) {
      session.events.on('connectionRestored', () => void session.resume().catch(() => undefined))
    }
    world.restartServer()
    await world.clock.advance(5_000)
    expect(await membersOf(alice.session)).toEqual(['bob'])
    expect(await membersOf(bob.session)).toEqual(['alice'])
    await world.clock.settle(alice.session.send?.({ kind: 'text', data: 'still here' }) ?? Promise.reject())
    expect(messagesOf(bob)).toEqual(['message alice still here'])
  })

  test('what is said while the server restarts is said in the room that is built anew', async () => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    bob.session.events.on('connectionRestored', () => void bob.session.resume().catch(() => undefined))
    alice.device.link.refusing = true
    world.restartServer()
    const sent = alice.session.send?.({ kind: 'text', data: 'hello again' })
    await world.clock.advance(1_000)
    alice.device.link.refusing = false
    await world.clock.settle(sent ?? Promise.reject())
    await world.clock.advance(100)
    expect(messagesOf(bob)).toEqual(['message alice hello again'])
  })

  test('what is said in the room that is built anew reaches whoever comes back later', async () => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    for (const { session } of [alice, bob]) {
      session.events.on('connectionRestored', () => void session.resume().catch(() => undefined))
    }
    bob.device.link.refusing = true
    world.restartServer()
    await world.clock.settle(alice.session.send?.({ kind: 'text', data: 'first' }) ?? Promise.reject())
    await world.clock.advance(1_000)
    bob.device.link.refusing = false
    await world.clock.advance(10_000)
    expect(messagesOf(bob)).toEqual(['message alice first'])
    expect(await membersOf(bob.session)).toEqual(['alice'])
  })

  test('messages keep their order when the membership has to be renewed', async () => {
    const alice = await world.device('alice').enter('room')
    const bob = await world.device('bob').enter('room')
    alice.session.events.on('connectionRestored', () => void alice.session.resume().catch(() => undefined))
    alice.device.link.refusing = true
    alice.device.link.cut()
    await world.clock.advance(30_000)
    const say = (text: string) => void alice.session.send?.({ kind: 'text', data: text })
    for (const text of ['1', '2', '3']) say(text)
    alice.device.link.refusing = false
    // one every 10 ms while the way back is found
    for (let n = 4; n <= 1_000; n += 1) {
      say(String(n))
      await world.clock.advance(10)
    }
    await world.clock.advance(1_000)
    expect(messagesOf(bob)).toEqual(Array.from({ length: 1_000 }, (_, n) => `message alice ${n + 1}`))
  })

  test('of everybody, until the room is gone, the room is built anew', async () => {
    const alice = await world.device('alice').enter('room')
    const mended = world.outage(alice, 60_000)
    const sent = alice.session.send?.({ kind: 'text', data: 'anyone?' })
    await world.clock.settle(Promise.all([mended, sent]), 1_000_000)
    expect(await membersOf(alice.session)).toEqual([])
    const bob = await world.device('bob').enter('room')
    expect(await membersOf(bob.session)).toEqual(['alice'])
  })

  test('a room that has filled up meanwhile refuses the way back', async () => {
    const alice = await world.device('alice').enter('room', { capacity: 'pair' })
    await world.device('bob').enter('room', { capacity: 'pair' })
    alice.device.link.refusing = true
    alice.device.link.cut()
    await world.clock.advance(30_000)
    await world.device('carol').enter('room', { capacity: 'pair' })
    alice.device.link.refusing = false
    await world.clock.advance(10_000)
    expect(await world.clock.settle(codeOf(alice.session.resume()))).toBe('ROOM_FULL')
  })

  test('one that lasts too long ends the room', async () => {
    const alice = await world.device('alice').enter('room')
    alice.device.link.refusing = true
    alice.device.link.cut()
    await world.clock.advance(11 * 60_000)
    expect(alice.heard[alice.heard.length - 1]).toBe('closed expired')
  })
})
