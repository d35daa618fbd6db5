import { RoomError } from '../../../src/errors'
import { direct, playUrlsOf, type DirectConfig, type DirectMember } from '../../../src/provider/direct/direct'
import type { JoinRequest } from '../../../src/provider/provider'
import { createFakePlatform } from '../../support/fake-platform'
import { codeOf, hearing, joinRequest } from '../../support/room-world'
import { VirtualClock } from '../../support/virtual-clock'

const bob = { userID: 'bob', userName: 'Bob', playUrl: 'rtmp://media.test/live/bob' }
const cyd = { userID: 'cyd', playUrl: 'http://media.test/live/cyd.flv?sign=1', video: false }

function openDirect(config: Partial<DirectConfig>) {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const session = direct.open(platform, {
    userID: 'ann',
    pushUrl: 'rtmp://media.test/live/ann',
    members: [],
    ...config,
  })
  const heard = hearing(session)
  const join = (request: Partial<JoinRequest> = {}) => clock.settle(session.join(joinRequest(request)))
  return { clock, platform, session, heard, join }
}

describe('a list', () => {
  test('is the room, without oneself, in its own order', async () => {
    const ann = { userID: 'ann', playUrl: 'rtmp://media.test/live/ann' }
    const { platform, join } = openDirect({ members: [cyd, ann, bob] })
    const { members, publishUrl } = await join()
    expect(publishUrl).toBe('rtmp://media.test/live/ann')
    expect(members).toMatchObject([
      { userID: 'cyd', userName: 'cyd', streams: [{ url: cyd.playUrl, hasAudio: true, hasVideo: false }] },
      { userID: 'bob', userName: 'Bob', streams: [{ url: bob.playUrl, hasAudio: true, hasVideo: true }] },
    ])
    expect(platform.armedTimers).toBe(0)
  })

  test('of a broadcast has a live stream beside the other', async () => {
    const liveUrl = 'https://cdn.test/live/bob.flv'
    const { join } = openDirect({ pushUrl: undefined, members: [{ ...bob, liveUrl }] })
    const result = await join({ kind: 'live', role: 'audience' })
    expect(result).toMatchObject({ creator: 'bob', publishUrl: '', live: { liveUrl, presenterAway: false } })
    expect(result.members[0]?.streams).toMatchObject([{ streamId: 'bob_main' }, { streamId: 'bob_live', url: liveUrl }])
  })
})

describe('functions', () => {
  test('are asked with the request, and the members again and again', async () => {
    const rooms: string[] = []
    let list: DirectMember[] = [bob]
    const { clock, platform, session, heard, join } = openDirect({
      pushUrl: ({ roomId }) => `rtmp://media.test/${roomId}/ann`,
      members: ({ roomId }) => {
        rooms.push(roomId)
        return list
      },
      refreshMs: 1_000,
    })
    expect((await join({ roomId: 'r7' })).publishUrl).toBe('rtmp://media.test/r7/ann')
    list = [{ ...bob, playUrl: 'rtmp://media.test/live/bob?sign=2' }]
    await clock.advance(1_000)
    expect(heard).toEqual([])
    list = [{ ...bob, userName: 'Robert' }, cyd]
    await clock.advance(1_000)
    list = []
    await clock.advance(1_000)
    expect(heard).toEqual(['updated bob', 'joined cyd', 'left bob left', 'left cyd left'])
    expect(rooms).toEqual(['r7', 'r7', 'r7', 'r7'])
    await session.close()
    expect(platform.armedTimers).toBe(0)
  })

  test('that fail for a while change nothing', async () => {
    let isDown = false
    const { clock, platform, heard, join } = openDirect({
      members: () => {
        if (isDown) throw new Error('502 rtmp://secret')
        return [bob]
      },
    })
    await join()
    isDown = true
    await clock.advance(20_000)
    isDown = false
    await clock.advance(5_000)
    expect(heard).toEqual([])
    expect(platform.logs.map(({ level, data }) => `${level} ${String(data)}`)).toEqual(
      Array(4).fill('warn SERVER_ERROR'),
    )
  })

  test.each<[code: string, words: string, Partial<DirectConfig>]>([
    ['PUSH_URL_FAILED', 'pushUrl', { pushUrl: () => 'https://media.test/live/ann' }],
    ['SERVER_ERROR', '502', { pushUrl: () => Promise.reject(new Error('502')) }],
    ['SERVER_ERROR', 'members is not an array', { members: () => undefined as never }],
    ['SERVER_ERROR', 'members[0].playUrl', { members: () => [{ ...bob, playUrl: '/live/bob.flv' }] }],
    ['FORBIDDEN', 'not yours', { members: () => Promise.reject(new RoomError('FORBIDDEN', 'not yours')) }],
  ])('an answer that is wrong ends the join: %s %s', async (code, words, config) => {
    await expect(openDirect(config).join()).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
  })

  test.each<[string, Partial<DirectConfig>]>([
    ['pushUrl', { pushUrl: () => new Promise(() => undefined) }],
    ['members', { members: () => new Promise(() => undefined) }],
  ])('a join that %s never answers is TIMEOUT, which may be tried again', async (_name, config) => {
    const { platform, session, join } = openDirect(config)
    await expect(join()).rejects.toMatchObject({ code: 'TIMEOUT', recoverable: true })
    await session.close()
    expect(platform.armedTimers).toBe(0)
  })

  test('a question for the members that is never answered is asked again', async () => {
    const answers: Promise<DirectMember[]>[] = [Promise.resolve([]), new Promise(() => undefined)]
    const { clock, platform, session, heard, join } = openDirect({
      members: () => answers.shift() ?? Promise.resolve([bob]),
    })
    await join()
    await clock.advance(30_000)
    expect(heard).toEqual(['joined bob'])
    expect(platform.logs).toEqual([expect.objectContaining({ level: 'warn', data: 'TIMEOUT' })])
    await session.close()
    expect(platform.armedTimers).toBe(0)
  })

  test('what is not answered when the session ends is waited for no longer, and said no word of', async () => {
    const answers: Promise<DirectMember[]>[] = [Promise.resolve([])]
    const { clock, platform, session, join } = openDirect({
      members: () => answers.shift() ?? new Promise(() => undefined),
    })
    await join()
    await clock.advance(6_000)
    await session.close()
    await clock.advance(60_000)
    expect([platform.armedTimers, platform.logs]).toEqual([0, []])
  })

  test('an older answer does not overtake a newer one', async () => {
    const delays = [0, 3_000, 0]
    let asked = 0
    const { clock, session, join } = openDirect({
      members: () => {
        const list = (asked += 1) === 2 ? [bob] : []
        return new Promise((resolve) => clock.setTimer(delays[asked - 1] ?? 0, () => resolve(list)))
      },
      refreshMs: 0,
    })
    await join()
    const slow = session.resume()
    await clock.settle(session.resume())
    await clock.settle(slow)
    expect((await clock.settle(slow)).members).toEqual([])
  })

  test('without playUrl the members are asked for a fresh one', async () => {
    let list = [bob]
    const { clock, session, join } = openDirect({ members: () => list })
    const stream = (await join()).members[0]?.streams[0]
    if (!stream) throw new Error('bob has no stream')
    list = [{ ...bob, playUrl: 'rtmp://media.test/live/bob?sign=2' }]
    expect(await clock.settle(session.playUrl(stream))).toBe('rtmp://media.test/live/bob?sign=2')
    list = []
    expect(await clock.settle(codeOf(session.playUrl(stream)))).toBe('CANCELLED')
  })
})

test('who publishes needs a push URL', async () => {
  await expect(openDirect({ pushUrl: undefined }).join()).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: expect.stringContaining('pushUrl'),
  })
})

describe('play URLs of a push URL', () => {
  test('leave the signature out, and the port of RTMP', () => {
    expect(playUrlsOf('rtmp://media.test:1935/live/ann?txSecret=abc&txTime=1')).toEqual({
      rtmp: 'rtmp://media.test:1935/live/ann',
      flv: 'https://media.test/live/ann.flv',
      hls: 'https://media.test/live/ann.m3u8',
    })
  })

  test('may be at other hosts, as with a CDN or SRS', () => {
    expect(
      playUrlsOf('rtmp://push.test/a/b/ann', { host: 'play.test', httpHost: 'play.test:8080', secure: false }),
    ).toEqual({
      rtmp: 'rtmp://play.test/a/b/ann',
      flv: 'http://play.test:8080/a/b/ann.flv',
      hls: 'http://play.test:8080/a/b/ann.m3u8',
    })
  })

  test.each([
    '',
    'https://media.test/live/ann',
    'rtmp://media.test',
    'rtmp://media.test/ann',
    'rtmp://media.test/live/',
  ])('"%s" is no push URL', (url) =>
    expect(() => playUrlsOf(url)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' })),
  )
})
