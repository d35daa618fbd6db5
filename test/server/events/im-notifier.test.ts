import { Dispatcher } from '../../../server/src/events/dispatcher'
import { createImNotifier } from '../../../server/src/im/im-notifier'
import { MemoryStore } from '../../../server/src/store/memory-store'
import { ImStandIn, type ImFault } from '../../support/events/im-stand-in'
import { until } from '../../support/until'
import { VirtualClock } from '../../support/virtual-clock'
import { LiveStoreSteps } from '../../contracts/live-store-steps'
import { SDK_APP_ID, SECRET_KEY } from '../support/hub-client'
import { startService } from '../support/live-service'

const ADMIN = 'administrator'
const CHANGED = { cmd: 'notifyPusherChange' }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function startStandIn(now: () => number): Promise<ImStandIn> {
  const im = await ImStandIn.start({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, admin: ADMIN, now })
  endings.push(() => im.close())
  return im
}

const notifier = (im: ImStandIn, clock: { now(): number }, logs: string[] = []) =>
  createImNotifier({
    ...{ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, admin: ADMIN, baseUrl: im.url, clock },
    log: (level, message, data) => logs.push(JSON.stringify([level, message, data])),
  })

/** Rooms in virtual time, told to a real stand-in. */
async function start() {
  const clock = new VirtualClock()
  const im = await startStandIn(clock.now)
  const store = new MemoryStore({ now: clock.now })
  const logs: string[] = []
  const real = notifier(im, clock, logs)
  let onTheWay = 0
  const deliver: typeof real.deliver = (event, signal) => {
    onTheWay += 1
    return real.deliver(event, signal).finally(() => (onTheWay -= 1))
  }
  const log = (level: string, message: string, data?: object) => logs.push(JSON.stringify([level, message, data]))
  const dispatcher = new Dispatcher({ ...real, deliver }, store, { clock, log })
  endings.push(() => clock.settle(dispatcher.close()))
  const harness = { store, advance: async () => undefined, settled: async () => undefined, close: () => store.close() }
  const steps = await LiveStoreSteps.start(async () => harness)
  /** Lets time pass until everything is told, but none while an answer is on its way: the stand-in's time is real. */
  const passUntil = (what: string, isSo: () => boolean) =>
    until(what, async () => {
      await clock.advance(onTheWay > 0 ? 0 : 1000)
      return onTheWay === 0 && isSo()
    })
  const allTold = () => passUntil('all is told', () => dispatcher.stats.waiting === 0)
  await allTold()
  im.asked.length = im.done.length = 0
  return { clock, im, store, steps, dispatcher, logs, passUntil, allTold }
}

it('keeps a group for a room and tells it when members change', async () => {
  const { im, steps, allTold, clock } = await start()
  await steps.join('r', 'pat')
  await steps.seat('gus')
  await steps.link('gus', 'leave')
  await allTold()
  expect(im.done[0]).toEqual({ name: 'create_group', body: { Type: 'AVChatRoom', GroupId: 'r', Name: 'r' } })
  expect(im.noticesTo('r')).toEqual([CHANGED, CHANGED, CHANGED])
  // the administrator's userSig is renewed in time
  await clock.advance(2 * 3600_000)
  await steps.leave('pat')
  await allTold()
  expect(im.done.at(-1)).toEqual({ name: 'destroy_group', body: { GroupId: 'r' } })
  expect(im.groups).toEqual(new Set())
})

it('lets clients on IM and on the socket see each other', async () => {
  const im = await startStandIn(Date.now)
  const live = await startService({ destinations: [notifier(im, { now: Date.now })] })
  endings.push(() => live.close())
  const ann = await live.connect('ann')
  await ann.join('r')
  await until('IM hears of ann', async () => im.noticesTo('r').length === 1)
  const query = await live.loginOverHttp('bob')
  // told so, a client on IM fetches the members
  const { body } = await live.post(`multi_room/get_pushers?${query}`, { roomID: 'r' })
  expect((body.pushers as { userID: string }[]).map(({ userID }) => userID)).toEqual(['ann'])
  const { body: pushUrl } = await live.post(`multi_room/get_push_url?${query}`, { roomID: 'r' })
  await live.post(`multi_room/add_pusher?${query}`, { roomID: 'r', userName: 'Bob', pushURL: pushUrl.pushURL })
  expect(await ann.notice('memberJoined')).toMatchObject({ member: { userID: 'bob' } })
  await until('IM hears of bob', async () => im.noticesTo('r').length === 2)
  await ann.call('leave', { room: 'r' })
  await live.post(`multi_room/delete_pusher?${query}`, { roomID: 'r' })
  await until('the group is gone', async () => im.groups.size === 0)
})

it.each<[string, ImFault]>([
  ['breaks the connection', 'broken'],
  ['fails', { status: 502 }],
  ['sends elsewhere', { status: 302 }],
  ['is too busy', { code: 10006 }],
  ['takes the administrator for nobody', { code: 70003 }],
  ['says something else', { words: '<html>' }],
  ['says nothing', { words: '' }],
  ['says null', { words: 'null' }],
])('tries again, in order, when IM %s', async (_name, fault) => {
  const { im, steps, store, allTold, dispatcher, logs, passUntil } = await start()
  im.fault = () => fault
  await steps.join('r', 'pat')
  await steps.seat('gus')
  // a room is as it is, whatever IM does
  expect((await store.get('r'))?.members).toHaveLength(2)
  await passUntil('it was tried', () => im.asked.length >= 3)
  expect(im.asked.every(({ name }) => name === 'create_group')).toBe(true)
  im.fault = () => null
  await allTold()
  expect(im.done.map(({ name }) => name)).toEqual([
    'create_group',
    'send_group_system_notification',
    'send_group_system_notification',
  ])
  expect(dispatcher.stats).toMatchObject({ dropped: 0 })
  expect(logs.join()).not.toContain('usersig')
})

it('tries again when IM does not answer', async () => {
  const { im, steps, allTold, clock, passUntil } = await start()
  im.fault = () => 'silent'
  await steps.join('r', 'pat')
  await clock.advance(0)
  await until('it was asked', async () => im.asked.length === 1)
  im.fault = () => null
  await clock.advance(10_000)
  await passUntil('the group is there', () => im.groups.has('r'))
  await allTold()
  expect(im.noticesTo('r')).toEqual([CHANGED])
})

it('goes on where a group is there already, or is not there any more', async () => {
  const { im, steps, allTold } = await start()
  im.groups.add('r')
  await steps.join('r', 'pat')
  await allTold()
  expect(im.noticesTo('r')).toHaveLength(1)
  im.groups.clear()
  await steps.seat('gus')
  await allTold()
  expect(im.noticesTo('r')).toHaveLength(2)
  expect(im.groups).toEqual(new Set(['r']))
  im.groups.clear()
  await steps.leave('pat')
  await allTold()
  expect(im.asked.at(-1)?.name).toBe('destroy_group')
})

it('gives up what IM will never take, and asks for no group of a name that it does not know', async () => {
  const { im, steps, allTold, logs, dispatcher } = await start()
  im.fault = ({ name }) => (name === 'create_group' ? { code: 10004 } : null)
  await steps.join('r', 'pat')
  await steps.join('房间', 'pat')
  await allTold()
  expect(im.asked.map(({ name, body }) => [name, body.GroupId])).toEqual([
    ['create_group', 'r'],
    ['send_group_system_notification', 'r'],
    ['create_group', 'r'],
  ])
  expect(logs.join()).toContain('IM refuses what it is told of a room')
  expect(dispatcher.stats).toMatchObject({ waiting: 0, failed: 0 })
})

it('gives up after an hour: later the news help nobody', async () => {
  const { im, steps, clock, dispatcher, passUntil } = await start()
  im.fault = () => ({ code: 10006 })
  await steps.join('r', 'pat')
  await passUntil('it was tried', () => im.asked.length >= 2)
  await clock.advance(2 * 3600_000)
  await passUntil('all is given up', () => dispatcher.stats.waiting === 0)
  expect(dispatcher.stats).toMatchObject({ dropped: 2 })
  expect(im.done).toEqual([])
})
