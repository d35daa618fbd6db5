import { VirtualClock } from '../support/virtual-clock'
import { startService, type LiveService } from './support/live-service'

let clock: VirtualClock
let live: LiveService
let bob: string

beforeEach(async () => {
  clock = new VirtualClock(Date.now())
  live = await startService({ clock })
  bob = await live.loginOverHttp('bob')
})
afterEach(() => live.close())

async function addPusher(query: string, roomID: string) {
  const { body } = await live.post(`multi_room/get_push_url?${query}`)
  return live.post(`multi_room/add_pusher?${query}`, { roomID, userName: "bob's name", pushURL: body.pushURL })
}

it('a member over HTTP and one over the socket see each other', async () => {
  const ann = await live.connect('ann')
  await ann.join('r1')
  await addPusher(bob, 'r1')
  const { member } = await ann.notice('memberJoined')
  const { pushers } = (await live.post(`multi_room/get_pushers?${bob}`, { roomID: 'r1' })).body
  expect(member).toMatchObject({ userID: 'bob', userName: "bob's name", audio: true, video: true })
  expect(pushers).toMatchObject([
    { userID: 'ann', accelerateURL: expect.stringContaining('/live/r1.ann_main?') },
    // the same stream; a list has a signature of its own
    { userID: 'bob', accelerateURL: expect.stringContaining(streamOf((member as { playURL: string }).playURL)) },
  ])
  await live.post(`multi_room/delete_pusher?${bob}`, { roomID: 'r1' })
  expect(await ann.notice('memberLeft')).toMatchObject({ userID: 'bob', reason: 'left' })
})

it('a newcomer over the socket gets the URL of what the HTTP member publishes', async () => {
  await addPusher(bob, 'r1')
  const ann = await live.connect('ann')
  const { members } = await ann.join('r1')
  const { playURL } = await ann.call('playUrl', { room: 'r1', userID: 'bob' })
  expect(members).toMatchObject([{ userID: 'bob', playURL }])
  expect(playURL).toMatch(/\/live\/\d{8}\.bob_main\?/)
})

it('an HTTP member without heartbeat is lost after 20 s, one with heartbeats is not', async () => {
  const ann = await live.connect('ann')
  await ann.join('r1')
  await addPusher(bob, 'r1')
  for (let beat = 0; beat < 5; beat += 1) {
    await clock.advance(7000)
    expect((await live.post(`multi_room/pusher_heartbeat?${bob}`, { roomID: 'r1' })).body.code).toBe(0)
  }
  await clock.advance(19_000)
  expect(await live.post(`multi_room/get_pushers?${bob}`, { roomID: 'r1' })).toMatchObject({
    body: { pushers: [{ userID: 'ann' }, { userID: 'bob' }] },
  })
  await clock.advance(6000)
  expect(await ann.notice('memberLeft')).toMatchObject({ userID: 'bob', reason: 'lost' })
})

it('a room that nobody enters is gone after a minute', async () => {
  const { roomID } = (await live.post(`multi_room/create_room?${bob}`, { roomInfo: 'empty' })).body
  expect((await live.post(`multi_room/get_pushers?${bob}`, { roomID })).body).toMatchObject({ code: 0, pushers: [] })
  await clock.advance(65_000)
  expect((await live.post(`multi_room/get_pushers?${bob}`, { roomID })).body.code).toBe(3)
})

it('a destroyed room is closed for its members on the socket', async () => {
  const ann = await live.connect('ann')
  await addPusher(bob, 'r1')
  await ann.join('r1')
  await live.post(`multi_room/destroy_room?${bob}`, { roomID: 'r1' })
  expect(await ann.frame((frame) => 'closed' in frame)).toEqual({ room: 'r1', closed: 'destroyed' })
})

it('a user who comes over HTTP replaces its own socket, and one who leaves over HTTP is out of the room', async () => {
  const first = await live.connect('bob')
  await first.join('r1')
  await addPusher(bob, 'r1')
  expect(await first.frame((frame) => 'closed' in frame)).toEqual({ room: 'r1', closed: 'replaced' })
  const second = await live.connect('bob')
  await second.join('r1')
  await live.post(`multi_room/delete_pusher?${bob}`, { roomID: 'r1' })
  expect(await second.frame((frame) => 'closed' in frame)).toEqual({ room: 'r1', closed: 'kicked' })
})

it('logout over HTTP closes the sockets of the token', async () => {
  const token = new URLSearchParams(bob).get('token') ?? ''
  const socket = await live.openSocket()
  await socket.call('login', { userID: 'bob', token, userName: '', userAvatar: '' })
  const closed = new Promise<number>((resolve) => socket.webSocket.on('close', resolve))
  await live.post(`multi_room/logout?${bob}`)
  expect(await closed).toBe(4401)
})

/** A URL without its signature. */
function streamOf(url: string): string {
  return url.slice(0, url.indexOf('?') + 1)
}
