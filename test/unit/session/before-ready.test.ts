import { ScriptedRoom } from '../../support/session/scripted-room'
import { RoomWorld } from '../../support/room-world'

const world = new RoomWorld()
afterAll(() => world.close())

test('a pause() between start() and ready is kept: what starts to run is paused', async () => {
  const device = await world.device('me').login()
  const room = new ScriptedRoom(world.clock, device, { roomId: 'r' })
  void room.controller.start()
  void room.pause()
  room.controller.markReady()
  await world.clock.advance(2_000)
  expect(room.page.publisher.state).toBe('playing')
  expect(room.native.tag('publisher')?.paused).toBe(true)
  await room.resume()
  expect(room.native.tag('publisher')?.paused).toBe(false)
  room.detach()
})
