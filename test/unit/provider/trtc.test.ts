import { RoomError } from '../../../src/errors'
import type { ProviderSession } from '../../../src/provider/provider'
import type { SigRequest } from '../../../src/provider/trtc/room-sig'
import { trtc } from '../../../src/provider/trtc/trtc'
import { createFakePlatform } from '../../support/fake-platform'
import type { FakePlatform } from '../../support/fake-platform'
import { JOIN, streamOf } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

const ACCOUNT = { sdkAppID: 1400000001, userID: 'ann_1', userSig: 'eJx*sig-_' }
const IN_101 = { ...JOIN, roomId: '101' }

let clock: VirtualClock
let platform: FakePlatform
beforeEach(() => {
  clock = new VirtualClock()
  platform = createFakePlatform({ clock })
})

function open(config: Record<string, unknown> = {}): ProviderSession {
  return trtc.open(platform, { ...ACCOUNT, ...config })
}

async function errorOf(work: Promise<unknown>): Promise<RoomError> {
  const thrown = await clock.settle(
    work.then(
      () => null,
      (error: unknown) => error,
    ),
  )
  expect(thrown).toBeInstanceOf(RoomError)
  return thrown as RoomError
}

function errorOfOpen(config: unknown): RoomError {
  try {
    trtc.open(platform, config)
  } catch (error) {
    return error as RoomError
  }
  throw new Error('it was accepted')
}

describe('join()', () => {
  it('answers at once with the URL by which the tag enters, and an empty roster', async () => {
    const result = await open().join({ ...IN_101, roomName: 'ward 3' })
    expect(result).toEqual({
      roomId: '101',
      roomName: 'ward 3',
      creator: '',
      selfId: 'ann_1',
      members: [],
      publishUrl:
        'room://cloud.tencent.com/rtc?sdkappid=1400000001&roomid=101&userid=ann_1&usersig=eJx*sig-_' +
        '&appscene=videocall&encsmall=0&cloudenv=PRO&enableBlackStream=&streamid=&userdefinerecordid=' +
        '&privatemapkey=&pureaudiomode=&recvmode=1',
    })
  })

  it('writes every option into the URL as it is', async () => {
    const session = open({
      sdkAppID: '1400000001',
      stringRoom: true,
      privateMapKey: 'key*-_',
      scene: 'live',
      pureAudioMode: 2,
      recvMode: 4,
      smallStream: true,
      streamId: 'relay_1',
      recordId: '77',
      roomCreator: 'bob',
    })
    const { publishUrl, creator } = await session.join({ ...IN_101, roomId: 'ward-3' })
    expect(creator).toBe('bob')
    expect(publishUrl).toBe(
      'room://cloud.tencent.com/rtc?sdkappid=1400000001&strroomid=ward-3&userid=ann_1&usersig=eJx*sig-_' +
        '&appscene=live&encsmall=1&cloudenv=PRO&enableBlackStream=&streamid=relay_1&userdefinerecordid=77' +
        '&privatemapkey=key*-_&pureaudiomode=2&recvmode=4',
    )
  })

  it('names the recording of a room that is to be recorded, unless the configuration does', async () => {
    const recordIdIn = async (session: ProviderSession, more = {}) => {
      const { publishUrl } = await session.join({ ...IN_101, record: true, ...more })
      return /userdefinerecordid=([^&]*)/.exec(publishUrl)?.[1]
    }
    expect(await recordIdIn(open())).toBe('101_ann_1')
    expect(await recordIdIn(open({ userID: 'ann@home' }))).toBe('101_ann-home')
    expect(await recordIdIn(open({ stringRoom: true }), { roomId: 'x'.repeat(64) })).toBe('x'.repeat(64))
    expect(await recordIdIn(open({ recordId: '77' }))).toBe('77')
  })

  it.each(['1', '4294967295', ' 7 '])('takes the room number %p', async (roomId) => {
    expect((await open().join({ ...JOIN, roomId })).roomId).toBe(roomId.trim())
  })

  it.each(['', '0', '4294967296', '-1', '1.5', '1e3', '房间', 'ward'])('refuses the room number %p', async (roomId) => {
    const error = await errorOf(open().join({ ...JOIN, roomId }))
    expect(error.code).toBe('BAD_PARAMETER')
    expect(error.message).toContain('roomID')
  })

  it.each(['', '病房', 'a&b', 'x'.repeat(65)])('refuses the room name %p', async (roomId) => {
    const error = await errorOf(open({ stringRoom: true }).join({ ...JOIN, roomId }))
    expect(error.code).toBe('BAD_PARAMETER')
    expect(error.message).toContain('strRoomID')
  })

  it('gives the audience a URL as well: nobody is in the room without a live-pusher', async () => {
    expect((await open({ scene: 'live' }).join({ ...IN_101, role: 'audience' })).publishUrl).not.toBe('')
  })
})

describe('a bad configuration is BAD_CONFIG and names the field', () => {
  it.each<[string, string, unknown]>([
    ['sdkAppID', 'no number', 'abc'],
    ['sdkAppID', 'missing', undefined],
    ['sdkAppID', 'zero', 0],
    ['userID', 'empty', ''],
    ['userID', 'in Chinese', '张三'],
    ['userID', 'with a space', 'a b'],
    ['userID', 'with an &', 'a&usersig=x'],
    ['userID', 'no text', { id: 1 }],
    ['userID', 'too long', 'x'.repeat(33)],
    ['userSig', 'empty', ''],
    ['userSig', 'with an &', 'a&b'],
    ['privateMapKey', 'in Chinese', '钥匙'],
    ['scene', 'unknown', 'theatre'],
    ['recvMode', 'unknown', 5],
    ['pureAudioMode', 'unknown', 3],
    ['stringRoom', 'no flag', 'yes'],
    ['legacy.request', 'no function', undefined],
  ])('%s %s', (field, _why, value) => {
    const config = field === 'legacy.request' ? { ...ACCOUNT, legacy: {} } : { ...ACCOUNT, [field]: value }
    const error = errorOfOpen(config)
    expect(error.code).toBe('BAD_CONFIG')
    expect(error.message).toContain(`trtc: ${field} `)
  })

  it.each([null, undefined, 'text', 7])('%p', (config) => {
    expect(errorOfOpen(config).code).toBe('BAD_CONFIG')
  })

  it('without telling a secret', () => {
    expect(errorOfOpen({ ...ACCOUNT, userSig: 'secret&' }).message).not.toContain('secret')
  })
})

describe('play URLs', () => {
  it('are those of the room, and the known form where it has given none', async () => {
    const session = open()
    await session.join(IN_101)
    const message = JSON.stringify({
      userlist: [{ userid: 'bob', playurl: 'room://given', streamtype: 'main', hasvideo: true }],
    })
    session.onMedia?.({ target: 'publisher', type: 'statechange', code: 1033, message })
    expect(await session.playUrl(streamOf('bob'))).toBe('room://given')
    expect(await session.playUrl({ ...streamOf('bob'), streamId: 'bob_aux', kind: 'aux' })).toBe(
      'room://cloud.tencent.com/rtc?userid=bob&streamtype=aux',
    )
  })
})

test('what players report, and other kinds of events, is none of its business', async () => {
  const session = open()
  const events: string[] = []
  session.events.on('closed', () => events.push('closed'))
  await session.join(IN_101)
  session.onMedia?.({ target: { streamId: 'bob_main' }, type: 'statechange', code: 1019, message: 'reason[1]' })
  session.onMedia?.({ target: 'publisher', type: 'netstatus', info: { code: 1019 } })
  session.onMedia?.({ target: 'publisher', type: 'error', code: 1019, message: 'reason[1]' })
  expect(events).toEqual([])
})

test('after close() nothing is heard and what is asked is CANCELLED', async () => {
  const session = open()
  const events: string[] = []
  session.events.on('memberJoined', ({ userID }) => events.push(userID))
  await session.join(IN_101)
  const pending = Promise.all([session.publishUrl(), session.playUrl(streamOf('bob')), session.resume()].map(errorOf))
  await session.close()
  await session.close()
  expect((await pending).map(({ code }) => code)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED'])
  session.onMedia?.({
    target: 'publisher',
    type: 'statechange',
    code: 1031,
    message: '{"userlist":[{"userid":"bob"}]}',
  })
  expect(events).toEqual([])
  for (const asked of [session.publishUrl(), session.playUrl(streamOf('bob')), session.resume()]) {
    expect((await errorOf(asked)).code).toBe('CANCELLED')
  }
})

test.each([
  ['reason[1]', 'KICKED'],
  ['reason[2]', 'ROOM_CLOSED'],
])('after %s whatever is asked rejects with %s', async (message, code) => {
  const session = open()
  await session.join(IN_101)
  session.onMedia?.({ target: 'publisher', type: 'statechange', code: 1019, message })
  expect((await errorOf(session.publishUrl())).code).toBe(code)
  await session.close()
})

test('before join() there is nothing to resume or publish', async () => {
  const session = open()
  expect((await errorOf(session.resume())).code).toBe('NOT_MEMBER')
  expect((await errorOf(session.publishUrl())).code).toBe('NOT_MEMBER')
})

describe('a room of the first generation', () => {
  interface Asked {
    readonly at: number
    readonly url: string
    readonly body: unknown
  }

  function signing(answers: readonly unknown[]): { asked: Asked[]; request: SigRequest } {
    const asked: Asked[] = []
    return {
      asked,
      request: async (url, body) => {
        const answer = answers[Math.min(asked.length, answers.length - 1)]
        asked.push({ at: clock.now(), url, body })
        if (answer instanceof Error) throw answer
        return answer
      },
    }
  }

  const SIGNED = { RspHead: { ErrorCode: 0 }, RspBody: { GroupId: 101, Sig: 'a b' } }
  const OFFLINE = new Error('request:fail')

  it('has its signature asked for and written into the URL', async () => {
    const { asked, request } = signing([SIGNED])
    const session = open({ legacy: { request }, privateMapKey: 'key' })
    const { publishUrl } = await session.join(IN_101)
    expect(publishUrl).toBe(
      'room://cloud.tencent.com?sdkappid=1400000001&roomid=101&userid=ann_1' +
        `&roomsig=${encodeURIComponent('{"GroupId":101,"Sig":"a b"}')}`,
    )
    expect(asked[0]?.url).toMatch(
      /^https:\/\/official\.opensso\.tencent-cloud\.com\/v4\/openim\/jsonvideoapp\?sdkappid=1400000001&identifier=ann_1&usersig=eJx\*sig-_&random=\d+&contenttype=json$/,
    )
    expect(asked[0]?.body).toEqual({
      ReqHead: { Cmd: 1, SeqNo: 1, BusType: 7, GroupId: 101 },
      ReqBody: { PrivMapEncrypt: 'key', TerminalType: 1, FromType: 3, SdkVersion: 26280566 },
    })
  })

  it('carries pure audio and the record id', async () => {
    const session = open({ legacy: { request: signing([SIGNED]).request }, pureAudioMode: 1, recordId: '77' })
    const { publishUrl } = await session.join(IN_101)
    expect(decodeURIComponent(/bizbuf=(.*)$/.exec(publishUrl)?.[1] ?? '')).toBe(
      '{"Str_uc_params":{"pure_audio_push_mod":1,"record_id":"77"}}',
    )
  })

  it('is asked for again after 2 s, three times at most', async () => {
    const { asked, request } = signing([OFFLINE])
    const start = clock.now()
    const error = await errorOf(open({ legacy: { request } }).join(IN_101))
    expect(error.code).toBe('PUSH_URL_FAILED')
    expect(asked.map(({ at }) => at - start)).toEqual([0, 2_000, 4_000, 6_000])
  })

  it('is entered when a later try is answered', async () => {
    const { asked, request } = signing([OFFLINE, '<html>', SIGNED])
    const { publishUrl } = await clock.settle(open({ legacy: { request } }).join(IN_101))
    expect(publishUrl).toContain('roomsig=')
    expect(asked).toHaveLength(3)
  })

  it.each([
    [{ RspHead: { ErrorCode: 70009, ErrorInfo: 'sig of another user' } }],
    [{ ErrorCode: 70009, ErrorInfo: 'sig of another user' }],
  ])('is not asked for again when it is refused', async (answer) => {
    const { asked, request } = signing([answer])
    const error = await errorOf(open({ legacy: { request } }).join(IN_101))
    expect(error.code).toBe('PUSH_URL_FAILED')
    expect(error.message).toContain('70009 sig of another user')
    expect(asked).toHaveLength(1)
  })

  it('asks for a fresh one on every reconnect, which an outage does not end', async () => {
    const { asked, request } = signing([SIGNED, OFFLINE, OFFLINE, OFFLINE, OFFLINE, SIGNED])
    const session = open({ legacy: { request } })
    await session.join(IN_101)
    expect(await errorOf(session.publishUrl())).toMatchObject({ code: 'NETWORK', recoverable: true })
    expect(await session.publishUrl()).toContain('roomsig=')
    expect(asked).toHaveLength(6)
  })

  it('counts silence as no answer', async () => {
    const request = (): Promise<unknown> => new Promise(() => undefined)
    const join = open({ legacy: { request } }).join(IN_101)
    const error = await clock.settle(
      join.then(
        () => null,
        (thrown: RoomError) => thrown,
      ),
      120_000,
    )
    expect([error?.code, error?.cause]).toEqual(['PUSH_URL_FAILED', expect.objectContaining({ code: 'TIMEOUT' })])
    expect(platform.armedTimers).toBe(0)
  })

  it.each([0, 1_000])('is given up at once by close() %d ms later', async (afterMs) => {
    const { asked, request } = signing([OFFLINE])
    const session = open({ legacy: { request } })
    const joining = expect(session.join(IN_101)).rejects.toMatchObject({ code: 'CANCELLED' })
    await clock.advance(afterMs)
    await session.close()
    await joining
    await clock.advance(10_000)
    expect(asked).toHaveLength(1)
    expect(platform.armedTimers).toBe(0)
  })

  it('has no name', async () => {
    const session = open({ legacy: { request: signing([SIGNED]).request }, stringRoom: true })
    expect((await errorOf(session.join(IN_101))).message).toContain('strRoomID')
  })
})
