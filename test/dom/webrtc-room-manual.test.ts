import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { ManualPhone } from '../support/manual-phone'
import { RoomWorld } from '../support/room-world'
import type { Node, Rendered } from '../support/simulate'

const A_WHILE_MS = 2000

let world: RoomWorld
let native: NativeCalls
let page: Rendered

beforeEach(() => {
  native = fakeNativeContexts()
  world = new RoomWorld()
})

afterEach(() => {
  page.detach()
  native.restore()
  world.close()
})

const later = (): Promise<void> => world.clock.advance(A_WHILE_MS)

async function opened(name: string): Promise<void> {
  page = new ManualPhone(world, 'mei').open(name)
  await later()
}

function found(selector: string): Node {
  const node = page.querySelector(selector)
  if (!node) throw new Error(`Nothing on the page is ${selector}`)
  return node
}

const publisher = (): Record<string, unknown> => found('#webrtcroomid').querySelector('#publisher')?.data ?? {}
const linesOf = (): string[] => page.querySelectorAll('.line').map((line: Node) => line.dom?.textContent ?? '')

async function tap(selector: string): Promise<void> {
  found(selector).dispatchEvent('tap')
  await later()
}

test('a page of the manual enters its room with nothing but its own attributes, and leaves it', async () => {
  await opened('webrtc-room-basic')
  expect(publisher()).toMatchObject({
    url: expect.stringContaining('&roomid=1024&userid=mei&'),
    beauty: 3,
    muted: false,
  })
  await tap('.mute')
  expect(publisher().muted).toBe(true)
  await tap('.flip')
  await tap('.hang')
  expect(native.calls).toEqual(['publisher.start', 'publisher.switchCamera', 'publisher.stop'])
  expect(publisher()).toEqual({})
  expect(linesOf()).toEqual([])
})

test('a page with every attribute as a literal publishes as it says', async () => {
  await opened('webrtc-room-literals')
  expect(publisher()).toMatchObject({
    url: expect.stringMatching(/roomid=2018&userid=mei&.*&userdefinerecordid=7&privatemapkey=key&/),
    beauty: 9,
    whiteness: 2,
    minBitrate: 300,
    maxBitrate: 800,
    muted: false,
    enableCamera: true,
    aspect: '3:4',
    waitingImage: 'https://pics/wait.png',
  })
  expect(found('#webrtcroomid').querySelector('.rl-bigsmall')).toBeDefined()
  expect(found('#webrtcroomid').querySelector('.rl-room')?.dom?.getAttribute('style')).toBe(
    '--rl-small-left:2vw;--rl-small-top:3vw;--rl-small-width:25vw;--rl-small-height:35vw;',
  )
})

test('a page over RoomService shows and sends messages', async () => {
  await opened('webrtc-room-messages')
  const ann = await world.device('ann').enter('2018')
  await world.clock.settle(ann.session.send?.({ kind: 'text', data: 'hello' }) ?? Promise.reject())
  await later()
  expect(linesOf()).toEqual(["ann's name: hello"])
  await tap('.send')
  expect(ann.heard).toContain('message mei from the page')
  expect(page.data.sent).toBe('yes')
  await tap('.whisper')
  expect(page.data.sent).toBe('yes, to ann alone')
  expect(ann.heard.at(-1)).toBe('message mei [object Object]')
  await world.clock.settle(ann.session.send?.({ kind: 'text', data: 'and you', to: 'mei' }) ?? Promise.reject())
  await later()
  expect(linesOf()).toEqual(["ann's name: hello", "ann's name, to me: and you"])
  await world.clock.settle(ann.session.close())
  await tap('.whisper')
  expect(page.data.sent).toBe('USER_NOT_FOUND')
})
