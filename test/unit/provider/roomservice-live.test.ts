import type { LinkAction, LinkState } from '../../../src/model'
import type { AudienceNews, JoinRequest, LinkMicRequest, ProviderSession } from '../../../src/provider/provider'
import { codeOf, joinRequest, NOTHING_LEFT, RoomWorld, type Participant } from '../../support/room-world'

const GRACE_MS = 20_000
let world: RoomWorld
beforeEach(() => {
  world = new RoomWorld()
})
afterEach(() => world.close())

const LIVE: Partial<JoinRequest> = { kind: 'live' }
const present = (userID = 'pat') => world.device(userID).enter('show', LIVE)
const watch = (userID: string) => world.device(userID).enter('show', { ...LIVE, role: 'audience' })

/** What the session says of a broadcast, one short line each. */
function liveNews({ session }: Participant): string[] {
  const heard: string[] = []
  session.events.on('linkChanged', ({ user, phase, reason = '' }, publishUrl) => {
    heard.push(`${user.userID} ${phase} ${reason}${publishUrl && ' to publish'}`.trim())
  })
  session.events.on('audienceChanged', ({ count, entered, left }: AudienceNews) => {
    const names = [...entered.map(({ userID }) => `+${userID}`), ...left.map(({ userID }) => `-${userID}`)]
    heard.push(['audience', count, ...names].join(' '))
  })
  session.events.on('presenterAway', (away) => heard.push(away ? 'presenter away' : 'presenter back'))
  session.events.on('mutedByPresenter', (muted) => heard.push(`muted ${String(muted)}`))
  return heard
}

function linkMic(session: ProviderSession, action: LinkAction, more: Omit<LinkMicRequest, 'action'> = {}) {
  if (!session.linkMic) throw new Error('The session has no link-mic')
  return session.linkMic({ action, ...more })
}
const link = (by: Participant, action: LinkAction, userID?: string) =>
  world.clock.settle(linkMic(by.session, action, userID ? { userID } : {}))

/** Two rows of news without the audience's, which has its own test. */
const links = (heard: readonly string[]) => heard.filter((line) => !line.startsWith('audience'))

describe('entering a broadcast', () => {
  test('gives the presenter a push URL and the audience the streams, after one round trip', async () => {
    await present()
    const device = await world.device('ann').login()
    const session = device.open()
    const start = world.clock.now()
    const result = await world.clock.settle(session.join(joinRequest({ ...LIVE, roomId: 'show', role: 'audience' })))
    expect(world.clock.now() - start).toBe(100)
    expect(result).toMatchObject({
      publishUrl: '',
      creator: 'pat',
      live: { audienceCount: 1, presenterAway: false, links: [] },
      members: [
        {
          userID: 'pat',
          streams: [
            { streamId: 'pat_main', kind: 'main', url: expect.stringMatching(/^rtmp:/) },
            { streamId: 'pat_live', kind: 'live', url: expect.stringMatching(/^https?:.*\.flv\?/) },
          ],
        },
      ],
    })
    expect(result.live?.liveUrl).toBe(result.members[0]?.streams[1]?.url)
  })

  test('has no second presenter, and no audience without a presenter', async () => {
    await present()
    const device = await world.device('eve').login()
    const code = (request: Partial<JoinRequest>) =>
      world.clock.settle(codeOf(device.open().join(joinRequest({ roomId: 'show', ...request }))))
    expect(await code({ ...LIVE })).toBe('FORBIDDEN')
    expect(await code({ ...LIVE, role: 'audience', roomId: 'nowhere' })).toBe('ROOM_NOT_FOUND')
    expect(await code({ ...LIVE, role: 'audience', roomId: '' })).toBe('BAD_PARAMETER')
  })

  test('gives a fresh address of either stream', async () => {
    await present()
    const { session } = await watch('ann')
    const [main, live] = (await world.clock.settle(session.resume())).members[0]?.streams ?? []
    if (!main || !live) throw new Error('The presenter has no streams')
    await world.clock.advance(2_000)
    expect(await world.clock.settle(session.playUrl(main))).toMatch(/^rtmp:/)
    const fresh = await world.clock.settle(session.playUrl(live))
    expect(fresh).toMatch(/\.flv\?/)
    expect(fresh).not.toBe(live.url)
    expect((await world.clock.settle(session.resume())).live?.liveUrl).toMatch(/\.flv\?/)
  })
})

describe('link-mic', () => {
  let pat: Participant
  let ann: Participant
  let told: { pat: string[]; ann: string[] }
  beforeEach(async () => {
    pat = await present()
    ann = await watch('ann')
    told = { pat: liveNews(pat), ann: liveNews(ann) }
  })

  test('is told to both sides, once, with the push URL for the guest', async () => {
    expect((await link(ann, 'request')).link.phase).toBe('requesting')
    await link(pat, 'accept', 'ann')
    await world.clock.advance(100)
    expect(links(told.ann)).toEqual(['ann requesting', 'ann on accepted to publish'])
    expect(links(told.pat)).toEqual(['ann requesting', 'ann on accepted'])
    expect(pat.heard).toContain('joined ann')
    expect(await world.clock.settle(ann.session.publishUrl())).toMatch(/ann_main/)
  })

  test('takes one round trip from the presenter’s answer to the guest’s push URL', async () => {
    await link(ann, 'request')
    await world.clock.advance(1_000)
    const start = world.clock.now()
    let at = 0
    ann.session.events.on('linkChanged', () => (at = world.clock.now()))
    await link(pat, 'accept', 'ann')
    await world.clock.advance(1_000)
    expect(at - start).toBe(100)
  })

  test('answers with the push URL when an invitation is accepted', async () => {
    await link(pat, 'invite', 'ann')
    await world.clock.advance(100)
    const answer = await link(ann, 'acceptInvite')
    expect(answer).toMatchObject({ link: { phase: 'on' }, publishUrl: expect.stringContaining('ann_main') })
  })

  test('rejects with what is wrong, and nothing has changed', async () => {
    const code = (by: Participant, action: LinkAction, userID?: string) =>
      world.clock.settle(codeOf(linkMic(by.session, action, userID ? { userID } : {})))
    await watch('bob')
    expect(await code(pat, 'accept', 'ann')).toBe('NOT_REQUESTED')
    expect(await code(ann, 'accept', 'bob')).toBe('FORBIDDEN')
    expect(await code(ann, 'acceptInvite')).toBe('NOT_REQUESTED')
    expect(links([...told.pat, ...told.ann])).toEqual([])
  })

  test('agrees when a request and an invitation cross on the way', async () => {
    await world.clock.settle(
      Promise.all([linkMic(ann.session, 'request'), linkMic(pat.session, 'invite', { userID: 'ann' })]),
    )
    await world.clock.advance(100)
    expect(told.pat.at(-1)).toBe('ann on accepted')
    expect(told.ann.at(-1)).toBe('ann on accepted to publish')
  })

  test('survives lost, repeated and late frames once it has resumed', async () => {
    ann.device.link.loseNext('down', (text) => text.includes('"phase":"on"'))
    pat.device.link.repeatNext('down', (text) => text.includes('"phase":"requesting"') && text.includes('"room"'))
    await link(ann, 'request')
    await link(pat, 'accept', 'ann')
    await world.clock.advance(1_000)
    expect(links(told.ann)).toEqual(['ann requesting'])
    expect(links(told.pat)).toEqual(['ann requesting', 'ann on accepted'])
    await world.clock.settle(ann.session.resume())
    expect(links(told.ann)).toEqual(['ann requesting', 'ann on accepted to publish'])
  })

  test('drops an older state that comes late', async () => {
    pat.device.link.delayNext('down', 3_000, (text) => text.includes('"phase":"requesting"'))
    await link(ann, 'request')
    await link(ann, 'cancel')
    await world.clock.advance(5_000)
    expect(links(told.pat).at(-1)).not.toBe('ann requesting')
    expect((await world.clock.settle(pat.session.resume())).live?.links).toEqual([])
  })

  test('is kept over a drop of the guest', async () => {
    await link(ann, 'request')
    await link(pat, 'accept', 'ann')
    await world.outage(ann, 10_000)
    expect(links(told.ann)).toEqual(['ann requesting', 'ann on accepted to publish'])
    expect(links(told.pat)).toEqual(['ann requesting', 'ann on accepted'])
  })

  test('is over for a guest that comes back too late, who watches again', async () => {
    await link(ann, 'request')
    await link(pat, 'accept', 'ann')
    await world.outage(ann, GRACE_MS + 1_000)
    expect(links(told.ann).at(-1)).toBe('ann off')
    expect(links(told.pat).at(-1)).toBe('ann off lost')
    expect((await world.clock.settle(ann.session.resume())).live).toMatchObject({ audienceCount: 1, links: [] })
  })

  test('tells the guest that its microphone was switched off', async () => {
    await link(ann, 'request')
    await link(pat, 'accept', 'ann')
    await link(pat, 'mute', 'ann')
    await world.clock.advance(100)
    expect(told.ann).toContain('muted true')
    expect(told.pat).not.toContain('muted true')
  })
})

describe('the audience', () => {
  test('is told to the presenter by name and to the others as a number', async () => {
    const pat = await present()
    const toldPat = liveNews(pat)
    const ann = await watch('ann')
    const toldAnn = liveNews(ann)
    await watch('bob')
    await world.clock.advance(2_000)
    expect(toldPat).toEqual(['audience 1 +ann', 'audience 2 +bob'])
    expect(toldAnn.at(-1)).toBe('audience 2')
    await world.clock.settle(ann.session.close())
    await world.clock.advance(2_000)
    expect(toldPat.at(-1)).toBe('audience 1 -ann')
  })

  test('is repaired by a resume', async () => {
    const pat = await present()
    const told = liveNews(pat)
    pat.device.link.refusing = true
    pat.device.link.cut()
    await watch('ann')
    await world.clock.advance(3_000)
    pat.device.link.refusing = false
    pat.session.events.on('connectionRestored', () => void pat.session.resume())
    await world.clock.advance(10_000)
    expect(told).toContain('audience 1')
  })
})

describe('the presenter', () => {
  test('is away while it has dropped, and the room goes on when it is back', async () => {
    const pat = await present()
    const ann = await watch('ann')
    const told = liveNews(ann)
    await world.outage(pat, 10_000)
    expect(links(told)).toEqual(['presenter away', 'presenter back'])
    expect(ann.heard).toEqual([])
  })

  test('ends the room for everyone, by leaving or by staying away', async () => {
    const pat = await present()
    const ann = await watch('ann')
    await world.clock.settle(pat.session.close())
    await world.clock.advance(100)
    expect(ann.heard).toEqual(['closed destroyed'])
    expect(pat.heard).toEqual([])

    const again = await present('sue')
    const bob = await watch('bob')
    again.device.link.refusing = true
    again.device.link.cut()
    await world.clock.advance(GRACE_MS + 1_000)
    expect(bob.heard).toEqual(['closed destroyed'])
  })
})

describe('a server that has forgotten everything', () => {
  test('gets the broadcast back from those who come back, whoever is first', async () => {
    const pat = await present()
    const ann = await watch('ann')
    const told = liveNews(ann)
    for (const { session } of [ann, pat]) {
      session.events.on('connectionRestored', () => void session.resume().catch(() => undefined))
    }
    await link(ann, 'request')
    await link(pat, 'accept', 'ann')
    const revs: number[] = []
    ann.session.events.on('linkChanged', ({ rev }: LinkState) => revs.push(rev))
    // the presenter needs longer to come back than its audience
    pat.device.link.refusing = true
    world.restartServer()
    await world.clock.advance(3_000)
    pat.device.link.refusing = false
    await world.clock.advance(20_000)
    expect(ann.heard).not.toContain('closed expired')
    expect(links(told).at(-1)).toBe('ann off')
    const { live } = await world.clock.settle(ann.session.resume())
    expect(live).toMatchObject({ audienceCount: 1, links: [] })
    await link(ann, 'request')
    expect(revs).toEqual([...revs].sort((a, b) => a - b))
    expect(new Set(revs).size).toBe(revs.length)
    expect(links(told).at(-1)).toBe('ann requesting')
  })

  test('is not waited for by an audience that leaves, and not for ever by one that stays', async () => {
    await present()
    const [ann, bob] = [await watch('ann'), await watch('bob')]
    world.restartServer()
    await world.clock.advance(3_000)
    const codes = [ann, bob].map(({ session }) => codeOf(session.resume()))
    await world.clock.advance(1_500)
    await world.clock.settle(ann.session.close())
    await world.clock.settle(ann.device.connection.logout())
    expect(await world.clock.settle(Promise.all(codes))).toEqual(['CANCELLED', 'ROOM_NOT_FOUND'])
    expect(ann.device.leftovers).toEqual(NOTHING_LEFT)
  })
})

test('whoever comes back to a room that was closed meanwhile hears that it is closed', async () => {
  const pat = await present()
  const ann = await watch('ann')
  ann.session.events.on('connectionRestored', () => void ann.session.resume().catch(() => undefined))
  ann.device.link.refusing = true
  ann.device.link.cut()
  await world.clock.settle(pat.session.close())
  ann.device.link.refusing = false
  await world.clock.advance(10_000)
  expect(ann.heard.at(-1)).toBe('closed destroyed')
})
