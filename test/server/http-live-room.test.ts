import type { Mixer } from '../../server/src/mixer/mixer'
import { startService, type LiveService } from './support/live-service'

let live: LiveService
let pat: string
let ann: string
let bob: string
let mixed: unknown[]

const mixer: Mixer = {
  name: 'recording',
  async mix(params) {
    mixed.push(params)
    return { code: 0, message: 'mixed', timestamp: 5 }
  },
}

beforeEach(async () => {
  mixed = []
  live = await startService({ maxGuests: 1, maxAudience: 3, mixer })
  ;[pat, ann, bob] = await Promise.all([
    live.loginOverHttp('pat'),
    live.loginOverHttp('ann'),
    live.loginOverHttp('bob'),
  ])
})
afterEach(() => live.close())

const call = (name: string, query: string, body: unknown = {}) => live.post(`live_room/${name}?${query}`, body)
const inRoom = (name: string, query: string, body: object = {}) => call(name, query, { roomID: 'r1', ...body })
const ok = { status: 200, body: { code: 0, message: 'ok' } }
const logical = (code: number) => ({ status: 200, body: { code, message: expect.stringMatching(/./) } })

/** Publishes into the room, which exists from then on. */
async function publish(query: string) {
  const { body } = await inRoom('get_push_url', query)
  return inRoom('add_pusher', query, { roomInfo: 'a show', userName: 'name', pushURL: body.pushURL })
}
const pushers = async () => {
  const { body } = await inRoom('get_pushers', bob)
  return (body.pushers as { userID: string }[]).map(({ userID }) => userID)
}

it('shows a broadcast with its stream, its custom fields and its audience', async () => {
  expect(await publish(pat)).toEqual(ok)
  await inRoom('add_audience', ann, { userInfo: '{"nickName":"Ann"}' })
  const { body } = await inRoom('get_pushers', bob)
  expect(body).toMatchObject({
    ...{ roomID: 'r1', roomInfo: 'a show', roomCreator: 'pat', custom: '{}', audienceCount: 1 },
    mixedPlayURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/live\/r1\.pat_main\.flv\?e=[0-9a-f]+&s=/),
    pushers: [{ userID: 'pat', accelerateURL: expect.stringContaining('rtmp://127.0.0.1/live/r1.pat_main?') }],
  })
})

it('lists broadcasts with their audience, right after somebody has come back', async () => {
  await publish(pat)
  const count = async () => {
    const { body } = await call('get_room_list', bob, { index: 0, cnt: 20 })
    return (body.rooms as { audienceCount: number }[]).map(({ audienceCount }) => audienceCount)
  }
  await inRoom('add_audience', ann)
  expect(await count()).toEqual([1])
  expect(await inRoom('delete_audience', ann)).toEqual(ok)
  expect(await count()).toEqual([0])
  await inRoom('add_audience', ann)
  await inRoom('add_audience', ann)
  expect(await count()).toEqual([1])
})

it('gives the audience back as it has introduced itself', async () => {
  await publish(pat)
  await inRoom('add_audience', ann, { userInfo: '{"nickName":"Ann","level":3}' })
  await inRoom('add_audience', bob, { userInfo: 'just a text' })
  const viewer = await live.connect('cyd')
  await viewer.join('r1', { kind: 'live_room', role: 'audience', userName: 'Cyd' })
  expect((await inRoom('get_audiences', pat)).body).toEqual({
    ...ok.body,
    audiences: [
      { userID: 'ann', userInfo: '{"nickName":"Ann","level":3}' },
      { userID: 'bob', userInfo: 'just a text' },
      { userID: 'cyd', userInfo: '{"userName":"Cyd","userAvatar":""}' },
    ],
    audienceCount: 3,
  })
  expect((await viewer.call('audiences', { room: 'r1' })).audiences[0]).toMatchObject({ userName: 'Ann' })
})

it('1: the audience is full', async () => {
  await publish(pat)
  for (const userID of ['cyd', 'dan', 'eve']) await inRoom('add_audience', await live.loginOverHttp(userID))
  expect(await inRoom('add_audience', ann)).toEqual(logical(1))
  expect((await inRoom('get_audiences', ann)).body.audienceCount).toBe(3)
})

it('ends with its creator, whoever else publishes', async () => {
  await publish(pat)
  await publish(ann)
  const viewer = await live.connect('cyd')
  await viewer.join('r1', { kind: 'live_room', role: 'audience' })
  expect(await inRoom('delete_pusher', pat)).toEqual(ok)
  expect(await viewer.frame((frame) => 'closed' in frame)).toEqual({ room: 'r1', closed: 'destroyed' })
  expect(await inRoom('get_pushers', ann)).toEqual(logical(3))
})

it('seats those who publish while there are seats, and lets them go on watching', async () => {
  await publish(pat)
  await inRoom('add_audience', ann)
  expect(await publish(ann)).toEqual(ok)
  expect(await publish(bob)).toEqual(logical(5001))
  expect(await pushers()).toEqual(['pat', 'ann'])
  expect(await inRoom('pusher_heartbeat', ann)).toEqual(ok)
  expect(await inRoom('delete_pusher', ann)).toEqual(ok)
  expect(await inRoom('delete_pusher', ann)).toEqual(logical(5))
  expect(await pushers()).toEqual(['pat'])
  expect((await inRoom('get_audiences', pat)).body.audienceCount).toBe(1)
})

it('shows a guest of the socket to clients of HTTP', async () => {
  const presenter = await live.connect('pat')
  await presenter.join('r1', { kind: 'live_room' })
  const guest = await live.connect('ann')
  await guest.join('r1', { kind: 'live_room', role: 'audience' })
  await guest.call('linkMic', { room: 'r1', action: 'request' })
  await presenter.call('linkMic', { room: 'r1', action: 'accept', userID: 'ann' })
  expect(await pushers()).toEqual(['pat', 'ann'])
})

describe('custom fields', () => {
  const fields = async () => JSON.parse((await inRoom('get_custom_info', bob)).body.custom as string) as unknown
  const change = (operation: string, value: unknown, fieldName = 'likes') =>
    inRoom('set_custom_field', ann, { fieldName, operation, value })

  beforeEach(async () => {
    await publish(pat)
    await inRoom('add_audience', ann)
  })

  it('are set and counted', async () => {
    await change('set', 'Monday', 'title')
    await change('inc', 3)
    expect((await change('dec', '1')).body).toEqual({
      ...ok.body,
      custom: '{"title":"Monday","likes":2}',
      customInfo: '{"title":"Monday","likes":2}',
    })
    expect(await fields()).toEqual({ title: 'Monday', likes: 2 })
  })

  it('stay as they were when a text is counted', async () => {
    await change('set', 'Monday', 'title')
    expect(await change('inc', 1, 'title')).toEqual(logical(1))
    expect(await change('inc', 'a lot')).toEqual(logical(1))
    expect((await change('add', 1)).status).toBe(400)
    expect(await fields()).toEqual({ title: 'Monday' })
  })

  it('are changed by those in the room alone', async () => {
    expect(await inRoom('set_custom_field', bob, { fieldName: 'f', operation: 'set', value: 1 })).toEqual(logical(5))
  })
})

describe('merge_stream', () => {
  beforeEach(() => publish(pat))

  it('hands the parameters to the mixer, and its answer back', async () => {
    const mergeParams = JSON.stringify({ interface: { interfaceName: 'Mix_StreamV2' } })
    const answer = await inRoom('merge_stream', pat, { mergeParams })
    expect(answer.body).toEqual({ ...ok.body, result: { code: 0, message: 'mixed', timestamp: 5 } })
    expect(mixed).toEqual([{ interface: { interfaceName: 'Mix_StreamV2' } }])
  })

  it.each(['not JSON', '5', '[1]', 'null'])('10: mergeParams is no JSON object: %s', async (mergeParams) => {
    expect(await inRoom('merge_stream', pat, { mergeParams })).toEqual(logical(10))
    expect(mixed).toEqual([])
  })

  it('3: is for the creator of the room', async () => {
    expect(await inRoom('merge_stream', ann, { mergeParams: '{}' })).toEqual(logical(3))
    expect(mixed).toEqual([])
  })
})

it('has an audience in live rooms alone', async () => {
  expect((await live.post(`multi_room/add_audience?${ann}`, { roomID: 'r1' })).status).toBe(404)
  await publish(pat)
  expect(await live.post(`multi_room/get_pushers?${ann}`, { roomID: 'r1' })).toEqual(logical(3))
  expect(await call('add_audience', ann, { roomID: 'nowhere' })).toEqual(logical(3))
  expect(await inRoom('delete_audience', ann)).toEqual(logical(5))
  expect(await inRoom('delete_audience', pat)).toEqual(logical(5))
})
