import { createGate } from '../../server/src/gate'
import { HubClient, keys, startHub, type TestHub } from './support/hub-client'

const AUX_OF_ANN = expect.stringMatching(
  /^rtmp:\/\/rooms\.test\/live\/r1\.ann_aux\?e=[0-9a-f]+(&k=[\w.-]+)?&s=[\w-]{22}$/,
)

let test: TestHub
let ann: HubClient
let bob: HubClient

beforeEach(async () => {
  test = startHub()
  ann = await new HubClient(test, 'ann').login()
  bob = await new HubClient(test, 'bob').login()
  await ann.join('r1')
  await bob.join('r1')
})
afterEach(() => {
  test.hub.close()
  expect(test.logs).toEqual([])
})

const share = (on: boolean) => ann.call('share', { room: 'r1', on })
/** The play URL of ann's screen as bob was told last, null while there is none. */
const screenAtBob = () => {
  const told = bob.events.flatMap((notice) => ('member' in notice ? [notice.member] : []))
  return told.at(-1)?.auxURL ?? null
}

it('gives a URL to publish the screen to, and the others one to play it', async () => {
  expect(await share(true)).toEqual({ pushURL: AUX_OF_ANN })
  expect(bob.events).toMatchObject([{ ev: 'memberUpdated', member: { userID: 'ann', auxURL: AUX_OF_ANN } }])
  expect(await bob.call('playUrl', { room: 'r1', userID: 'ann' })).toMatchObject({ auxURL: AUX_OF_ANN })
  const cyd = await new HubClient(test, 'cyd').login()
  const { members } = await cyd.join('r1')
  expect(members.map(({ userID, auxURL }) => [userID, auxURL])).toEqual([
    ['ann', AUX_OF_ANN],
    ['bob', undefined],
  ])
})

it('lets nobody publish the screen with the URL of the face, nor with one to play it', async () => {
  const { pushURL } = await share(true)
  const published = new URL(pushURL).searchParams
  const gate = createGate({ keys, clock: test.clock })
  const check = (query: URLSearchParams, stream = 'r1.ann_aux') => gate.check('publish', stream, query)
  expect(check(published)).toEqual({ ok: true, roomID: 'r1', userID: 'ann', kind: 'aux' })
  expect(check(published, 'r1.ann_main')).toMatchObject({ ok: false })
  expect(check(published, 'r1.bob_aux')).toMatchObject({ ok: false })
  const { pushURL: face } = await ann.call('publishUrl', { room: 'r1' })
  expect(check(new URL(face).searchParams)).toMatchObject({ ok: false })
  expect(check(new URL(screenAtBob() ?? '').searchParams)).toMatchObject({ ok: false })
})

it('asked again is a fresh URL and no news', async () => {
  await share(true)
  await test.clock.advance(60_000)
  const again = await share(true)
  expect(again).toEqual({ pushURL: AUX_OF_ANN })
  expect(bob.events).toHaveLength(1)
})

it('ends by its owner’s word, and may begin again', async () => {
  await share(true)
  expect(await share(false)).toEqual({ pushURL: '' })
  expect(screenAtBob()).toBeNull()
  expect(await bob.call('playUrl', { room: 'r1', userID: 'ann' })).not.toHaveProperty('auxURL')
  await share(false)
  expect(bob.events).toHaveLength(2)
  await share(true)
  expect(screenAtBob()).toEqual(AUX_OF_ANN)
})

it('survives a drop of the socket, and muting', async () => {
  const joined = await ann.join('r1')
  await share(true)
  await ann.call('announce', { room: 'r1', audio: false, video: true })
  expect(screenAtBob()).toEqual(AUX_OF_ANN)
  await ann.drop()
  await test.clock.advance(5_000)
  const back = await new HubClient(test, 'ann').login()
  await back.call('resume', { room: 'r1', epoch: joined.epoch, seq: joined.seq })
  expect(screenAtBob()).toEqual(AUX_OF_ANN)
})

it('ends with its owner’s membership: by leaving, by being lost, and by joining anew', async () => {
  await share(true)
  await ann.join('r1')
  expect(screenAtBob()).toBeNull()
  await share(true)
  await ann.call('leave', { room: 'r1' })
  await ann.join('r1')
  expect(screenAtBob()).toBeNull()
  await share(true)
  await ann.drop()
  await test.clock.advance(30_000)
  expect(bob.events.at(-1)).toMatchObject({ ev: 'memberLeft', userID: 'ann', reason: 'lost' })
  expect((await bob.join('r1')).members).toEqual([])
})

it('is refused to whoever is not in the room, or only watches it', async () => {
  const cyd = await new HubClient(test, 'cyd').login()
  expect(await cyd.fail('share', { room: 'r1', on: true })).toMatchObject({ code: 'NOT_MEMBER' })
  expect(await cyd.fail('share', { room: 'nowhere', on: true })).toMatchObject({ code: 'ROOM_NOT_FOUND' })
  await ann.join('show', { kind: 'live_room' })
  await cyd.join('show', { kind: 'live_room', role: 'audience' })
  expect(await cyd.fail('share', { room: 'show', on: true })).toMatchObject({ code: 'FORBIDDEN' })
  expect(await ann.call('share', { room: 'show', on: true })).toEqual({
    pushURL: expect.stringContaining('/live/show.ann_aux?'),
  })
})
