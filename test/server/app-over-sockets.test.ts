import WebSocket from 'ws'
import { createRtcRoomModule } from '../../components/rtc-room/module'
import { AppService } from '../../components/shared/app-service'
import { logOut } from '../../components/shared/login'
import { createNodePlatform } from '../../src/platform/node'
import type { ProviderEvents, ProviderSession } from '../../src/provider/provider'
import { roomService } from '../../src/provider/roomservice/roomservice'
import { joinRequest } from '../support/room-world'
import { SDK_APP_ID, userSigOf } from './support/hub-client'
import { startService, type LiveService } from './support/live-service'

// drops are written down as warnings; here they are made on purpose
const platform = createNodePlatform({ WebSocket, logLevel: 'error' })
let live: LiveService
const apps: AppService[] = []

beforeEach(async () => {
  live = await startService({ basePath: '/rooms' })
})
afterEach(async () => {
  for (const app of apps.splice(0)) await logOut(app)
  await live.close()
})

async function logIn(userID: string) {
  const app = new AppService(platform)
  apps.push(app)
  const page = createRtcRoomModule(() => app)
  await page.login({
    serverDomain: `http://127.0.0.1:${live.port}/rooms/weapp/`,
    userID,
    userSig: userSigOf(userID, Date.now()),
    sdkAppID: SDK_APP_ID,
  })
  return { app, page, session: roomService.open(platform, { connection: app.connection }) }
}

const next = <K extends keyof ProviderEvents>(session: ProviderSession, name: K): Promise<ProviderEvents[K]> =>
  new Promise((resolve) => {
    const off = session.events.on(name, (...args) => {
      off()
      resolve(args)
    })
  })

test('two apps meet in a room below a path prefix, and it is listed', async () => {
  const alice = await logIn('alice')
  const bob = await logIn('bob')
  await alice.session.join(joinRequest())
  const joined = next(alice.session, 'memberJoined')
  const { members, publishUrl } = await bob.session.join(joinRequest())
  expect(members.map(({ userID }) => userID)).toEqual(['alice'])
  expect(publishUrl).toMatch(/^rtmp:\/\/127\.0\.0\.1/)
  expect((await joined)[0].userID).toBe('bob')
  const heard = next(bob.session, 'message')
  await alice.session.send?.({ kind: 'text', data: '你好' })
  expect((await heard)[0]).toMatchObject({ kind: 'text', data: '你好', from: { userID: 'alice' } })
  const { rooms } = await bob.page.getRoomList({ data: { index: 0, cnt: 5 } })
  expect(rooms.map(({ roomID, pushers }) => [roomID, pushers.length])).toEqual([['room', 2]])
})

test('sockets that break are opened again, and nobody has left', async () => {
  const alice = await logIn('alice')
  const bob = await logIn('bob')
  await alice.session.join(joinRequest())
  await bob.session.join(joinRequest())
  const restored = [next(alice.session, 'connectionRestored'), next(bob.session, 'connectionRestored')]
  for (const connection of live.service.hub.context.connections) connection.drop('goingAway', 'going away')
  await Promise.all(restored)
  expect((await alice.session.resume()).members.map(({ userID }) => userID)).toEqual(['bob'])
  expect((await bob.session.resume()).members.map(({ userID }) => userID)).toEqual(['alice'])
})

test('leaving is heard by the others at once', async () => {
  const alice = await logIn('alice')
  const bob = await logIn('bob')
  await alice.session.join(joinRequest())
  await bob.session.join(joinRequest())
  const left = next(alice.session, 'memberLeft')
  await bob.session.close()
  expect(await left).toEqual(['bob', 'left'])
})
