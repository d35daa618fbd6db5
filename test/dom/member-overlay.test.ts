import { ManualPhone } from '../support/manual-phone'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { RoomWorld } from '../support/room-world'
import { registerComponent } from '../support/simulate'
import type { Node, Rendered } from '../support/simulate'

/** Longer than any chain of round trips to the server takes. */
const A_WHILE_MS = 2000
const PROPERTIES = ['userID', 'userName', 'self', 'screen', 'state', 'muted', 'camera', 'net', 'volume', 'data']

let world: RoomWorld
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts()
  world = new RoomWorld()
})

afterEach(() => {
  native.restore()
  world.close()
})

/** A component of a page's own, which writes down what it is given. */
function toldOverlay(): string {
  const properties = Object.fromEntries(PROPERTIES.map((name) => [name, { type: null }]))
  return registerComponent('told-overlay/told-overlay', () => Component({ properties }), 'test/fixtures/overlays')
}

const ROOMS = {
  'rtc-room': { roomId: '77', userName: 'Mei' },
  'live-room': { roomId: '77', userName: 'Mei', role: 'presenter' },
  'webrtc-room': { roomID: '77', userName: 'Mei', provider: 'roomservice', autoplay: true },
} as const

async function inRoom(name: keyof typeof ROOMS, template: string): Promise<Rendered> {
  const phone = new ManualPhone(world, 'mei', { 'member-overlay': toldOverlay() })
  await phone.login()
  const room = phone.render(name, { ...ROOMS[name], template })
  void room.instance.start()
  await world.clock.advance(A_WHILE_MS)
  return room
}

const told = (room: Rendered): (string | null | undefined)[] =>
  room.querySelectorAll('.rl-over').map((node: Node) => node.dom?.textContent)

/** The live-pusher of this room hears its user. */
async function speaks(room: Rendered, volume: number): Promise<void> {
  room.querySelector('#publisher')?.dispatchEvent('audiovolumenotify', { detail: { volume } })
  await world.clock.advance(A_WHILE_MS / 4)
}

describe.each(['rtc-room', 'webrtc-room', 'live-room'] as const)('an overlay on %s', (name) => {
  test.each(['1v3', 'float'])(
    'in %s lies over one’s own tile, with what the page says and how loud one is',
    async (template) => {
      const room = await inRoom(name, template)
      expect(told(room)).toEqual([expect.stringMatching(/^mei Mei self person loading audible seen -1 0 -$/)])
      room.instance.setData({ memberData: { mei: { hand: true } } })
      expect(told(room)).toEqual([expect.stringMatching(/ 0 hand$/)])
      await speaks(room, 40)
      expect(told(room)).toEqual([expect.stringMatching(/ 40 hand$/)])
      expect(room.querySelectorAll('.rl-ring')).toHaveLength(1)
      await world.clock.advance(A_WHILE_MS)
      expect(told(room)).toEqual([expect.stringMatching(/ 0 hand$/)])
      expect(room.querySelectorAll('.rl-ring')).toHaveLength(0)
      room.detach()
    },
  )
})

test.each(['1v3', 'float'])('an overlay in %s comes and goes with its member', async (template) => {
  const room = await inRoom('rtc-room', template)
  const ann = await world.device('ann').enter('77')
  await world.clock.advance(A_WHILE_MS)
  room.instance.setData({ memberData: { ann: { hand: true }, mei: { hand: false } } })
  expect(told(room)).toEqual([
    expect.stringMatching(/^mei .* -$/),
    expect.stringMatching(/^ann ann's name other person loading audible seen -1 0 hand$/),
  ])
  await world.clock.settle(ann.session.close())
  await world.clock.advance(A_WHILE_MS)
  expect(told(room)).toEqual([expect.stringMatching(/^mei/)])
  room.detach()
})

test('without a component of the page’s nothing lies over a tile', async () => {
  const phone = new ManualPhone(world, 'mei')
  await phone.login()
  const room = phone.render('rtc-room', ROOMS['rtc-room'])
  void room.instance.start()
  await world.clock.advance(A_WHILE_MS)
  expect(room.querySelectorAll('.rl-over').map((node: Node) => node.dom?.textContent)).toEqual([''])
  room.detach()
})
