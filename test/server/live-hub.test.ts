import type { CallName, Calls, LiveFrame, ServerFrame } from '../../src/signaling/protocol'
import type { LinkAction } from '../../src/model'
import { GRACE_MS } from '../../server/src/store/lifetimes'
import { HubClient, startHub, type TestHub } from './support/hub-client'

const ROOM = 'show'
let test: TestHub
let pat: HubClient

beforeEach(async () => {
  test = startHub()
  pat = await new HubClient(test, 'pat').login()
  await pat.join(ROOM, { kind: 'live_room' })
})
afterEach(() => {
  test.hub.close()
  expect(test.clock.pending).toEqual([])
  expect(test.logs).toEqual([])
})

const watching = { kind: 'live_room', role: 'audience' } as const
async function viewer(userID: string): Promise<HubClient> {
  const client = await new HubClient(test, userID).login()
  await client.join(ROOM, watching)
  return client
}
async function guest(userID: string): Promise<HubClient> {
  const client = await viewer(userID)
  await link(client, 'request')
  await link(pat, 'accept', userID)
  return client
}
const link = (by: HubClient, action: LinkAction, userID?: string, more: Partial<Calls['linkMic']['params']> = {}) =>
  by.call('linkMic', { room: ROOM, action, ...(userID ? { userID } : {}), ...more })
const refusal = async (by: HubClient, action: LinkAction, userID?: string) =>
  (await by.fail('linkMic', { room: ROOM, action, ...(userID ? { userID } : {}) })).code

type Kind = 'link' | 'audience' | 'presenterAway' | 'muted'
/** The frames of one kind that the client has seen. */
function seen<K extends Kind>(client: HubClient, kind: K): Extract<LiveFrame, Record<K, unknown>>[] {
  return client.frames.filter((frame: ServerFrame): frame is Extract<LiveFrame, Record<K, unknown>> => kind in frame)
}
const phases = (client: HubClient) =>
  seen(client, 'link').map((frame) => `${frame.link.user.userID} ${frame.link.phase} ${frame.link.reason ?? ''}`.trim())

describe('joining', () => {
  it('gives the presenter a push URL, and the audience what there is to play', async () => {
    const ann = await new HubClient(test, 'ann').login()
    const joined = await ann.join(ROOM, watching)
    expect(joined).toMatchObject({
      room: ROOM,
      creator: 'pat',
      pushURL: '',
      members: [
        {
          userID: 'pat',
          playURL: expect.stringContaining('rtmp://rooms.test/live/show.pat_main?'),
          liveURL: expect.stringContaining('http://rooms.test/live/show.pat_main.flv?'),
        },
      ],
      live: { audienceCount: 1, presenterAway: false, links: [], linkRev: 0 },
    })
    expect(joined.live?.liveURL).toBe(joined.members[0]?.liveURL)
    expect((await pat.join(ROOM, { kind: 'live_room' })).pushURL).toContain('/show.pat_main?')
  })

  it.each([
    ['an audience without a room', 'BAD_PARAMETER', { ...watching, room: '' }],
    ['an audience of a call', 'BAD_PARAMETER', { kind: 'multi_room', role: 'audience', room: ROOM }],
    ['an audience of a room that is not there', 'ROOM_NOT_FOUND', { ...watching, room: 'nowhere' }],
    ['a second presenter', 'FORBIDDEN', { kind: 'live_room', room: ROOM }],
    ['a call in a live room', 'ROOM_EXISTS', { kind: 'multi_room', room: ROOM }],
    ['a role that there is not', 'BAD_FRAME', { kind: 'live_room', role: 'king', room: ROOM }],
  ])('refuses %s: %s', async (_what, code, params) => {
    const eve = await new HubClient(test, 'eve').login()
    const bad = { ...eve.joinParams(ROOM), ...params } as Calls['join']['params']
    expect((await eve.fail('join', bad)).code).toBe(code)
    expect((await pat.call('rooms', { kind: 'live_room', index: 0, cnt: 9 })).rooms).toMatchObject([
      { room: ROOM, creator: 'pat', members: [{ userID: 'pat' }], audienceCount: 0 },
    ])
  })

  it('lets the audience speak and hear, and ask for fresh URLs of what it plays', async () => {
    const [ann, bob] = [await viewer('ann'), await viewer('bob')]
    await ann.call('send', { room: ROOM, kind: 'text', data: 'hello' })
    for (const client of [pat, bob]) expect(client.events.at(-1)).toMatchObject({ ev: 'message', data: 'hello' })
    const urls = await ann.call('playUrl', { room: ROOM, userID: 'pat' })
    expect(urls.liveURL).toContain('/show.pat_main.flv?')
    expect((await ann.fail('publishUrl', { room: ROOM })).code).toBe('FORBIDDEN')
  })

  it('lists the audience to those who are in', async () => {
    const ann = await viewer('ann')
    expect(await ann.call('audiences', { room: ROOM })).toEqual({
      audiences: [{ userID: 'ann', userName: "ann's name", userAvatar: '' }],
      count: 1,
    })
    const eve = await new HubClient(test, 'eve').login()
    expect((await eve.fail('audiences', { room: ROOM })).code).toBe('NOT_MEMBER')
  })

  it('counts custom fields for those who are in', async () => {
    const ann = await viewer('ann')
    const set = { room: ROOM, field: 'likes', operation: 'inc', value: 2 } as const
    expect(await ann.call('setCustom', set)).toEqual({ custom: { likes: 2 } })
    expect(await pat.call('setCustom', { ...set, operation: 'dec', value: 1 })).toEqual({ custom: { likes: 1 } })
    await pat.call('setCustom', { room: ROOM, field: 'title', operation: 'set', value: 'Monday' })
    expect((await ann.fail('setCustom', { ...set, field: 'title' })).code).toBe('BAD_PARAMETER')
  })
})

describe('news of the audience', () => {
  const news = (client: HubClient) => seen(client, 'audience').map((frame) => frame.audience)
  const names = (users: readonly { userID: string }[] = []) => users.map(({ userID }) => userID)

  it('is one frame a second, with names for the presenter alone', async () => {
    const ann = await viewer('ann')
    expect(news(pat)).toMatchObject([{ count: 1, entered: [{ userID: 'ann' }], left: [] }])
    const before = news(ann).length
    for (let index = 0; index < 50; index += 1) await viewer(`viewer ${index}`)
    expect(news(pat)).toHaveLength(1)
    await test.clock.advance(1_000)
    expect(news(pat)).toHaveLength(2)
    expect(news(pat)[1]?.count).toBe(51)
    expect(names(news(pat)[1]?.entered)).toHaveLength(20)
    expect(news(ann).slice(before)).toEqual([{ count: 51 }])
    await test.clock.advance(10_000)
    expect(news(pat)).toHaveLength(2)
  })

  it('says nothing of those who come and go within a second', async () => {
    const ann = await viewer('ann')
    const bob = await viewer('bob')
    await bob.call('leave', { room: ROOM })
    await ann.call('leave', { room: ROOM })
    await test.clock.advance(1_000)
    expect(news(pat).at(-1)).toEqual({
      count: 0,
      entered: [],
      left: [{ userID: 'ann', userName: "ann's name", userAvatar: '' }],
    })
  })

  it('is no matter of notices: nobody is announced', async () => {
    await viewer('ann')
    const bob = await viewer('bob')
    await bob.drop()
    await test.clock.advance(GRACE_MS)
    expect(pat.events.map(({ ev }) => ev)).toEqual([])
  })
})

describe('link-mic', () => {
  it('is asked for, granted with a push URL, and ended', async () => {
    const [ann, bob] = [await viewer('ann'), await viewer('bob')]
    const asked = await link(ann, 'request')
    expect(asked).toMatchObject({ link: { phase: 'requesting', rev: 1, expiresAt: test.clock.now() + 30_000 } })
    expect(asked.pushURL).toBeUndefined()
    const granted = await link(pat, 'accept', 'ann')
    expect(granted).toEqual({ link: expect.objectContaining({ phase: 'on', rev: 2 }) })
    expect(seen(ann, 'link').at(-1)).toEqual({
      room: ROOM,
      link: granted.link,
      pushURL: expect.stringContaining('rtmp://rooms.test/live/show.ann_main?'),
    })
    expect(seen(pat, 'link').at(-1)).toEqual({ room: ROOM, link: granted.link })
    expect(seen(bob, 'link')).toEqual([])
    expect(bob.events.at(-1)).toMatchObject({ ev: 'memberJoined', member: { userID: 'ann' } })
    await link(ann, 'leave')
    expect(phases(pat)).toEqual(['ann requesting', 'ann on accepted', 'ann off ended'])
    expect(bob.events.at(-1)).toMatchObject({ ev: 'memberLeft', userID: 'ann', reason: 'left' })
    // the guest goes on watching
    await pat.call('send', { room: ROOM, kind: 'text', data: 'bye' })
    expect(ann.events.at(-1)).toMatchObject({ ev: 'message', data: 'bye' })
  })

  it('ends in one agreed state when a request and an invitation cross', async () => {
    const ann = await viewer('ann')
    pat.send('linkMic', { room: ROOM, action: 'invite', userID: 'ann' })
    ann.send('linkMic', { room: ROOM, action: 'request' })
    await test.clock.advance(0)
    expect(phases(ann)).toEqual(['ann invited', 'ann on accepted'])
    expect(phases(pat)).toEqual(phases(ann))
  })

  it('grants two who ask at once each what the presenter says', async () => {
    const [ann, bob] = [await viewer('ann'), await viewer('bob')]
    for (const client of [ann, bob]) client.send('linkMic', { room: ROOM, action: 'request' })
    await test.clock.advance(0)
    await link(pat, 'accept', 'bob')
    await link(pat, 'reject', 'ann', { reason: 'later' })
    expect(phases(ann)).toEqual(['ann requesting', 'ann off rejected'])
    expect(seen(ann, 'link').at(-1)?.link.text).toBe('later')
    expect(phases(bob)).toEqual(['bob requesting', 'bob on accepted'])
  })

  it('tells both at the very end of its time that a request has run out, and then knows no answer', async () => {
    const ann = await viewer('ann')
    await link(ann, 'request', undefined, { timeoutMs: 4_000 })
    await test.clock.advance(3_999)
    expect(phases(ann)).toEqual(['ann requesting'])
    await test.clock.advance(1)
    expect(phases(ann)).toEqual(['ann requesting', 'ann off timeout'])
    expect(phases(pat)).toEqual(phases(ann))
    expect(await refusal(pat, 'accept', 'ann')).toBe('NOT_REQUESTED')
  })

  it('refuses a fourth guest clearly, who may ask again', async () => {
    for (const userID of ['ann', 'bob', 'cyd']) await guest(userID)
    const dan = await viewer('dan')
    await link(dan, 'request')
    expect(await refusal(pat, 'accept', 'dan')).toBe('SEATS_FULL')
    await link(pat, 'kick', 'ann')
    expect((await link(pat, 'accept', 'dan')).link.phase).toBe('on')
  })

  it('ends with the room when the presenter leaves during a request', async () => {
    const ann = await viewer('ann')
    await link(ann, 'request')
    await pat.call('leave', { room: ROOM })
    expect(ann.closedRooms).toEqual([{ room: ROOM, closed: 'destroyed' }])
    expect(pat.closedRooms).toEqual([])
    expect(await refusal(ann, 'cancel')).toBe('ROOM_NOT_FOUND')
  })

  it('kicks a guest, who goes on watching', async () => {
    const ann = await guest('ann')
    await link(pat, 'kick', 'ann')
    expect(phases(ann).at(-1)).toBe('ann off kicked')
    expect(ann.closedRooms).toEqual([])
    expect((await ann.fail('publishUrl', { room: ROOM })).code).toBe('FORBIDDEN')
  })

  it('mutes a guest', async () => {
    const [ann, bob] = [await guest('ann'), await viewer('bob')]
    await link(pat, 'mute', 'ann')
    expect(seen(ann, 'muted')).toEqual([{ room: ROOM, muted: true }])
    expect([...seen(bob, 'muted'), ...seen(pat, 'muted')]).toEqual([])
    expect(bob.events.at(-1)).toMatchObject({ ev: 'memberUpdated', member: { userID: 'ann', audio: false } })
  })

  it('lets no viewer act as the presenter', async () => {
    const [ann, bob] = [await viewer('ann'), await viewer('bob')]
    await link(bob, 'request')
    for (const action of ['accept', 'reject', 'invite', 'kick', 'mute'] as const) {
      expect(await refusal(ann, action, 'bob')).toBe('FORBIDDEN')
    }
    expect(await refusal(ann, 'request', 'bob')).toBe('FORBIDDEN')
    expect(phases(bob)).toEqual(['bob requesting'])
  })

  it.each([
    ['an unknown action', 'BAD_FRAME', { action: 'dance' }],
    ['a timeout of no time', 'BAD_FRAME', { action: 'request', timeoutMs: 0 }],
    ['a timeout of hours', 'BAD_PARAMETER', { action: 'request', timeoutMs: 9_000_000 }],
    ['a novel of a reason', 'BAD_PARAMETER', { action: 'request', reason: 'x'.repeat(300) }],
  ])('refuses %s', async (_what, code, params) => {
    const ann = await viewer('ann')
    const bad = { room: ROOM, ...params } as Calls['linkMic']['params']
    expect((await ann.fail('linkMic' as CallName, bad)).code).toBe(code)
    expect(phases(pat)).toEqual([])
  })
})

describe('coming back', () => {
  /** The client of the same user on a new socket, resumed. */
  async function resumed(client: HubClient, from: { epoch: string; seq: number }) {
    const back = await new HubClient(test, client.userID).login()
    return { back, answer: await back.call('resume', { room: ROOM, ...from }) }
  }

  it('tells a guest of its seat, with a push URL, and the presenter of everyone', async () => {
    const ann = await guest('ann')
    const { epoch } = await pat.join(ROOM, { kind: 'live_room' })
    await ann.drop()
    await pat.drop()
    const { answer } = await resumed(ann, { epoch, seq: 2 })
    expect(answer).toMatchObject({
      notices: [],
      live: {
        audienceCount: 1,
        presenterAway: true,
        links: [{ phase: 'on' }],
        linkRev: 2,
        pushURL: expect.stringContaining('/show.ann_main?'),
      },
    })
    const presenter = (await resumed(pat, { epoch, seq: 1 })).answer
    expect(presenter).toMatchObject({
      live: { presenterAway: false, links: [{ user: { userID: 'ann' }, phase: 'on' }] },
    })
  })

  it('tells the audience that the presenter is away and back, and the end of the room only after the grace', async () => {
    const ann = await viewer('ann')
    const { epoch } = await pat.join(ROOM, { kind: 'live_room' })
    await pat.drop()
    await test.clock.advance(GRACE_MS - 1)
    const { back } = await resumed(pat, { epoch, seq: 1 })
    expect(seen(ann, 'presenterAway').map((frame) => frame.presenterAway)).toEqual([true, false])
    await back.drop()
    await test.clock.advance(GRACE_MS - 1)
    expect(ann.closedRooms).toEqual([])
    await test.clock.advance(1)
    expect(ann.closedRooms).toEqual([{ room: ROOM, closed: 'destroyed' }])
  })

  it('frees the seat of a guest that does not come back', async () => {
    const [ann, bob] = [await guest('ann'), await viewer('bob')]
    await ann.drop()
    await test.clock.advance(GRACE_MS)
    expect(phases(pat).at(-1)).toBe('ann off lost')
    expect(bob.events.at(-1)).toMatchObject({ ev: 'memberLeft', userID: 'ann', reason: 'lost' })
  })

  it('takes the place of the same user on another socket', async () => {
    const ann = await viewer('ann')
    await viewer('ann')
    expect(ann.closedRooms).toEqual([{ room: ROOM, closed: 'replaced' }])
    expect((await pat.call('audiences', { room: ROOM })).count).toBe(1)
  })

  it('ends the feed of a viewer that has left by another socket', async () => {
    const ann = await viewer('ann')
    const other = await new HubClient(test, 'ann').login()
    await other.call('leave', { room: ROOM })
    expect(ann.closedRooms).toEqual([{ room: ROOM, closed: 'kicked' }])
  })
})
