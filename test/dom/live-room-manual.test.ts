import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { LivePhone } from '../support/live-phone'
import { ManualPhone } from '../support/manual-phone'
import { RoomWorld } from '../support/room-world'
import { tagTells } from '../support/simulate'
import type { Node, Rendered } from '../support/simulate'

const A_WHILE_MS = 2000

let world: RoomWorld
let phone: ManualPhone
let native: NativeCalls
let others: LivePhone[]

beforeEach(() => {
  native = fakeNativeContexts()
  world = new RoomWorld()
  phone = new ManualPhone(world, 'mei')
  others = []
})

afterEach(() => {
  others.forEach((other) => other.close())
  native.restore()
  world.close()
})

async function opened(page: string, { loggedIn = false } = {}): Promise<Rendered> {
  if (loggedIn) await phone.login()
  const rendered = phone.open(page)
  await world.clock.advance(A_WHILE_MS)
  return rendered
}

/** Somebody else's phone, without a page of a manual. */
async function other(userID: string, properties: Record<string, unknown>): Promise<LivePhone> {
  const live = new LivePhone(world, userID, properties)
  others.push(live)
  return live.enter()
}

function found(page: Rendered, selector: string): Node {
  const node = page.querySelector(selector)
  if (!node) throw new Error(`Nothing on the page is ${selector}`)
  return node
}

function linesOf(page: Rendered): string[] {
  return page.querySelectorAll('.line').map((line: Node) => line.dom?.textContent ?? '')
}

function publisherOf(page: Rendered): Record<string, unknown> | undefined {
  return found(page, '#liveroom').querySelector('#publisher')?.data
}

async function tap(page: Rendered, selector: string): Promise<void> {
  found(page, selector).dispatchEvent('tap')
  await world.clock.advance(A_WHILE_MS)
}

test('a page without a role presents: it creates a room and grants a seat with e.detail itself', async () => {
  const page = await opened('live-room-presenter')
  const { roomId, roomName } = await found(page, '#liveroom').instance.getRoomInfo()
  expect(roomName).toBe('evening show')
  expect(publisherOf(page)).toMatchObject({ url: expect.stringContaining('rtmp://'), mode: 'HD', beauty: 5 })
  const ann = await other('ann', { roomId, role: 'audience' })
  await ann.call('requestJoinPusher')
  await ann.publishes()
  await ann.call('sendTextMsg', 'good evening')
  await ann.call('endJoinPusher')
  expect(linesOf(page)).toEqual(['created', "ann's name asks", 'on air: ann', "ann's name: good evening", 'off: ann'])
  await tap(page, '.flip')
  expect(native.calls).toContain('publisher.switchCamera')
  await tap(page, '.end')
  expect(ann.tags).toContain('roomClosed')
})

test('a page that watches asks for a seat without an argument, and is told what becomes of it', async () => {
  const host = await other('suhe', { roomId: '31' })
  const page = await opened('live-room-audience', { loggedIn: true })
  await tap(page, '.ask')
  await host.call(
    'respondJoinReq',
    false,
    host.events.find(({ tag }) => tag === 'joinPusher'),
  )
  await tap(page, '.ask')
  await host.call('respondJoinReq', true, host.told('joinPusher').at(-1))
  tagTells(found(page, '#liveroom'), 'statechange', { code: 1002, message: '' })
  await world.clock.advance(A_WHILE_MS)
  await host.call('kickoutSubPusher', 'mei')
  await tap(page, '.send')
  expect(host.told('recvTextMsg')).toEqual(['hello from the page'])
  await host.call('stop')
  expect(linesOf(page)).toEqual(['off rejected', 'on air', 'removed', 'off kicked', 'closed -9006'])
  expect(page.data.left).toBe(false)
})

test('a page that watches a room that is not there is told by an error, and leaves', async () => {
  const page = await opened('live-room-audience', { loggedIn: true })
  expect(linesOf(page)).toEqual(['error -9003 房间不存在'])
  expect(page.data.left).toBe(true)
})

test('a page lists the broadcasts with those who watch, and a tap watches one', async () => {
  await other('suhe', { roomId: '31', roomName: 'coffee' })
  await other('ann', { roomId: '31', role: 'audience' })
  const page = await opened('live-room-list')
  expect(page.querySelectorAll('.room').map((room: Node) => room.dom?.textContent)).toEqual(['coffee 1'])
  await tap(page, '.room')
  expect(found(page, '#liveroom').querySelector('#player-0')?.data).toMatchObject({ mode: 'live' })
  expect(page.data.tags).not.toContain('error')
})

test('a page with every attribute as a literal broadcasts as it says', async () => {
  const page = await opened('live-room-literals', { loggedIn: true })
  expect(publisherOf(page)).toMatchObject({
    enableCamera: true,
    muted: false,
    beauty: 7,
    whiteness: 2,
    aspect: '9:16',
    mode: 'HD',
    minBitrate: 300,
    maxBitrate: 800,
    audioQuality: 'high',
  })
  expect(page.data.phases).toEqual(['joining', 'joined'])
})

test('every page of the manual for live-room is run by a test of this file', () => {
  const pages = readdirSync(path.resolve(__dirname, '../fixtures/manual')).filter((name) =>
    name.startsWith('live-room-'),
  )
  expect(pages.sort()).toEqual(['live-room-audience', 'live-room-list', 'live-room-literals', 'live-room-presenter'])
})
