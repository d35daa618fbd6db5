import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Destination } from '../../../server/src/events/destination'
import { Dispatcher } from '../../../server/src/events/dispatcher'
import { createWebhook } from '../../../server/src/events/webhook'
import { verifyWebhookSign } from '../../../server/src/events/webhook-signature'
import { MemoryStore } from '../../../server/src/store/memory-store'
import { streamOf } from '../../contracts/outbox-contract'
import { WebhookReceiver } from '../../support/events/webhook-receiver'
import { until } from '../../support/until'
import { VirtualClock } from '../../support/virtual-clock'
import { startService, type LiveService } from '../support/live-service'
import { SDK_APP_ID } from '../support/hub-client'

const SECRET = 'a-secret-for-tests'
const endings: (() => Promise<unknown>)[] = []
let receiver: WebhookReceiver

beforeEach(async () => {
  receiver = await WebhookReceiver.start()
  endings.push(() => receiver.close())
})
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

const webhook = (clock: { now(): number } = { now: Date.now }, url = receiver.url) =>
  createWebhook({ url, secrets: [SECRET], sdkAppID: SDK_APP_ID, clock })

/** Webhooks in virtual time, to a real receiver. */
function startDispatcher(url = receiver.url) {
  const clock = new VirtualClock()
  const store = new MemoryStore({ now: clock.now })
  const logs: string[] = []
  const log = (level: string, message: string, data?: object) => logs.push(JSON.stringify([level, message, data]))
  const real = webhook(clock, url)
  let onTheWay = 0
  const deliver: Destination['deliver'] = (event, signal) => {
    onTheWay += 1
    return real.deliver(event, signal).finally(() => (onTheWay -= 1))
  }
  const dispatcher = new Dispatcher({ name: real.name, deliver }, store, { clock, log })
  endings.push(() => clock.settle(dispatcher.close()))
  const tell = (userID: string, room = 'r') => store.report({ room, event: streamOf(userID), request: '' })
  /** Lets time pass until it is so, but none while an answer is on its way: the receiver's time is real. */
  const passUntil = (what: string, isSo: () => boolean) =>
    until(what, async () => {
      await clock.advance(onTheWay > 0 ? 0 : 1000)
      return isSo()
    })
  return { clock, dispatcher, tell, passUntil, logs }
}

const taken = () => receiver.taken.map(({ event }) => event.userID)

it('tells a receiver what happens in the rooms of both protocols, signed', async () => {
  const live: LiveService = await startService({ destinations: [webhook()] })
  endings.push(() => live.close())
  const ann = await live.connect('ann')
  const { epoch } = await ann.join('r')
  const query = await live.loginOverHttp('bob')
  await live.post(`webrtc_room/enter_room?${query}`, { roomID: 'r', nickName: 'Bob' })
  await ann.call('leave', { room: 'r' })
  await until('ann has left', async () => receiver.taken.length === 4)
  const room = { appId: SDK_APP_ID, roomID: 'r', roomKind: 'multi_room', epoch, time: expect.any(Number) }
  const id = expect.stringMatching(/^[\w-]{12}$/)
  expect(receiver.taken.map(({ event }) => event)).toEqual([
    { id, type: 'room.created', ...room, roomName: 'a room', creator: 'ann' },
    { id, type: 'member.joined', ...room, userID: 'ann', userName: '', userAvatar: '' },
    { id, type: 'member.joined', ...room, userID: 'bob', userName: 'Bob', userAvatar: '' },
    { id, type: 'member.left', ...room, userID: 'ann', reason: 'left' },
  ])
  for (const { headers, body, event } of receiver.taken) {
    expect(headers['content-type']).toBe('application/json')
    const verified = verifyWebhookSign({ headers, body, secret: SECRET, now: Date.now() })
    expect(verified).toMatchObject({ ok: true, claim: { id: event.id } })
  }
  expect(live.service.deliveries()).toEqual([
    { name: expect.stringMatching(/^webhook-[0-9a-f]{16}$/), waiting: 0, delivered: 4, failed: 0, dropped: 0 },
  ])
})

it('signs with the new and the old secret while it is changed', async () => {
  const [older, newer] = ['an-older-secret-of-tests', 'a-newer-secret-of-tests']
  const secrets = [newer, older]
  const destination = createWebhook({
    url: receiver.url,
    secrets,
    sdkAppID: 1,
    clock: { now: () => 1_700_000_000_000 },
  })
  const event = { id: 'e', time: 0, room: 'r', ...streamOf('ann') }
  await destination.deliver(event, new AbortController().signal)
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.taken
  for (const secret of secrets) {
    expect(verifyWebhookSign({ headers, body, secret, now: 1_700_000_000_000 })).toMatchObject({ ok: true })
  }
})

it('delivers again, with the same id and in order, what the receiver failed to take', async () => {
  const { tell, passUntil, dispatcher } = startDispatcher()
  const statuses = [500, 302, 429, 200]
  receiver.answer = () => statuses.shift() ?? 200
  await tell('first')
  await tell('second')
  await passUntil('both are taken', () => receiver.taken.length === 2)
  expect(taken()).toEqual(['first', 'second'])
  expect(receiver.received.map(({ status }) => status)).toEqual([500, 302, 429, 200, 200])
  expect(new Set(receiver.received.slice(0, 4).map(({ id, body }) => id + body)).size).toBe(1)
  expect(dispatcher.stats).toMatchObject({ delivered: 2, failed: 3 })
})

it('gives up on an answer that does not come, and tries again; other rooms go on meanwhile', async () => {
  const { clock, tell, passUntil } = startDispatcher()
  receiver.answer = ({ event }) => (event.userID === 'first' ? null : 200)
  await tell('first')
  await passUntil('the first is on its way', () => receiver.received.length === 1)
  await tell('other', 'other')
  await passUntil('the other one is taken', () => receiver.taken.length === 1)
  receiver.answer = () => 200
  await clock.advance(10_000)
  await passUntil('the first is taken as well', () => receiver.taken.length === 2)
  expect(taken()).toEqual(['other', 'first'])
  expect(receiver.received.map(({ event, status }) => [event.userID, status])).toEqual([
    ['first', null],
    ['other', 200],
    ['first', 200],
  ])
})

it('harms no room when nobody is there, delivers when somebody is, and names no URL in the logs', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
  const { tell, passUntil, dispatcher, logs } = startDispatcher(`http://127.0.0.1:${port}/?key=of-the-receiver`)
  await tell('first')
  await passUntil('it was tried', () => dispatcher.stats.failed > 2)
  expect(dispatcher.stats).toMatchObject({ waiting: 1, delivered: 0, dropped: 0 })
  expect(logs.join()).toContain('unreachable (ECONNREFUSED)')
  expect(logs.join()).not.toContain('of-the-receiver')
})

it('delivers what waits before the service ends', async () => {
  const live = await startService({ destinations: [webhook()] })
  const ann = await live.connect('ann')
  await Promise.all(['a', 'b', 'c'].map((room) => ann.join(room)))
  await live.close()
  expect(receiver.taken.map(({ event }) => event.type).sort()).toEqual([
    ...Array<string>(3).fill('member.joined'),
    ...Array<string>(3).fill('room.created'),
  ])
})
