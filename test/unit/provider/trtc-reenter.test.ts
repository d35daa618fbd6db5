import { trtc } from '../../../src/provider/trtc/trtc'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { RoomSession } from '../../../src/room/room-session'
import { createFakeHost, RENDER_MS } from '../../support/fake-host'
import { createFakePlatform } from '../../support/fake-platform'
import { JOIN } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

const users = (...ids: string[]): string => JSON.stringify({ userlist: ids.map((userid) => ({ userid })) })
const pictures = (...ids: string[]): string =>
  JSON.stringify({ userlist: ids.map((userid) => ({ userid, playurl: `room://${userid}`, hasvideo: true })) })

async function inRoom() {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const host = createFakeHost(clock)
  const session = new RoomSession({
    platform,
    provider: trtc,
    providerConfig: { sdkAppID: 1400000001, userID: 'me', userSig: 'sig' },
    host,
    policy: createDefaultPolicy(platform),
    seats: 4,
  })
  const news: string[] = []
  session.events.on('reconnecting', ({ target, attempt }) => news.push(`reconnecting ${target} ${attempt}`))
  session.events.on('reconnected', ({ target }) => news.push(`reconnected ${target}`))
  session.events.on('failed', ({ code }) => news.push(`failed ${code}`))
  session.events.on('closed', (reason) => news.push(`closed ${reason}`))
  const report = (code: number, message = ''): void =>
    session.handleMedia({ target: 'publisher', type: 'statechange', code, message })
  await session.start({ ...JOIN, roomId: '101' })
  await clock.advance(RENDER_MS)
  report(1018)
  report(1031, users('ann', 'bob'))
  report(1033, pictures('ann', 'bob'))
  for (const user of ['ann', 'bob']) {
    session.handleMedia({ target: { streamId: `${user}_main` }, type: 'statechange', code: 2004 })
  }
  await clock.advance(10_000)
  return { clock, host, session, news, report }
}

test('the tag starts with the URL of the room, and everyone it reports is played', async () => {
  const { session, host } = await inRoom()
  expect(session.room.phase).toBe('joined')
  expect(session.media.publisher).toMatchObject({ phase: 'running', url: expect.stringContaining('roomid=101') })
  expect(session.media.slots.map((slot) => slot?.url)).toEqual(['room://ann', 'room://bob'])
  expect(host.calls).toEqual(['publisher.start'])
})

test('a storm of 1021 is one stop and start, and the players stay', async () => {
  const { clock, session, host, news, report } = await inRoom()
  host.calls.length = 0
  const players = session.media.slots
  for (let n = 0; n < 20; n += 1) report(1021)
  await clock.advance(500)
  report(1019, 'Already leave room, reason[0]')
  report(1018)
  report(1031, users('ann', 'bob'))
  await clock.advance(10_000)
  expect(host.calls).toEqual(['publisher.stop', 'publisher.start'])
  expect(session.media.slots.map((slot) => slot?.streamId)).toEqual(players.map((slot) => slot?.streamId))
  expect(news).toEqual(['reconnecting publisher 1', 'reconnected publisher'])
})

test('a room that asks for it again and again is entered as seldom as the policy says', async () => {
  const { clock, host, report } = await inRoom()
  host.calls.length = 0
  for (let n = 0; n < 600; n += 1) {
    report(1021)
    await clock.advance(100)
  }
  const starts = host.calls.filter((call) => call === 'publisher.start')
  // 0, 0.3, 0.6, 1.2, 2.4, 4.8, 8, 8 … s apart, each up to 30 % shorter
  expect(starts.length).toBeGreaterThanOrEqual(8)
  expect(starts.length).toBeLessThanOrEqual(16)
})

test('being put out ends the room and stops every tag', async () => {
  const { session, host, news, report } = await inRoom()
  host.calls.length = 0
  report(1019, 'Already leave room, reason[1]')
  expect(session.room.phase).toBe('closed')
  expect(news).toEqual(['closed kicked'])
  expect(host.calls).toEqual(['publisher.stop', 'player0.stop', 'player1.stop'])
})

test('stop() right after a 1021 leaves nothing behind', async () => {
  const { clock, session, host, report } = await inRoom()
  report(1021)
  await clock.settle(session.stop())
  host.calls.length = 0
  await clock.advance(60_000)
  expect(host.calls).toEqual([])
  expect(clock.pending).toEqual([])
})

test('a room number that cannot be fails the start', async () => {
  const { session, news, clock } = await inRoom()
  await clock.settle(session.stop())
  await expect(session.start({ ...JOIN, roomId: '0' })).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
  expect(news).toEqual(['failed BAD_PARAMETER'])
})
