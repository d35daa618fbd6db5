import type { LiveSession } from '../../../components/shared/session'
import { RoomWorld } from '../../support/room-world'
import type { Device } from '../../support/room-world'
import { LIVE_ROOM, ScriptedRoom } from '../../support/session/scripted-room'
import type { Properties } from '../../support/session/scripted-room'

/** Between the request on the presenter's phone and the tap on "agree". */
const HUMAN_DELAY_MS = 1_000
const ROOM = { roomId: '8021' }

let world: RoomWorld

beforeEach(() => {
  world = new RoomWorld()
})
afterEach(() => world.close())

async function phone(userID: string, properties: Properties): Promise<{ device: Device; room: ScriptedRoom }> {
  const device = await world.device(userID).login()
  const room = new ScriptedRoom(world.clock, device, { ...ROOM, ...properties }, undefined, LIVE_ROOM)
  room.controller.markReady()
  return { device, room }
}

/** ms from now until `seen` holds. */
async function msUntil(seen: () => boolean): Promise<number> {
  const start = world.clock.now()
  while (!seen()) {
    if (world.clock.now() - start > 10_000) throw new Error('not seen within 10 s')
    await world.clock.advance(1)
  }
  return world.clock.now() - start
}

async function broadcast(): Promise<{ presenter: ScriptedRoom; viewer: ScriptedRoom }> {
  const presenter = await phone('ann', { role: 'presenter' })
  void presenter.room.controller.start()
  await world.clock.advance(5_000)
  const viewer = await phone('vic', { role: 'audience' })
  void viewer.room.controller.start()
  await world.clock.advance(5_000)
  return { presenter: presenter.room, viewer: viewer.room }
}

it('the presenter has entered after one round trip', async () => {
  const { room } = await phone('ann', { role: 'presenter' })
  void room.controller.start()
  expect(await msUntil(() => room.page.publisher.url !== '')).toBe(116)
})

it('a viewer plays the broadcast after one round trip, and publishes nothing', async () => {
  const presenter = await phone('ann', { role: 'presenter' })
  void presenter.room.controller.start()
  await world.clock.advance(5_000)
  const { room } = await phone('vic', { role: 'audience' })
  void room.controller.start()
  expect(await msUntil(() => room.shownPlayers.length === 1)).toBe(116)
  expect(room.shownPlayers[0]).toMatchObject({ userID: 'ann', live: true })
  expect(room.page.publisher.url).toBe('')
})

it('a guest’s push URL is there 1 216 ms after the tap, and the link 1 750 ms after it, with a second of human delay', async () => {
  const { presenter, viewer } = await broadcast()
  const tapped = world.clock.now()
  void (viewer.controller.active() as LiveSession).linkMic.request()
  await msUntil(() => requested(presenter))
  await world.clock.advance(HUMAN_DELAY_MS)
  void (presenter.controller.active() as LiveSession).linkMic.act('accept', 'vic')
  await msUntil(() => viewer.page.publisher.url !== '')
  expect(world.clock.now() - tapped).toBeLessThanOrEqual(1_216)
  await msUntil(() => viewer.controller.room.live?.own.phase === 'on')
  expect(world.clock.now() - tapped).toBeLessThanOrEqual(1_750)
  expect(viewer.shownPlayers.map(({ streamId }) => streamId)).toEqual(['ann_main'])
  await world.clock.advance(1_000)
  expect(presenter.shownPlayers).toMatchObject([{ userID: 'vic', state: 'playing' }])
})

it('after the link the viewer is where it was before', async () => {
  const { presenter, viewer } = await broadcast()
  const before = viewer.shownPlayers.map(({ streamId, live }) => [streamId, live])
  void (viewer.controller.active() as LiveSession).linkMic.request()
  await msUntil(() => requested(presenter))
  void (presenter.controller.active() as LiveSession).linkMic.act('accept', 'vic')
  await msUntil(() => viewer.controller.room.live?.own.phase === 'on')
  void (viewer.controller.active() as LiveSession).linkMic.end()
  await world.clock.advance(2_000)
  expect(viewer.page.publisher.url).toBe('')
  expect(viewer.shownPlayers.map(({ streamId, live }) => [streamId, live])).toEqual(before)
  expect(presenter.shownPlayers).toEqual([])
})

it('a presenter who drops and comes back within the grace keeps the room; viewers see that they are away', async () => {
  const presenter = await phone('ann', { role: 'presenter' })
  void presenter.room.controller.start()
  await world.clock.advance(5_000)
  const viewer = (await phone('vic', { role: 'audience' })).room
  void viewer.controller.start()
  await world.clock.advance(5_000)
  presenter.device.link.refusing = true
  presenter.device.link.cut()
  await world.clock.advance(1_000)
  expect(viewer.shownPlayers).toMatchObject([{ userID: 'ann', state: 'away' }])
  presenter.device.link.refusing = false
  await world.clock.advance(10_000)
  expect(viewer.shownPlayers).toMatchObject([{ userID: 'ann', state: 'playing' }])
  expect(viewer.page.phase).toBe('joined')
})

it('the broadcast ends for everyone when the presenter leaves, and nothing is left', async () => {
  const presenter = await phone('ann', { role: 'presenter' })
  void presenter.room.controller.start()
  await world.clock.advance(5_000)
  const { device, room: viewer } = await phone('vic', { role: 'audience' })
  void viewer.controller.start()
  await world.clock.advance(5_000)
  await world.clock.settle(presenter.room.controller.stop())
  await world.clock.advance(1_000)
  expect(viewer.page.phase).toBe('closed')
  expect(viewer.native.running).toBe(0)
  expect(viewer.events.map(({ tag }) => tag)).toContain('roomClosed')
  await world.clock.settle(device.connection.logout())
  expect(device.leftovers).toEqual({ sockets: 0, timers: 0, listeners: 0 })
})

function requested(presenter: ScriptedRoom): boolean {
  return presenter.controller.room.live?.links.get('vic')?.phase === 'requesting'
}
