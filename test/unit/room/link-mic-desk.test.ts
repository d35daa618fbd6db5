import { RoomError } from '../../../src/errors'
import type { LinkPhase, LinkState, UserInfo } from '../../../src/model'
import type { LinkMicRequest } from '../../../src/provider/provider'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { RoomSession } from '../../../src/room/room-session'
import { createFakeHost, RENDER_MS } from '../../support/fake-host'
import { createFakePlatform } from '../../support/fake-platform'
import { createFakeProvider, JOIN, joinResultOf, memberOf, streamOf } from '../../support/fake-provider'
import type { FakeProviderSession } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

const me: UserInfo = { userID: 'me', userName: 'Me', userAvatar: '' }
const vic: UserInfo = { userID: 'vic', userName: 'Vic', userAvatar: '' }
const presenter = memberOf('ann', {
  streams: [streamOf('ann'), { ...streamOf('ann', 'http://flv/ann'), streamId: 'ann_live', kind: 'live' }],
})
const LIVE = { liveUrl: 'http://flv/ann', audienceCount: 1, presenterAway: false, links: [] }

function setUp() {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const host = createFakeHost(clock)
  const provider = createFakeProvider()
  const session = new RoomSession({
    platform,
    provider,
    providerConfig: {},
    host,
    policy: createDefaultPolicy(platform),
    seats: 4,
  })
  const news: string[] = []
  session.events.on('linkOn', (user) => news.push(`on ${user?.userID ?? 'me'}`))
  session.events.on('linkOff', (user, reason) => news.push(`off ${user?.userID ?? 'me'} ${reason}`))
  session.events.on('linkRequested', (user) => news.push(`requested ${user.userID}`))
  session.events.on('linkInvited', () => news.push('invited'))
  const link = (): FakeProviderSession => provider.sessions[0] as FakeProviderSession
  const enter = async (role: 'anchor' | 'audience') => {
    const started = session.start({ ...JOIN, kind: 'live', role })
    const publishUrl = role === 'anchor' ? 'rtmp://push/me?v=1' : ''
    const members = role === 'anchor' ? [] : [presenter]
    link().joins[0]?.resolve({ ...joinResultOf(...members), publishUrl, live: LIVE })
    await started
    await clock.advance(RENDER_MS)
  }
  const tell = (phase: LinkPhase, rev: number, more: Partial<LinkState> = {}) =>
    link().events.emit('linkChanged', { user: me, phase, rev, ...more }, phase === 'on' ? 'rtmp://push/me?v=1' : '')
  const playing = () => session.media.slots.map((slot) => slot?.streamId)
  return { clock, platform, session, news, link, enter, tell, playing }
}

/** What the server answers to a step of one's own. */
function answering(
  session: FakeProviderSession,
  answer: (request: LinkMicRequest) => LinkState | RoomError,
): LinkMicRequest[] {
  const asked: LinkMicRequest[] = []
  session.linkMic = async (request) => {
    asked.push(request)
    const outcome = answer(request)
    if (outcome instanceof RoomError) throw outcome
    return { link: outcome, publishUrl: outcome.phase === 'on' ? 'rtmp://push/me?v=1' : '' }
  }
  return asked
}

describe('a viewer', () => {
  it('plays the live stream, and the low-latency one while linked', async () => {
    const { clock, session, news, link, enter, tell, playing } = setUp()
    await enter('audience')
    expect(session.media.publisher).toBeNull()
    expect(playing()).toEqual(['ann_live'])
    answering(link(), () => ({ user: me, phase: 'requesting', rev: 1 }))
    const linked = session.linkMic.request()
    await clock.advance(0)
    tell('on', 2)
    expect(session.media.publisher?.url).toBe('rtmp://push/me?v=1')
    expect(playing()).toEqual(['ann_main'])
    session.handleMedia({ target: 'publisher', type: 'statechange', code: 1002 })
    await linked
    tell('off', 3, { reason: 'kicked' })
    expect(session.media.publisher).toBeNull()
    expect(playing()).toEqual(['ann_live'])
    expect(news).toEqual(['on me', 'off me kicked'])
  })

  it.each([
    ['rejected', 'LINK_REJECTED'],
    ['timeout', 'LINK_TIMEOUT'],
  ] as const)('learns that a request was %s', async (reason, code) => {
    const { clock, session, link, enter, tell } = setUp()
    await enter('audience')
    answering(link(), () => ({ user: me, phase: 'requesting', rev: 1 }))
    const linked = session.linkMic.request()
    await clock.advance(0)
    tell('off', 2, { reason, text: 'Later, please' })
    await expect(linked).rejects.toMatchObject({ code, message: 'Later, please' })
  })

  it('learns at once when the server refuses', async () => {
    const { session, link, enter } = setUp()
    await enter('audience')
    answering(link(), () => new RoomError('SEATS_FULL'))
    await expect(session.linkMic.request()).rejects.toMatchObject({ code: 'SEATS_FULL' })
    expect(session.room.live?.own.phase).toBe('off')
  })

  it('gives up by itself when no word comes', async () => {
    const { clock, platform, session, link, enter } = setUp()
    await enter('audience')
    const asked = answering(link(), ({ action }) => ({
      user: me,
      phase: action === 'request' ? 'requesting' : 'off',
      rev: action === 'request' ? 1 : 2,
    }))
    const timers = platform.armedTimers
    const linked = session.linkMic.request(5_000)
    linked.catch(() => undefined)
    await clock.advance(8_000)
    await expect(linked).rejects.toMatchObject({ code: 'LINK_TIMEOUT' })
    expect(asked.map(({ action }) => action)).toEqual(['request', 'cancel'])
    expect(asked[0]?.timeoutMs).toBe(5_000)
    expect(platform.armedTimers).toBeLessThanOrEqual(timers)
  })

  it('accepts or declines an invitation, and only an invitation', async () => {
    const { clock, session, link, enter, tell, news } = setUp()
    await enter('audience')
    await expect(session.linkMic.answerInvite(true)).rejects.toMatchObject({ code: 'NOT_REQUESTED' })
    const asked = answering(link(), ({ action }) => ({
      user: me,
      phase: action === 'acceptInvite' ? 'on' : 'off',
      rev: 9,
    }))
    tell('invited', 1)
    const linked = session.linkMic.answerInvite(true)
    await clock.advance(0)
    session.handleMedia({ target: 'publisher', type: 'statechange', code: 1002 })
    await linked
    expect(asked.map(({ action }) => action)).toEqual(['acceptInvite'])
    expect(news).toEqual(['invited', 'on me'])
    await expect(session.linkMic.request()).resolves.toBeUndefined()
  })

  it('leaves nothing waiting when the room is left during a request', async () => {
    const { clock, platform, session, link, enter } = setUp()
    await enter('audience')
    answering(link(), () => ({ user: me, phase: 'requesting', rev: 1 }))
    const linked = session.linkMic.request()
    linked.catch(() => undefined)
    await clock.advance(0)
    await session.stop()
    await expect(linked).rejects.toMatchObject({ code: 'CANCELLED' })
    await clock.advance(60_000)
    expect(platform.armedTimers).toBe(0)
  })

  it('is told that there is no room, or no link-mic', async () => {
    const { session, enter } = setUp()
    await expect(session.linkMic.request()).rejects.toMatchObject({ code: 'NOT_MEMBER' })
    await enter('audience')
    await expect(session.linkMic.request()).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: 'Provider fake does not support linkMic',
    })
  })
})

describe('a presenter', () => {
  it('hears of requests, accepts, and kicks', async () => {
    const { session, link, enter, news } = setUp()
    await enter('anchor')
    link().events.emit('linkChanged', { user: vic, phase: 'requesting', rev: 1 }, '')
    const asked = answering(link(), ({ action }) => ({
      user: vic,
      phase: action === 'accept' ? 'on' : 'off',
      rev: action === 'accept' ? 2 : 3,
      reason: action === 'accept' ? 'accepted' : 'kicked',
    }))
    await session.linkMic.act('accept', 'vic')
    await session.linkMic.act('kick', 'vic', 'Thank you')
    expect(asked).toEqual([
      { action: 'accept', userID: 'vic' },
      { action: 'kick', userID: 'vic', reason: 'Thank you' },
    ])
    expect(news).toEqual(['requested vic', 'on vic', 'off vic kicked'])
  })

  it('is told when there is nothing to answer, and nothing changes', async () => {
    const { session, link, enter, news } = setUp()
    await enter('anchor')
    answering(link(), () => new RoomError('NOT_REQUESTED'))
    const before = session.room
    await expect(session.linkMic.act('accept', 'vic')).rejects.toMatchObject({ code: 'NOT_REQUESTED' })
    expect(session.room).toBe(before)
    expect(news).toEqual([])
  })
})
