import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { ManualPhone } from '../support/manual-phone'
import { NOTHING_LEFT, RoomWorld } from '../support/room-world'
import type { Node, Rendered } from '../support/simulate'

/** Longer than any chain of round trips to the server takes. */
const A_WHILE_MS = 2000

let world: RoomWorld
let phone: ManualPhone
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts()
  world = new RoomWorld()
  phone = new ManualPhone(world, 'mei')
})

afterEach(() => {
  native.restore()
  world.close()
})

async function opened(page: string, { loggedIn = true } = {}): Promise<Rendered> {
  if (loggedIn) await phone.login()
  const rendered = phone.open(page)
  await world.clock.advance(A_WHILE_MS)
  return rendered
}

function found(page: Rendered, selector: string): Node {
  const node = page.querySelector(selector)
  if (!node) throw new Error(`Nothing on the page is ${selector}`)
  return node
}

function publisherOf(page: Rendered): Record<string, unknown> {
  const room = page.querySelector('#rtcroom') ?? found(page, '#rtcroomid')
  return room.querySelector('#publisher')?.data ?? {}
}

function linesOf(page: Rendered): string[] {
  return page.querySelectorAll('.line').map((line: Node) => line.dom?.textContent ?? '')
}

async function tap(page: Rendered, selector: string): Promise<void> {
  found(page, selector).dispatchEvent('tap')
  await world.clock.advance(A_WHILE_MS)
}

test('a page with every attribute as a literal joins and publishes as it says', async () => {
  const page = await opened('literal-attributes', { loggedIn: false })
  expect(publisherOf(page)).toMatchObject({
    url: expect.stringContaining('rtmp://'),
    beauty: 9,
    whiteness: 3,
    muted: false,
    enableCamera: true,
    aspect: '9:16',
    minBitrate: 300,
    maxBitrate: 800,
    devicePosition: 'back',
    orientation: 'vertical',
  })
  expect(found(page, '#rtcroomid').querySelector('.rl-grid')).toBeDefined()
  const ann = await world.device('ann').enter('2018')
  expect(ann.heard).toEqual([])
  expect(await found(page, '#rtcroomid').instance.getRoomInfo()).toMatchObject({ roomName: 'written into the page' })
})

test('a page that binds its attributes and starts right after setData joins with the new ones', async () => {
  const page = await opened('bound-attributes', { loggedIn: false })
  expect(publisherOf(page)).toMatchObject({ beauty: 3, whiteness: 0, muted: true, aspect: '9:16' })
  expect(await found(page, '#rtcroom').instance.getRoomInfo()).toMatchObject({ roomId: '2018', roomName: 'bound' })
})

test('a page that starts in the callback of the setData of onLoad joins once all is ready', async () => {
  const page = await opened('start-in-onload')
  expect(publisherOf(page)).toMatchObject({ url: expect.stringContaining('rtmp://') })
  expect(native.calls).toContain('publisher.start')
})

test('a page lists the rooms, and a tap enters one', async () => {
  await world.device('ann').enter('2018', { roomName: 'the room of ann' })
  const page = await opened('room-list', { loggedIn: false })
  expect(found(page, '.room').dom?.textContent).toBe('the room of ann')
  await tap(page, '.room')
  expect(await found(page, '#rtcroom').instance.getMembers()).toEqual([
    { userID: 'ann', userName: "ann's name", userAvatar: '' },
  ])
})

test('a page that gives only a name is given a room by the server', async () => {
  const page = await opened('create-by-name', { loggedIn: false })
  const info = await found(page, '#rtcroom').instance.getRoomInfo()
  expect(info).toMatchObject({ roomName: 'a new room', creator: 'mei' })
  expect(info.roomId).not.toBe('')
})

test('a page shows messages under the name of their sender and sends its own', async () => {
  const page = await opened('room-events')
  const ann = await world.device('ann').enter('2018')
  await world.clock.settle(ann.session.send?.({ kind: 'text', data: 'hello' }) ?? Promise.reject())
  await world.clock.advance(A_WHILE_MS)
  expect(linesOf(page)).toEqual(["ann's name: hello"])
  await tap(page, '.send')
  expect(ann.heard).toContain('message mei hello from the page')
})

test('a page that nobody logged in for is told so by an error event, and leaves', async () => {
  const page = await opened('room-events', { loggedIn: false })
  expect(linesOf(page)).toEqual(['error -3 请先登录'])
  expect(page.data.left).toBe(true)
})

test('the toolbar of a page works in the room, and nothing is left when the page ends', async () => {
  const page = await opened('call-controls')
  expect(found(page, '#rtcroom').dom?.querySelector('.bar')).not.toBeNull()
  await tap(page, '.flip')
  expect(native.calls).toContain('publisher.switchCamera')
  await tap(page, '.mute')
  expect(publisherOf(page)).toMatchObject({ muted: true })
  await tap(page, '.layout')
  expect(found(page, '#rtcroom').querySelector('.rl-bigsmall')).toBeDefined()
  page.detach()
  expect(native.calls.at(-1)).toBe('publisher.stop')
  await world.clock.settle(phone.rtcroom.logout())
  expect(phone.device.leftovers).toEqual(NOTHING_LEFT)
})

test('every page of the manuals is run by a test of this file', () => {
  const pages = readdirSync(path.resolve(__dirname, '../fixtures/manual')).filter(
    (name) => !/^(live|webrtc)-room-/.test(name),
  )
  expect(pages.sort()).toEqual([
    'bound-attributes',
    'call-controls',
    'create-by-name',
    'literal-attributes',
    'room-events',
    'room-list',
    'start-in-onload',
  ])
})
