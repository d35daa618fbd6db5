import { RoomError } from '../../../src/errors'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { RoomSession } from '../../../src/room/room-session'
import type { RoomSessionEvents } from '../../../src/room/session-events'
import { createFakeHost, RENDER_MS } from '../../support/fake-host'
import { createFakePlatform } from '../../support/fake-platform'
import { createFakeProvider, JOIN, joinResultOf, memberOf, snapshotOf } from '../../support/fake-provider'
import type { FakeProviderSession } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

const NAMES: readonly (keyof RoomSessionEvents)[] = [
  'phaseChanged',
  'memberJoined',
  'memberUpdated',
  'memberLeft',
  'messageReceived',
  'closed',
  'failed',
  'reconnecting',
  'reconnected',
]

function setUp(config: unknown = {}, more: { autoplay?: boolean } = {}) {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const host = createFakeHost(clock)
  const provider = createFakeProvider()
  const session = new RoomSession({
    platform,
    provider,
    providerConfig: config,
    host,
    policy: createDefaultPolicy(platform),
    seats: 4,
    ...more,
  })
  const news: string[] = []
  for (const name of NAMES) {
    session.events.on(name, (...args: unknown[]) => {
      const first = args[0] as { userID?: string; code?: string } | string
      news.push(`${name} ${typeof first === 'string' ? first : (first.userID ?? first.code ?? '')}`.trim())
    })
  }
  const link = (index = 0): FakeProviderSession => provider.sessions[index] as FakeProviderSession
  const join = async (...users: string[]) => {
    const started = session.start(JOIN)
    link(provider.sessions.length - 1).joins[0]?.resolve(joinResultOf(...users.map((user) => memberOf(user))))
    await started
    await clock.advance(RENDER_MS)
  }
  return { clock, platform, host, provider, session, news, link, join }
}

describe('announce()', () => {
  it('tells what was switched while joining behind the join', async () => {
    const { clock, session, link } = setUp()
    void session.start(JOIN)
    session.announce({ audio: false, video: true })
    session.announce({ audio: false, video: false })
    await clock.advance(0)
    expect(link().announced).toEqual([])
    link().joins[0]?.resolve(joinResultOf())
    await clock.advance(0)
    expect(link().announced).toEqual([{ audio: false, video: false }])
  })
})

describe('start()', () => {
  it('joins, publishes and plays everyone', async () => {
    const { session, host, news, join } = setUp()
    await join('ann', 'bob')
    expect(session.room.phase).toBe('joined')
    expect(session.media.publisher?.url).toBe('rtmp://push/me?v=1')
    expect(session.media.slots.map((slot) => slot?.streamId)).toEqual(['ann_main', 'bob_main'])
    expect(host.calls).toEqual(['publisher.start'])
    expect(news).toEqual(['phaseChanged joining', 'phaseChanged joined'])
  })

  it('plays nobody once a listener has stopped amid the members of the room', async () => {
    const { clock, session, host, join } = setUp()
    session.events.on('changed', () => {
      if (session.media.slots.length === 1) void session.stop()
    })
    await join('ann', 'bob', 'carol')
    await clock.advance(RENDER_MS)
    expect(session.room.phase).toBe('closed')
    expect(host.calls.filter((call) => !call.endsWith('stop'))).toEqual([])
    expect(clock.pending).toEqual([])
  })

  it('answers a second call with the same promise', async () => {
    const { session, provider, join } = setUp()
    const first = session.start(JOIN)
    expect(session.start(JOIN)).toBe(first)
    await join()
    expect(session.start(JOIN)).toBe(first)
    expect(provider.sessions).toHaveLength(1)
  })

  it('rejects with what the provider answered, and reports it once', async () => {
    const { session, link, news } = setUp()
    const started = session.start(JOIN)
    link().joins[0]?.reject(new RoomError('ROOM_FULL'))
    await expect(started).rejects.toMatchObject({ code: 'ROOM_FULL' })
    expect(news).toEqual(['phaseChanged joining', 'phaseChanged closed', 'failed ROOM_FULL'])
    expect(link().closed).toBe(true)
  })

  it('rejects with BAD_CONFIG when the provider cannot be opened', async () => {
    const { session } = setUp('bad')
    await expect(session.start(JOIN)).rejects.toMatchObject({ code: 'BAD_CONFIG' })
    expect(session.room.phase).toBe('closed')
  })

  it('can be called again after a failure', async () => {
    const { session, link, join } = setUp()
    const refused = session.start(JOIN)
    link().joins[0]?.reject(new RoomError('ROOM_NOT_FOUND'))
    await expect(refused).rejects.toThrow()
    await join('ann')
    expect(session.room).toMatchObject({ phase: 'joined', epoch: 2 })
  })

  it.each([
    ['the server has closed', async (link: FakeProviderSession) => link.events.emit('closed', 'destroyed')],
    ['was left', async (_link: FakeProviderSession, stop: () => Promise<void>) => stop()],
  ])('joins anew from within the news that the room %s', async (_what, end) => {
    const { clock, session, provider, link, join } = setUp()
    await join('ann')
    const unsubscribe = session.events.on('phaseChanged', () => {
      unsubscribe()
      void session.start(JOIN)
    })
    await end(link(), () => session.stop())
    expect(link().closed).toBe(true)
    link(1).joins[0]?.resolve(joinResultOf(memberOf('bob')))
    await clock.advance(RENDER_MS)
    expect(session.room.phase).toBe('joined')
    expect(session.media.slots.map((slot) => slot?.streamId)).toEqual(['bob_main'])
    expect(provider.sessions).toHaveLength(2)
  })

  it('tries again what failed for the moment after the connection had been tried several times', async () => {
    const { clock, session, link } = setUp()
    const started = session.start(JOIN)
    link().events.emit('connectionLost', new RoomError('NETWORK'))
    link().events.emit('connectionRetried', 3)
    link().joins[0]?.reject(new RoomError('TIMEOUT'))
    await clock.advance(8_000)
    link().joins[1]?.resolve(joinResultOf())
    await started
    expect(session.room.phase).toBe('joined')
  })

  it('tries again by itself what failed for the moment', async () => {
    const { clock, session, link, news } = setUp()
    const started = session.start(JOIN)
    link().joins[0]?.reject(new RoomError('TIMEOUT'))
    await clock.advance(0)
    link().joins[1]?.resolve(joinResultOf())
    await started
    expect(news).toContain('reconnecting')
    expect(session.room.phase).toBe('joined')
  })
})

describe('stop()', () => {
  it('leaves nothing behind and can be called twice', async () => {
    const { clock, platform, host, session, link, join } = setUp()
    await join('ann', 'bob')
    await Promise.all([session.stop(), session.stop()])
    expect(session.room.phase).toBe('closed')
    expect(session.media).toEqual({ publisher: null, slots: [] })
    expect(link().closed).toBe(true)
    expect(host.calls).toEqual(['publisher.start', 'publisher.stop', 'player0.stop', 'player1.stop'])
    await clock.advance(60_000)
    expect(platform.armedTimers + platform.listeners + platform.openSockets).toBe(0)
  })

  it('called by a listener ends what the listener was told of', async () => {
    const { clock, platform, session, link } = setUp()
    session.events.on('reconnecting', () => void session.stop())
    const started = session.start(JOIN)
    link().joins[0]?.reject(new RoomError('TIMEOUT'))
    await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(platform.armedTimers + platform.listeners).toBe(0)
    await clock.advance(60_000)
    expect(link().joins).toHaveLength(1)
  })

  it('and start() called by a listener join once', async () => {
    const { session, provider } = setUp()
    const unsubscribe = session.events.on('phaseChanged', () => {
      unsubscribe()
      void session.stop()
      session.start(JOIN).catch(() => undefined)
    })
    await expect(session.start(JOIN)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(session.room).toMatchObject({ phase: 'joining', epoch: 2 })
    expect(provider.sessions.map(({ joins }) => joins.length)).toEqual([1])
  })

  it('during start() rejects it as CANCELLED and lets no late answer in', async () => {
    const { session, link, news } = setUp()
    const started = session.start(JOIN)
    const stopped = session.stop()
    await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
    await stopped
    link().joins[0]?.resolve(joinResultOf(memberOf('ann')))
    await Promise.resolve()
    expect(session.room.phase).toBe('closed')
    expect(news).toEqual(['phaseChanged joining', 'phaseChanged leaving', 'phaseChanged closed'])
  })

  it('followed at once by start() joins anew while the old leave is still under way', async () => {
    const { session, provider, link, join } = setUp()
    await join('ann')
    let release!: () => void
    link().closing = new Promise((resolve) => (release = resolve))
    const stopped = session.stop()
    await join('bob')
    release()
    await stopped
    expect(provider.sessions).toHaveLength(2)
    expect(session.room).toMatchObject({ phase: 'joined', epoch: 2 })
    expect([...session.room.roster.keys()]).toEqual(['bob'])
  })

  it('dispose() is silent and final', async () => {
    const { session, news, join } = setUp()
    await join('ann')
    news.length = 0
    session.dispose()
    expect(news).toEqual([])
    expect(session.media.publisher).toBeNull()
    await expect(session.start(JOIN)).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('in the room', () => {
  it('follows members and reports them', async () => {
    const { session, link, news, join } = setUp()
    await join('ann')
    link().events.emit('memberJoined', memberOf('bob'))
    link().events.emit('memberUpdated', memberOf('bob', { userName: 'Bobby' }))
    link().events.emit('memberLeft', 'ann', 'lost')
    expect(news.slice(-3)).toEqual(['memberJoined bob', 'memberUpdated bob', 'memberLeft ann'])
    expect(session.media.slots.map((slot) => slot && slot.streamId)).toEqual([null, 'bob_main'])
  })

  it('shows no more than there are seats and everyone again when it grows', async () => {
    const { session, join } = setUp()
    await join('a', 'b', 'c', 'd', 'e')
    expect(session.media.slots).toHaveLength(3)
    session.setSeats(9)
    expect(session.media.slots.map((slot) => slot?.streamId)).toEqual([
      'a_main',
      'b_main',
      'c_main',
      'd_main',
      'e_main',
    ])
  })

  it('asks for the full truth after a drop of the connection', async () => {
    const { session, link, news, join } = setUp()
    await join('ann', 'bob')
    link().events.emit('connectionLost', new RoomError('NETWORK'))
    expect(session.room.phase).toBe('reconnecting')
    expect(session.media.slots.filter(Boolean)).toHaveLength(2)
    link().events.emit('connectionRestored')
    link().resumes[0]?.resolve(snapshotOf(memberOf('bob'), memberOf('cid')))
    await Promise.resolve()
    expect(session.room.phase).toBe('joined')
    expect(news.slice(-4)).toEqual(['phaseChanged joined', 'reconnected me', 'memberLeft ann', 'memberJoined cid'])
  })

  it('turns a tag that was given up into a lost one', async () => {
    const { clock, session, link, join } = setUp()
    await join('ann')
    const errors: RoomError[] = []
    session.events.on('failed', (error) => void errors.push(error))
    link().urlError = new RoomError('NETWORK')
    session.handleMedia({ target: 'publisher', type: 'statechange', code: -1307 })
    await clock.advance(11 * 60_000)
    expect(errors.map((error) => error.code)).toContain('PUSH_LOST')
    expect(session.room.phase).toBe('joined')
  })

  it('hurries waiting retries when network or foreground is back', async () => {
    const { clock, platform, session, link, join } = setUp()
    await join('ann')
    link().urlError = new RoomError('NETWORK')
    session.handleMedia({ target: { streamId: 'ann_main' }, type: 'statechange', code: -2301 })
    await clock.advance(5_000)
    link().urlError = null
    platform.goOnline()
    await clock.advance(0)
    expect(session.media.slots[0]?.phase).toBe('starting')
    session.handleMedia({ target: 'publisher', type: 'statechange', code: 5000 })
    platform.goOnline()
    link().events.emit('connectionRestored')
    expect(session.media.publisher?.phase).toBe('suspended')
    platform.foreground()
    await clock.advance(0)
    expect(session.media.publisher).toMatchObject({ phase: 'starting', attempt: 1 })
  })

  it('is over when the server closes the room', async () => {
    const { session, link, news, join } = setUp()
    await join('ann')
    link().events.emit('closed', 'kicked')
    expect(session.room).toMatchObject({ phase: 'closed', closeReason: 'kicked' })
    expect(news.slice(-2)).toEqual(['phaseChanged closed', 'closed kicked'])
  })

  it('sends messages and announces devices, and refuses both sensibly outside a room', async () => {
    const { session, link, join } = setUp()
    await expect(session.send({ kind: 'text', data: 'hi' })).rejects.toMatchObject({ code: 'NOT_MEMBER' })
    session.announce({ audio: false, video: true })
    await join()
    await session.send({ kind: 'text', data: 'hi' })
    session.announce({ audio: true, video: false })
    expect(link().sent).toEqual([{ kind: 'text', data: 'hi' }])
    expect(link().announced).toEqual([{ audio: true, video: false }])
  })

  it('says of a message that is no JSON that it cannot be', async () => {
    const { session, link, join } = setUp()
    await join()
    const circular: Record<string, unknown> = {}
    circular.itself = circular
    link().send = async (message) => void JSON.stringify(message)
    const sent = session.send({ kind: 'custom', data: circular })
    await expect(sent).rejects.toBeInstanceOf(RoomError)
    await expect(sent).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
  })

  it('restarts the live-pusher for a switched camera, not for a switched microphone', async () => {
    const { clock, host, session, join } = setUp()
    await join()
    session.announce({ audio: false, video: true })
    await clock.advance(RENDER_MS)
    expect(host.calls).toEqual(['publisher.start'])
    session.announce({ audio: false, video: false })
    await clock.advance(RENDER_MS)
    expect(host.calls).toEqual(['publisher.start', 'publisher.stop', 'publisher.start'])
  })

  it('survives a page whose listener throws', async () => {
    const { platform, session, join } = setUp()
    session.events.on('phaseChanged', () => {
      throw new Error('page bug')
    })
    await join('ann')
    expect(session.room.phase).toBe('joined')
    expect(platform.logs.filter((entry) => entry.level === 'error').length).toBeGreaterThan(0)
  })

  it('pauses, resumes, switches the camera and retries a picture on request', async () => {
    const { clock, host, session, join } = setUp()
    await join('ann')
    await expect(clock.settle(session.switchCamera())).resolves.toBeUndefined()
    host.calls.length = 0
    session.pause()
    session.resume()
    expect(host.calls).toEqual(['publisher.pause', 'player0.pause', 'publisher.resume', 'player0.resume'])
    host.publisherOnPage = false
    await expect(session.switchCamera()).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  })
})

describe('setPlaying()', () => {
  const phases = (session: RoomSession) => session.media.slots.map((slot) => slot?.phase)

  it('keeps the tile of whoever is not to be played, until the stay ends', async () => {
    const { session, join, clock } = setUp()
    await join('ann', 'bob')
    session.setPlaying('bob', false)
    expect(phases(session)).toEqual(['starting', 'held'])
    session.setPlaying('bob', true)
    expect(phases(session)).toEqual(['starting', 'starting'])
    session.setPlaying('bob', false)
    await clock.settle(session.stop())
    await join('ann', 'bob')
    expect(phases(session)).toEqual(['starting', 'starting'])
  })

  it('asks for whom to play where nobody is played by himself', async () => {
    const { session, join } = setUp({}, { autoplay: false })
    await join('ann', 'bob')
    expect(phases(session)).toEqual(['held', 'held'])
    session.setPlaying('ann', true)
    expect(phases(session)).toEqual(['starting', 'held'])
  })
})
