import { createGate } from '../../server/src/gate'
import { createIdentity } from '../../server/src/identity'
import { createKeys } from '../../server/src/keys'
import { systemRandom } from '../../server/src/random'
import { RecentMap } from '../../server/src/recent-map'
import { MemoryStore } from '../../server/src/store/memory-store'
import { createStreamUrls } from '../../server/src/stream-urls'
import { makeUserSig } from '../../server/src/tickets/user-sig'
import { VirtualClock } from '../support/virtual-clock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SDK_APP_ID = 1400000001
const SECRET_KEY = 'a key'
const keys = createKeys({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY })
const REACH = { host: 'rooms.test', secure: false }
const STREAM = 'r1.ann_main'

describe('the play URL in a list', () => {
  it('stays the same for ten minutes and is good for six hours from every one of them', async () => {
    const clock = new VirtualClock()
    const urls = createStreamUrls({ keys, clock })
    const gate = createGate({ keys, clock })
    const first = urls.listed(REACH, STREAM)
    const check = () => gate.check('play', STREAM, new URL(first).searchParams)
    await clock.advance(10 * MINUTE - 1)
    expect(urls.listed(REACH, STREAM)).toBe(first)
    await clock.advance(1)
    expect(urls.listed(REACH, STREAM)).not.toBe(first)
    await clock.advance(6 * HOUR - 1)
    expect(check()).toMatchObject({ ok: true })
    await clock.advance(2_000)
    expect(check()).toMatchObject({ ok: false })
  })

  it('leads to the host by which each client came', () => {
    const urls = createStreamUrls({ keys, clock: new VirtualClock() })
    expect(urls.listed(REACH, STREAM)).toContain('rtmp://rooms.test/live/')
    expect(urls.listed({ ...REACH, host: '10.0.0.1:8080' }, STREAM)).toContain('rtmp://10.0.0.1/live/')
  })
})

it('a token that is known by sight is refused all the same once it is logged out or has expired', async () => {
  const clock = new VirtualClock()
  const store = new MemoryStore({ now: clock.now })
  const identity = createIdentity({ keys, clock, random: systemRandom, store })
  const login = (userID: string) => {
    const time = Math.floor(clock.now() / 1000)
    const claim = { sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID, time, expire: 60 }
    return identity.login({ userID, userSig: makeUserSig(claim) })
  }
  const [ann, bob] = await Promise.all([login('ann'), login('bob')])
  for (let time = 0; time < 2; time += 1) {
    await expect(identity.verify('ann', ann.token)).resolves.toMatchObject({ userID: 'ann' })
    await expect(identity.verify('bob', ann.token)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
  }
  await identity.verify('bob', bob.token)
  await identity.logout(ann)
  await expect(identity.verify('ann', ann.token)).rejects.toMatchObject({ code: 'LOGIN_EXPIRED' })
  await clock.advance(24 * HOUR)
  await expect(identity.verify('bob', bob.token)).rejects.toMatchObject({ code: 'LOGIN_EXPIRED' })
})

describe('a map of what was used lately', () => {
  it('holds no more than its size and keeps what is asked for', () => {
    const map = new RecentMap<number>(100)
    map.set('asked', -1)
    for (let n = 0; n < 1_000; n += 1) {
      map.set(`key${n}`, n)
      expect(map.get('asked')).toBe(-1)
    }
    const held = Array.from({ length: 1_000 }, (_, n) => map.get(`key${n}`)).filter((value) => value !== undefined)
    expect(held.length).toBeLessThanOrEqual(100)
    expect(map.get('key999')).toBe(999)
    expect(map.get('key0')).toBeUndefined()
  })
})
