import { RoomWorld, type Device } from '../../support/room-world'

/** Longer than an idle connection waits before it pings. */
const IDLE_MS = 60_000
/** Of the world's links. */
const ROUND_TRIP_MS = 100

let world: RoomWorld
let device: Device
beforeEach(async () => {
  world = new RoomWorld()
  device = world.device('alice')
  await device.login()
})
afterEach(() => world.close())

test('a ping of an idle connection measures the round trip', async () => {
  expect(device.connection.roundTrip).toBe(0)
  await world.clock.advance(IDLE_MS)
  expect(device.connection.roundTrip).toBe(ROUND_TRIP_MS)
})

test('a ping that had to be sent again over another socket measures nothing', async () => {
  let restored = 0
  device.connection.events.on('restored', () => (restored += 1))
  device.link.silence()
  device.platform.goOnline()
  await world.clock.advance(10_000)
  expect(restored).toBe(1)
  expect(device.connection.roundTrip).toBe(0)
})
