import { zego, type ZegoConfig } from '../../../src/provider/zego/zego'
import { LOGIN_AGAIN_MS } from '../../../src/provider/zego/zego-login'
import { createFakePlatform } from '../../support/fake-platform'
import { hearing, joinRequest } from '../../support/room-world'
import { VirtualClock } from '../../support/virtual-clock'
import { FakeZegoEngine, ZegoCloud } from '../../support/zego-cloud'

let clock: VirtualClock
let cloud: ZegoCloud
beforeEach(() => {
  clock = new VirtualClock()
  cloud = new ZegoCloud(clock)
})

async function inRoom(renewToken?: ZegoConfig['renewToken']) {
  const platform = createFakePlatform({ clock })
  const engine = new FakeZegoEngine(cloud)
  const session = zego.open(platform, { engine, userID: 'ann', token: 'token 1', renewToken })
  const heard = hearing(session)
  await clock.settle(session.join(joinRequest()))
  const renewals = (): unknown[] => engine.calls.filter(([name]) => name === 'renewToken').map((call) => call.slice(1))
  return { platform, engine, session, heard, renewals }
}

test('a new one is asked for in time, and again when that failed', async () => {
  const answers = [() => Promise.reject(new Error('502')), () => Promise.resolve('token 2')]
  const { engine, platform, heard, renewals } = await inRoom(() => (answers.shift() ?? (() => Promise.reject()))())
  engine.emit('tokenWillExpire', 'room')
  await clock.advance(6_000)
  expect(renewals()).toEqual([['token 2', 'room']])
  expect(heard).toEqual([])
  expect(JSON.stringify(platform.logs)).not.toMatch(/token [12]/)
})

test.each<[string, () => Promise<string>]>([
  ['throws at once', () => JSON.parse('{') as Promise<string>],
  ['never answers', () => new Promise(() => undefined)],
])('an app that %s is asked again', async (_what, fails) => {
  let asked = 0
  const { engine, platform, session, renewals } = await inRoom(() =>
    (asked += 1) === 1 ? fails() : Promise.resolve('token 2'),
  )
  engine.emit('tokenWillExpire', 'room')
  await clock.advance(25_000)
  expect(renewals()).toEqual([['token 2', 'room']])
  await session.close()
  expect(platform.armedTimers).toBe(0)
})

test('an app that never answers keeps nobody from logging in again, nor from the next session', async () => {
  let asked = 0
  const { engine, platform, session, heard } = await inRoom(() =>
    (asked += 1) % 2 === 1 ? new Promise(() => undefined) : Promise.resolve('token 2'),
  )
  const lose = (): void => engine.emit('roomStateUpdate', 'room', 'DISCONNECTED', 1002053, '')
  lose()
  await clock.advance(40_000)
  expect(heard.filter((line) => !line.startsWith('retried'))).toEqual(['lost NETWORK', 'restored'])
  lose()
  await clock.advance(LOGIN_AGAIN_MS + 1)
  await session.close()
  const next = zego.open(platform, { engine, userID: 'ann', token: 'token 1' })
  expect((await clock.settle(next.join(joinRequest({ roomId: 'other' })))).selfId).toBe('ann')
  await next.close()
  expect(platform.armedTimers).toBe(0)
})

test('without a way to renew it the log says so', async () => {
  const { engine, platform } = await inRoom()
  engine.emit('tokenWillExpire', 'room')
  expect(platform.logs).toEqual([{ level: 'warn', message: expect.stringContaining('renewToken') }])
})
