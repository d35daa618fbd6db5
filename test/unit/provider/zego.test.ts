import type { JoinRequest } from '../../../src/provider/provider'
import { MIX_LOOK, mixOf, zego, type ZegoConfig } from '../../../src/provider/zego/zego'
import { LOGIN_AGAIN_MS } from '../../../src/provider/zego/zego-login'
import { createFakePlatform } from '../../support/fake-platform'
import { codeOf, hearing, joinRequest } from '../../support/room-world'
import { VirtualClock } from '../../support/virtual-clock'
import { FakeZegoEngine, ZegoCloud } from '../../support/zego-cloud'

const SOON_MS = 1_000

let clock: VirtualClock
let cloud: ZegoCloud
beforeEach(() => {
  clock = new VirtualClock()
  cloud = new ZegoCloud(clock)
})

function deviceOf(userID: string, config: Partial<ZegoConfig> = {}) {
  const platform = createFakePlatform({ clock })
  const engine = new FakeZegoEngine(cloud)
  const session = zego.open(platform, { engine, userID, token: 'token 1', ...config })
  const heard = hearing(session)
  session.events.on('presenterAway', (away) => heard.push(`presenterAway ${away}`))
  session.events.on('audienceChanged', ({ count }) => heard.push(`audience ${count}`))
  return {
    platform,
    engine,
    session,
    heard,
    callsOf: (name: string) => engine.calls.filter((call) => call[0] === name).map((call) => call.slice(1)),
    async enter(request: Partial<JoinRequest> = {}) {
      const result = await clock.settle(session.join(joinRequest(request)))
      session.onMedia?.({ target: 'publisher', type: 'statechange', code: 1002, message: 'began' })
      await clock.advance(SOON_MS)
      return result
    },
  }
}

describe('logging in', () => {
  test('hands token, user and room over, and hears of users', async () => {
    const ann = deviceOf('ann')
    await ann.enter({ userName: 'Ann' })
    expect(ann.callsOf('loginRoom')).toEqual([
      ['room', 'token 1', { userID: 'ann', userName: 'Ann' }, { userUpdate: true }],
    ])
  })

  test.each([
    [1002034, 'ROOM_FULL'],
    [1102016, 'LOGIN_REFUSED'],
    [1102018, 'LOGIN_EXPIRED'],
    [1002012, 'BAD_PARAMETER'],
    [1002031, 'TIMEOUT'],
    [1009999, 'ENTER_FAILED'],
  ])('refused with %d it is %s, and leaves nothing', async (code, expected) => {
    const ann = deviceOf('ann')
    ann.engine.refusals.set('loginRoom', { code, msg: 'refused' })
    const join = ann.session.join(joinRequest())
    await expect(clock.settle(join)).rejects.toMatchObject({ code: expected, message: `zego ${code}: refused` })
    expect(ann.engine.listenerCount + ann.platform.listeners).toBe(0)
  })

  test('may be tried again', async () => {
    const ann = deviceOf('ann')
    ann.engine.refusals.set('loginRoom', { code: 1002031, msg: 'login timeout' })
    await clock.settle(codeOf(ann.session.join(joinRequest())))
    expect((await ann.enter()).selfId).toBe('ann')
  })

  test('a pair is a room of two', async () => {
    await deviceOf('ann').enter({ capacity: 'pair' })
    await deviceOf('bob').enter({ capacity: 'pair' })
    const join = deviceOf('cyd').session.join(joinRequest({ capacity: 'pair' }))
    await expect(clock.settle(join)).rejects.toMatchObject({ code: 'ROOM_FULL' })
  })

  test('a session that follows at once on the same engine ends inside', async () => {
    const { engine, session, platform } = deviceOf('ann')
    void codeOf(session.join(joinRequest()))
    await clock.advance(30)
    void session.close()
    const second = zego.open(platform, { engine, userID: 'ann', token: 'token 1' })
    await clock.settle(second.join(joinRequest()))
    await clock.advance(SOON_MS)
    expect(cloud.usersOf('room')).toEqual(['ann'])
  })
})

describe('streams', () => {
  test('one’s own has a name of its own in the whole app, and comes from where it is wanted', async () => {
    const ann = deviceOf('ann', { publishSource: 'bgp' })
    await ann.enter({ video: false, userAvatar: 'https://pics.test/a.png' })
    const extraInfo = '{"audio":true,"video":false,"avatar":"https://pics.test/a.png","presenter":false}'
    expect(ann.callsOf('startPublishingStream')).toEqual([['room_ann_main', { extraInfo, sourceType: 'BGP' }]])
    const bob = deviceOf('bob', { publishSource: 'cdn', streamId: 'bobs-own' })
    const { members } = await bob.enter()
    expect(bob.callsOf('startPublishingStream')).toEqual([['bobs-own', expect.objectContaining({ sourceType: 'CDN' })]])
    expect(members[0]).toMatchObject({ userAvatar: 'https://pics.test/a.png', streams: [{ hasVideo: false }] })
  })

  test.each([
    [undefined, {}],
    ['auto' as const, {}],
    ['bgp' as const, { sourceType: 'BGP' }],
  ])('play source %s', async (playSource, option) => {
    await deviceOf('ann').enter()
    const bob = deviceOf('bob', { playSource })
    await bob.enter()
    expect(bob.callsOf('startPlayingStream')).toEqual([['room_ann_main', option]])
  })

  test('an id that ZEGO would not take is refused before the call', async () => {
    const ann = deviceOf('ann')
    const join = ann.session.join(joinRequest({ roomId: 'my room' }))
    await expect(clock.settle(join)).rejects.toMatchObject({
      code: 'BAD_PARAMETER',
      message: 'zego: " " is not allowed in stream id "my room_ann_main"',
    })
    expect(ann.callsOf('startPublishingStream')).toEqual([])
    expect(() => mixOf(['中'])).toThrow('"中" is not allowed')
    expect(() => mixOf([''])).toThrow('empty')
    expect(() => mixOf(['’'.repeat(85)])).toThrow('259 bytes')
    expect(mixOf(['’'.repeat(84)]).taskID).toHaveLength(88)
  })

  test('with no address left they are begun anew', async () => {
    await deviceOf('ann').enter()
    const bob = deviceOf('bob')
    const { members } = await bob.enter()
    const stream = members[0]?.streams[0]
    if (!stream) throw new Error('ann has no stream')
    bob.engine.nextUrls = 0
    await clock.settle(bob.session.playUrl(stream))
    await clock.settle(bob.session.publishUrl())
    const names = bob.engine.calls.map(([name]) => name).filter((name) => /^(start|stop)/.test(name))
    expect(names.slice(2)).toEqual([
      'stopPlayingStream',
      'startPlayingStream',
      'stopPublishingStream',
      'startPublishingStream',
    ])
  })

  test('without a play address somebody is there all the same', async () => {
    await deviceOf('ann').enter()
    const bob = deviceOf('bob')
    bob.engine.refusals.set('startPlayingStream', { code: 1004, msg: 'no' })
    const { members } = await bob.enter()
    expect(members[0]?.streams).toMatchObject([{ streamId: 'ann_main', url: '' }])
    const [stream] = members[0]?.streams ?? []
    if (stream) expect(await clock.settle(bob.session.playUrl(stream))).toMatch(/^rtmp:/)
  })

  test('tags’ events are handed back under ZEGO’s own ids', async () => {
    await deviceOf('ann').enter()
    const bob = deviceOf('bob')
    await bob.enter()
    const info = { netSpeed: 100 }
    bob.session.onMedia?.({ target: { streamId: 'ann_main' }, type: 'statechange', code: 2004, message: 'began' })
    bob.session.onMedia?.({ target: { streamId: 'ann_main' }, type: 'netstatus', info })
    bob.session.onMedia?.({ target: { streamId: 'cyd_main' }, type: 'netstatus', info })
    bob.session.onMedia?.({ target: 'publisher', type: 'netstatus', info })
    expect(bob.callsOf('updatePlayerState')).toEqual([
      ['room_bob_main', { detail: { code: 1002, message: 'began' } }],
      ['room_ann_main', { detail: { code: 2004, message: 'began' } }],
    ])
    expect(bob.callsOf('updatePlayerNetStatus')).toEqual([
      ['room_ann_main', { detail: { info } }],
      ['room_bob_main', { detail: { info } }],
    ])
  })

  test('a switched microphone reaches the others', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    const bob = deviceOf('bob')
    await bob.enter()
    await clock.settle(bob.session.announce?.({ audio: false, video: true }) ?? Promise.reject())
    await clock.advance(SOON_MS)
    const { members } = await clock.settle(ann.session.resume())
    expect(members[0]?.streams).toMatchObject([{ hasAudio: false, hasVideo: true }])
    expect(ann.heard).toContain('updated bob')
  })

  test('quality is the worse of sound and picture, by stream', async () => {
    const told: unknown[] = []
    await deviceOf('ann').enter()
    const bob = deviceOf('bob')
    bob.session.events.on('qualityMeasured', (streamId, bars) => told.push([streamId, bars]))
    await bob.enter()
    const stats = (audioQuality: number, videoQuality: number) =>
      ({ audio: { audioQuality }, video: { videoQuality } }) as never
    bob.engine.emit('publishQualityUpdate', 'room_bob_main', stats(0, 2))
    bob.engine.emit('playQualityUpdate', 'room_ann_main', stats(-1, 0))
    bob.engine.emit('playQualityUpdate', 'room_ann_main', stats(-1, -1))
    bob.engine.emit('playQualityUpdate', 'elsewhere', stats(0, 0))
    expect(told).toEqual([
      [null, 2],
      ['ann_main', 4],
      ['ann_main', -1],
    ])
  })
})

describe('the link', () => {
  test('the engine mends it: lost, restored', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    ann.engine.cut()
    ann.engine.mend()
    expect(ann.heard).toEqual(['lost NETWORK', 'restored'])
  })

  test('given up by the engine, it logs in again with a new token until it is in', async () => {
    let tokens = 1
    const ann = deviceOf('ann', { renewToken: async () => `token ${(tokens += 1)}` })
    await deviceOf('bob').enter()
    await ann.enter()
    ann.engine.emit('roomStateUpdate', 'room', 'CONNECTING', 0, '')
    ann.engine.emit('roomStateUpdate', 'room', 'DISCONNECTED', 1002053, '')
    ann.engine.refusals.set('loginRoom', { code: 1002031, msg: 'login timeout' })
    await clock.advance(2 * (LOGIN_AGAIN_MS + SOON_MS))
    expect(ann.callsOf('loginRoom').map(([, token]) => token)).toEqual(['token 1', 'token 2', 'token 3'])
    expect(ann.heard[0]).toBe('lost NETWORK')
    expect(ann.heard).toEqual(expect.arrayContaining(['retried 1', 'retried 2', 'restored', 'joined bob']))
    const { members } = await clock.settle(ann.session.resume())
    expect(members.map(({ userID }) => userID)).toEqual(['bob'])
  })

  test('network back: it logs in at once', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    ann.engine.emit('roomStateUpdate', 'room', 'DISCONNECTED', 1002053, '')
    ann.platform.goOnline()
    await clock.advance(SOON_MS)
    expect(ann.heard).toContain('restored')
    expect(ann.platform.armedTimers).toBe(0)
  })

  test.each([
    ['DISCONNECTED' as const, 1002050, 'closed replaced'],
    ['DISCONNECTED' as const, 1002055, 'closed kicked'],
    ['DISCONNECTED' as const, 1102018, 'closed expired'],
  ])('%s by %d is the end', async (state, code, end) => {
    const ann = deviceOf('ann')
    await ann.enter()
    ann.engine.emit('roomStateUpdate', 'room', state, code, '')
    expect(ann.heard).toEqual([end])
    expect(ann.engine.listenerCount + ann.platform.listeners + ann.platform.armedTimers).toBe(0)
  })

  test('KICKOUT is the end whatever its number', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    ann.engine.emit('roomStateUpdate', 'room', 'DISCONNECTED', 1002099, '')
    ann.engine.emit('roomStateChanged', 'room', 'KICKOUT' as never, 1002099, '')
    await clock.advance(60_000)
    expect(ann.heard).toEqual(['lost NETWORK', 'closed kicked'])
    expect(await codeOf(ann.session.publishUrl())).toBe('KICKED')
  })

  test('what other rooms of the engine do is none of its business', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    ann.engine.emit('roomStateUpdate', 'other', 'DISCONNECTED', 1002055, '')
    ann.engine.emit('roomStateChanged', 'other', 'KICKOUT' as never, 1002055, '')
    ann.engine.emit('roomUserUpdate', 'other', 'ADD', [{ userID: 'eve' }])
    ann.engine.emit('IMRecvCustomCommand', 'other', { userID: 'eve' }, 'hello')
    expect(ann.heard).toEqual([])
  })
})

describe('messages', () => {
  test('barrage, and commands of other apps, are heard', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    const told: unknown[] = []
    ann.session.events.on('message', ({ kind, data, from, time }) => told.push([kind, data, from.userName, time]))
    const fromUser = { userID: 'bob', userName: 'Bob' }
    const barrage = { fromUser, message: 'hi', sendTime: 17, messageID: 'm' }
    ann.engine.emit('IMRecvBarrageMessage', 'room', [barrage])
    ann.engine.emit('IMRecvCustomCommand', 'room', fromUser, '{"like":1}')
    ann.engine.emit('IMRecvCustomCommand', 'room', fromUser, 'plain')
    expect(told).toEqual([
      ['text', 'hi', 'Bob', 17],
      ['custom', { like: 1 }, 'Bob', clock.now()],
      ['custom', 'plain', 'Bob', clock.now()],
    ])
  })

  test('too long is said before it is sent, and a refusal after it', async () => {
    const ann = deviceOf('ann')
    await ann.enter()
    const send = (data: string): Promise<string> =>
      clock.settle(codeOf(ann.session.send?.({ kind: 'text', data }) ?? Promise.resolve()))
    expect(await send('中'.repeat(342))).toBe('MESSAGE_TOO_LONG')
    expect(ann.callsOf('sendBroadcastMessage')).toEqual([])
    ann.engine.refusals.set('sendBroadcastMessage', { errorCode: 1003 })
    expect(await send('hello')).toBe('SERVER_ERROR')
    ann.engine.refusals.set('sendBroadcastMessage', { code: 1003, msg: 'offline' })
    expect(await send('hello')).toBe('NETWORK')
    expect(await send('中'.repeat(341))).toBe('resolved')
  })
})

describe('a broadcast', () => {
  const live = { kind: 'live' as const }

  test('the audience plays the presenter, live, and does not publish', async () => {
    await deviceOf('ann').enter(live)
    const bob = deviceOf('bob')
    const result = await bob.enter({ ...live, role: 'audience' })
    const liveUrl = 'https://zego.test/live/room_ann_main.flv'
    expect(result).toMatchObject({ creator: 'ann', publishUrl: '', live: { liveUrl, presenterAway: false } })
    expect(result.members).toMatchObject([
      { userID: 'ann', streams: [{ streamId: 'ann_main' }, { streamId: 'ann_live', url: liveUrl }] },
    ])
    expect(bob.callsOf('startPublishingStream')).toEqual([])
  })

  test('the presenter hears how many watch, and sees those who publish alone', async () => {
    const ann = deviceOf('ann')
    const { live: info, creator } = await ann.enter(live)
    expect({ info, creator }).toMatchObject({ creator: 'ann', info: { presenterAway: false } })
    await deviceOf('bob').enter({ ...live, role: 'audience' })
    expect(ann.heard).toEqual(['audience 1'])
  })

  test('the audience hears that the presenter is away, and is back', async () => {
    const ann = deviceOf('ann')
    await ann.enter(live)
    const bob = deviceOf('bob')
    await bob.enter({ ...live, role: 'audience' })
    ann.engine.vanish()
    await clock.advance(SOON_MS)
    await deviceOf('ann').enter(live)
    expect(bob.heard.filter((line) => line.startsWith('presenter'))).toEqual([
      'presenterAway true',
      'presenterAway false',
    ])
  })
})

describe('an empty broadcast', () => {
  test('keeps nobody waiting', async () => {
    const bob = deviceOf('bob')
    const result = await bob.enter({ kind: 'live', role: 'audience' })
    expect(result).toMatchObject({ members: [], live: { liveUrl: '', presenterAway: true } })
    await clock.settle(bob.session.close())
    expect(bob.platform.armedTimers).toBe(0)
  })
})

describe('mixing', () => {
  test('two thirds for the first, a third each for the others below', () => {
    const { inputList, outputList, outputConfig } = mixOf(['ann', 'bob', 'cyd'])
    expect(inputList).toEqual([
      { streamID: 'ann', layout: { top: 0, left: 0, bottom: 640, right: 360 } },
      { streamID: 'bob', layout: { top: 427, left: 240, bottom: 640, right: 360 } },
      { streamID: 'cyd', layout: { top: 427, left: 0, bottom: 640, right: 120 } },
    ])
    expect(outputList).toEqual([{ target: 'mix-ann' }])
    expect(outputConfig).toEqual({ outputBitrate: 800, outputFPS: 15, outputWidth: 360, outputHeight: 640 })
    expect(MIX_LOOK).toEqual({ backgroundColor: 0xc8c8c800 })
  })

  test('is for one to three', () => {
    expect(mixOf(['ann']).inputList).toHaveLength(1)
    expect(() => mixOf([])).toThrow('0 streams')
    expect(() => mixOf(['a', 'b', 'c', 'd'])).toThrow('4 streams')
  })
})
