import type { Member, Stream } from '../../../src/model'
import { RoomWorld, type Participant } from '../../support/room-world'

let world: RoomWorld
let alice: Participant
let bob: Participant
/** bob as alice was told last */
let told: Member | null

beforeEach(async () => {
  world = new RoomWorld()
  told = null
  bob = await world.device('bob').enter('room')
  alice = await world.device('alice').enter('room')
  alice.session.events.on('memberUpdated', (member) => (told = member))
})
afterEach(() => world.close())

async function share(on: boolean): Promise<void> {
  await world.clock.settle(bob.device.connection.call('share', { room: 'room', on }))
  await world.clock.advance(100)
}

const screenOf = (member: Member | null): Stream | undefined => member?.streams.find(({ kind }) => kind === 'aux')

test('a shared screen is a stream of its own beside the main one', async () => {
  await share(true)
  expect(told?.streams.map(({ streamId }) => streamId)).toEqual(['bob_main', 'bob_aux'])
  expect(screenOf(told)).toEqual({
    streamId: 'bob_aux',
    userID: 'bob',
    kind: 'aux',
    url: expect.stringMatching(/^rtmp:\/\/rooms\.test\/live\/room\.bob_aux\?/),
    hasAudio: true,
    hasVideo: true,
  })
  await share(false)
  expect(told?.streams.map(({ streamId }) => streamId)).toEqual(['bob_main'])
})

test('its play URL is asked anew as any other, until it has ended', async () => {
  await share(true)
  const screen = screenOf(told) as Stream
  expect(await world.clock.settle(alice.session.playUrl(screen))).toContain('/room.bob_aux?')
  await share(false)
  await expect(world.clock.settle(alice.session.playUrl(screen))).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('whoever was away hears of a screen that began meanwhile, and of one that ended', async () => {
  alice.device.link.refusing = true
  alice.device.link.cut()
  await share(true)
  alice.device.link.refusing = false
  await world.clock.advance(10_000)
  const { members } = await world.clock.settle(alice.session.resume())
  expect(screenOf(members[0] ?? null)).toBeDefined()
  expect(screenOf(told)).toBeDefined()
})

test('the screen of whoever dropped stays through the grace period, and goes with the member', async () => {
  await share(true)
  bob.device.link.refusing = true
  bob.device.link.cut()
  await world.clock.advance(10_000)
  const roster = () => world.clock.settle(alice.session.resume())
  expect(screenOf((await roster()).members[0] ?? null)).toBeDefined()
  await world.clock.advance(30_000)
  expect((await roster()).members).toEqual([])
})
