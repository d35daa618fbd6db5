import fc from 'fast-check'
import { createGate } from '../../server/src/gate'
import { createKeys } from '../../server/src/keys'
import { parseStreamName, streamNameOf } from '../../server/src/stream-name'
import { createStreamUrls } from '../../server/src/stream-urls'
import { VirtualClock } from '../support/virtual-clock'
import { keys } from './support/hub-client'

const HOUR = 3600_000
const reach = { host: 'rooms.test:8080', secure: false }
const stream = streamNameOf({ roomID: 'r1', userID: 'ann' })

function setUp() {
  const clock = new VirtualClock()
  return { clock, urls: createStreamUrls({ keys, clock }), gate: createGate({ keys, clock }) }
}

/** Stream name and query of a URL, as a media server sees them. */
function requestOf(url: string): [string, URLSearchParams] {
  const { pathname, searchParams } = new URL(url)
  return [pathname.replace(/^.*\//, '').replace(/\.flv$/, ''), searchParams]
}

describe('stream names', () => {
  it('are readable for plain ids and escaped for all others', () => {
    expect(stream).toBe('r1.ann_main')
    expect(streamNameOf({ roomID: 'a.b', userID: '小明_1' })).toBe('a~2Eb.~E5~B0~8F~E6~98~8E_1_main')
  })

  it('belong to one owner, and owner and kind are read back', () => {
    const id = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
    fc.assert(
      fc.property(id, id, (roomID, userID) => {
        const name = streamNameOf({ roomID, userID })
        expect(name).toMatch(/^[\w~.-]+$/)
        expect(parseStreamName(name)).toEqual({ roomID, userID, kind: 'main' })
        const screen = streamNameOf({ roomID, userID }, 'aux')
        expect(parseStreamName(screen)).toEqual({ roomID, userID, kind: 'aux' })
        expect(screen).not.toBe(streamNameOf({ roomID, userID: `${userID}_aux` }))
      }),
    )
  })

  it.each([
    '',
    'ann_main',
    'r1.ann',
    'r1.ann_small',
    'r1.ann_aux_',
    'r1.a.nn_main',
    '.ann_main',
    'r1._main',
    'r~31.ann_main',
    'r~2e.a_main',
    'r~FF.a_main',
    'r~.a_main',
    'r1.ann_main/..',
  ])('are not: "%s"', (name) => expect(parseStreamName(name)).toBeNull())
})

describe('stream URLs', () => {
  it('lead to the host the client came by', () => {
    const { urls } = setUp()
    expect(urls.push(reach, stream)).toMatch(/^rtmp:\/\/rooms\.test\/live\/r1\.ann_main\?e=[0-9a-f]{8}&s=[\w-]{22}$/)
    expect(urls.push({ host: '[::1]:8080', secure: false }, stream)).toMatch(/^rtmp:\/\/\[::1\]\/live\//)
  })

  it('name the RTMP port where it is not the usual one, and the base path over HTTP', () => {
    const urls = createStreamUrls({ keys, clock: new VirtualClock(), rtmpPort: 19350, basePath: '/calls' })
    expect(urls.play(reach, stream)).toMatch(/^rtmp:\/\/rooms\.test:19350\/live\/r1\.ann_main\?/)
    expect(urls.playFlv(reach, stream)).toMatch(/^http:\/\/rooms\.test:8080\/calls\/live\/r1\.ann_main\.flv\?e=/)
    expect(urls.playFlv({ ...reach, secure: true }, stream)).toMatch(/^https:/)
  })
})

describe('the gate', () => {
  it('lets owners publish and anyone play who was given the URL', () => {
    const { urls, gate } = setUp()
    const granted = { ok: true, roomID: 'r1', userID: 'ann', kind: 'main' }
    expect(gate.check('publish', ...requestOf(urls.push(reach, stream)))).toEqual(granted)
    expect(gate.check('play', ...requestOf(urls.play(reach, stream)))).toEqual(granted)
    expect(gate.check('play', ...requestOf(urls.playFlv(reach, stream)))).toEqual(granted)
  })

  it('calls a URL foreign that was signed for something else', () => {
    const { clock, urls, gate } = setUp()
    const foreign = { ok: false, reason: 'foreign' }
    const [, push] = requestOf(urls.push(reach, stream))
    expect(gate.check('play', stream, push)).toEqual(foreign)
    expect(gate.check('publish', stream, requestOf(urls.play(reach, stream))[1])).toEqual(foreign)
    expect(gate.check('publish', streamNameOf({ roomID: 'r1', userID: 'bob' }), push)).toEqual(foreign)
    expect(gate.check('publish', streamNameOf({ roomID: 'r2', userID: 'ann' }), push)).toEqual(foreign)
    expect(gate.check('publish', streamNameOf({ roomID: 'r1', userID: 'ann' }, 'aux'), push)).toEqual(foreign)
    const otherKeys = createKeys({ sdkAppID: 1, secretKey: 'another' })
    const forged = createStreamUrls({ keys: otherKeys, clock }).push(reach, stream)
    expect(gate.check('publish', ...requestOf(forged))).toEqual(foreign)
  })

  it('calls it expired when its time is over, and foreign when its time was changed', () => {
    const { clock, urls, gate } = setUp()
    const [, push] = requestOf(urls.push(reach, stream))
    const prolonged = new URLSearchParams(push)
    prolonged.set('e', 'ffffffff')
    const expired = requestOf(createStreamUrls({ keys, clock, lifetimeMs: -1000 }).push(reach, stream))
    expect(gate.check('publish', ...expired)).toEqual({ ok: false, reason: 'expired' })
    expect(gate.check('publish', stream, prolonged)).toEqual({ ok: false, reason: 'foreign' })
    expect(gate.check('publish', stream, push)).toMatchObject({ ok: true })
    return clock.advance(7 * HOUR).then(() => {
      expect(gate.check('publish', stream, push)).toEqual({ ok: false, reason: 'expired' })
    })
  })

  it.each([
    ['unsigned', stream, ''],
    ['unsigned', stream, 'e=6565f000'],
    ['unsigned', stream, 'e=&s='],
    ['malformed', stream, 'e=soon&s=AAAAAAAAAAAAAAAAAAAAAA'],
    ['malformed', stream, 'e=6565f000&s=short'],
    ['malformed', 'a b', 'e=6565f000&s=AAAAAAAAAAAAAAAAAAAAAA'],
    ['malformed', '../../etc/passwd', ''],
  ])('refuses as %s: %s?%s', (reason, name, query) => {
    expect(setUp().gate.check('publish', name, new URLSearchParams(query))).toEqual({ ok: false, reason })
  })
})
