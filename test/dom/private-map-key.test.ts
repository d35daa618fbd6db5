import { fakeNativeContexts } from '../support/fake-native'
import { ManualPhone } from '../support/manual-phone'
import { RoomWorld } from '../support/room-world'
import type { Rendered } from '../support/simulate'

const A_WHILE_MS = 2_000
const ROOM = '2018'

const COMPONENTS = [
  ['rtc-room', {}, ''],
  ['live-room', { role: 'presenter' }, ''],
  ['webrtc-room', { provider: 'roomservice' }, ''],
] as const

let native: ReturnType<typeof fakeNativeContexts>
let world: RoomWorld
let phone: ManualPhone
let room: Rendered
let told: { tag: string; code: unknown }[]

beforeEach(async () => {
  native = fakeNativeContexts()
  world = new RoomWorld({ privateMapKeys: true })
  phone = new ManualPhone(world, 'mei')
  await phone.login()
  told = []
})

afterEach(() => {
  room.detach()
  native.restore()
  world.close()
})

async function start(component: (typeof COMPONENTS)[number][0], properties: Record<string, unknown>): Promise<void> {
  room = phone.render(component, { roomID: ROOM, ...properties })
  room.addEventListener('onRoomEvent', ({ detail }) => told.push(detail as (typeof told)[number]))
  const entered = (room.instance as unknown as { start(): Promise<unknown> }).start()
  entered.catch(() => undefined)
  await world.clock.advance(A_WHILE_MS)
}

const members = async (): Promise<unknown> => (await world.hub.context.store.get(ROOM))?.members.map((m) => m.userID)

describe.each(COMPONENTS)('%s where rooms ask for a privateMapKey', (component, properties) => {
  test('enters with the one that the page hands in', async () => {
    await start(component, { ...properties, privateMapKey: world.privateMapKey('mei', ROOM) })
    expect(await members()).toEqual(['mei'])
  })

  test('tells without it that it may not, and opens no room', async () => {
    await start(component, properties)
    const error: unknown = expect.objectContaining({ code: 'FORBIDDEN' })
    expect(told).toContainEqual(expect.objectContaining({ tag: 'error', error }))
    expect(await members()).toBeUndefined()
  })

  test('comes back with it into a room that the server has forgotten', async () => {
    await start(component, { ...properties, privateMapKey: world.privateMapKey('mei', ROOM) })
    world.restartServer()
    await world.clock.advance(20_000)
    expect(await members()).toEqual(['mei'])
  })
})
