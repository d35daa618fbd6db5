import type { LinkMicRequest } from '../../../src/provider/provider'
import { zego } from '../../../src/provider/zego/zego'
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

async function enter(userID: string, role: 'anchor' | 'audience' = 'audience') {
  const platform = createFakePlatform({ clock })
  const engine = new FakeZegoEngine(cloud)
  const session = zego.open(platform, { engine, userID, token: 'a token' })
  const messages = hearing(session)
  const heard: string[] = []
  session.events.on('linkChanged', ({ user, phase, reason = '', text = '' }, url) => {
    heard.push([user.userID, phase, reason, text, url && 'url'].filter(Boolean).join(' '))
  })
  session.events.on('mutedByPresenter', (muted) => heard.push(`muted ${muted}`))
  await clock.settle(session.join(joinRequest({ kind: 'live', role, userName: `${userID}'s name` })))
  const began = (): void => session.onMedia?.({ target: 'publisher', type: 'statechange', code: 1002 })
  began()
  await clock.advance(SOON_MS)
  const ask = (request: LinkMicRequest) => session.linkMic?.(request) ?? Promise.reject(new Error('no link-mic'))
  return {
    platform,
    engine,
    session,
    heard,
    messages,
    began,
    /** Asks, and lets everyone hear of it. */
    async does(request: LinkMicRequest) {
      const answer = await clock.settle(ask(request))
      await clock.advance(SOON_MS)
      return answer
    },
    /** The code with which it is refused. */
    refused: (request: LinkMicRequest) => clock.settle(codeOf(ask(request))),
    links: async () =>
      (await clock.settle(session.resume())).live?.links.map(({ user, phase }) => [user.userID, phase]),
  }
}

test('a request, an acceptance, a seat with a push URL, and the guest among those who publish', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  expect((await bob.does({ action: 'request' })).link).toMatchObject({ phase: 'requesting', user: { userID: 'bob' } })
  expect(await ann.links()).toEqual([['bob', 'requesting']])
  expect((await ann.does({ action: 'accept', userID: 'bob' })).link).toMatchObject({
    phase: 'on',
    user: { userName: "bob's name" },
  })
  bob.began()
  await clock.advance(SOON_MS)
  expect(bob.heard).toEqual(['bob requesting', 'bob on accepted url'])
  expect(ann.heard).toEqual(['bob requesting', 'bob on accepted'])
  const { members } = await clock.settle(ann.session.resume())
  expect(members.map(({ userID }) => userID)).toEqual(['bob'])
  expect(await clock.settle(bob.session.publishUrl())).toMatch(/^rtmp:/)
})

test('a refusal has the presenter’s words', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await bob.does({ action: 'request' })
  await ann.does({ action: 'reject', userID: 'bob', reason: 'later' })
  expect(bob.heard).toEqual(['bob requesting', 'bob off rejected later'])
  expect(await ann.links()).toEqual([])
})

test('an invitation is taken, and the answer has the push URL', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await ann.does({ action: 'invite', userID: 'bob' })
  const { link, publishUrl } = await bob.does({ action: 'acceptInvite' })
  expect(link.phase).toBe('on')
  expect(publishUrl).toMatch(/^rtmp:/)
  expect(bob.heard).toEqual(['bob invited', 'bob on accepted url'])
})

test('a request and an invitation that cross are an agreement', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await ann.does({ action: 'invite', userID: 'bob' })
  expect((await bob.does({ action: 'request' })).link.phase).toBe('on')
})

test.each([
  ['leave', 'ended'],
  ['cancel', 'cancelled'],
] as const)('%s ends it, and the stream', async (action, reason) => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await ann.does({ action: 'invite', userID: 'bob' })
  await bob.does({ action: 'acceptInvite' })
  bob.began()
  await bob.does({ action })
  expect(ann.heard.at(-1)).toBe(`bob off ${reason}`)
  expect((await clock.settle(ann.session.resume())).members).toEqual([])
  expect(await clock.settle(codeOf(bob.session.publishUrl()))).toBe('FORBIDDEN')
})

test('a guest is muted, and kicked out', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  expect(await ann.refused({ action: 'mute', userID: 'bob' })).toBe('NOT_REQUESTED')
  await ann.does({ action: 'invite', userID: 'bob' })
  await bob.does({ action: 'acceptInvite' })
  await ann.does({ action: 'mute', userID: 'bob' })
  await ann.does({ action: 'kick', userID: 'bob' })
  expect(bob.heard.slice(2)).toEqual(['muted true', 'bob off kicked'])
  expect(bob.engine.calls.map(([name]) => name)).toContain('stopPublishingStream')
})

test.each([
  ['request', 'bob requesting'],
  ['invite', 'bob invited'],
] as const)('%s runs out when nobody answers', async (action, first) => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await (action === 'invite' ? ann : bob).does({ action, userID: 'bob', timeoutMs: 10_000 })
  await clock.advance(10_000)
  expect(ann.heard).toEqual([first, 'bob off timeout'])
  expect(bob.heard).toEqual([first, 'bob off timeout'])
  expect(ann.platform.armedTimers).toBe(0)
})

test('whoever goes away has no seat any more', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await bob.does({ action: 'request' })
  await clock.settle(bob.session.close())
  await clock.advance(SOON_MS)
  expect(ann.heard).toEqual(['bob requesting', 'bob off ended'])
})

test('there are three seats', async () => {
  const ann = await enter('ann', 'anchor')
  for (const userID of ['bob', 'cyd', 'dan']) {
    const guest = await enter(userID)
    await guest.does({ action: 'request' })
    await ann.does({ action: 'accept', userID })
  }
  const eve = await enter('eve')
  await eve.does({ action: 'request' })
  expect(await ann.refused({ action: 'accept', userID: 'eve' })).toBe('SEATS_FULL')
})

test('each may do what is theirs', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  expect(await ann.refused({ action: 'request' })).toBe('FORBIDDEN')
  expect(await ann.refused({ action: 'invite' })).toBe('BAD_PARAMETER')
  expect(await ann.refused({ action: 'accept', userID: 'bob' })).toBe('NOT_REQUESTED')
  expect(await bob.refused({ action: 'invite', userID: 'ann' })).toBe('FORBIDDEN')
  expect(await bob.refused({ action: 'acceptInvite' })).toBe('NOT_REQUESTED')
})

test('an acceptance that overtakes the answer to the request is the answer, push URL and all', async () => {
  const ann = await enter('ann', 'anchor')
  ann.session.events.on('linkChanged', ({ phase, user }) => {
    if (phase === 'requesting') void ann.session.linkMic?.({ action: 'accept', userID: user.userID })
  })
  const bob = await enter('bob')
  const { link, publishUrl } = await bob.does({ action: 'request' })
  expect([link.phase, publishUrl]).toEqual(['on', expect.stringContaining('rtmp://')])
  expect(bob.heard).toEqual(['bob on accepted url'])
})

test('nobody but the presenter grants seats, nor asks for another', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  const eve = await enter('eve')
  const user = { userID: 'bob', userName: '', userAvatar: '' }
  for (const command of [
    { told: { user, phase: 'on', rev: 9e15 } },
    { muted: true },
    { ask: 'accept', id: 1 },
    { ask: 'constructor', id: 1 },
    { told: null },
  ]) {
    const text = JSON.stringify({ cmd: 'roomlet.link', ...command })
    await clock.settle(eve.engine.sendCustomCommand('room', text, []))
    await clock.advance(SOON_MS)
  }
  expect([...ann.heard, ...bob.heard]).toEqual([])
  expect(bob.engine.calls.map(([name]) => name)).not.toContain('startPublishingStream')
})

test('its commands are no messages', async () => {
  const ann = await enter('ann', 'anchor')
  const bob = await enter('bob')
  await bob.does({ action: 'request' })
  await ann.does({ action: 'accept', userID: 'bob' })
  expect([...ann.messages, ...bob.messages].filter((line) => line.startsWith('message'))).toEqual([])
})

test('a presenter who is not there, or does not answer, is said', async () => {
  const bob = await enter('bob')
  expect(await bob.refused({ action: 'request' })).toBe('LINK_TIMEOUT')
  const ann = await enter('ann', 'anchor')
  ann.engine.cut()
  expect(await bob.refused({ action: 'request' })).toBe('TIMEOUT')
  expect(bob.platform.armedTimers).toBe(0)
})

test('an invitation that does not reach anybody is none', async () => {
  const ann = await enter('ann', 'anchor')
  ann.engine.refusals.set('sendCustomCommand', { code: 1003, msg: 'offline' })
  expect(await ann.refused({ action: 'invite', userID: 'bob' })).toBe('NETWORK')
  expect(await ann.links()).toEqual([])
  expect(ann.platform.armedTimers).toBe(0)
})

test('leaving cancels what is asked, and a call has no link-mic', async () => {
  await enter('ann', 'anchor')
  const bob = await enter('bob')
  const asked = bob.refused({ action: 'request' })
  await clock.settle(bob.session.close())
  expect(await asked).toBe('CANCELLED')
  expect(bob.platform.armedTimers + bob.engine.listenerCount).toBe(0)
  const call = zego.open(bob.platform, { engine: bob.engine, userID: 'bob', token: 'a token' })
  await clock.settle(call.join(joinRequest({ roomId: 'other' })))
  await expect(call.linkMic?.({ action: 'request' })).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
    message: 'Provider zego has link-mic in broadcasts only',
  })
})
