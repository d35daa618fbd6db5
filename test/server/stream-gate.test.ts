import { StreamGate } from '../../server/src/media/stream-gate'
import type { StreamChange } from '../../server/src/media/stream-change'
import { startHub, HubClient, type TestHub } from './support/hub-client'

let test: TestHub
let gate: StreamGate
let heard: string[]

beforeEach(() => {
  test = startHub()
  const { store, clock, hub } = test
  gate = new StreamGate({ gate: hub.context.gate, store, clock, log: () => undefined, servers: [] })
  heard = []
  gate.onStream(({ type, roomID, userID, kind }: StreamChange) => heard.push(`${type} ${roomID} ${userID} ${kind}`))
})
afterEach(() => {
  gate.close()
  test.hub.close()
})

/** What a media server in this process does with the URL. */
async function publish(url: string) {
  const { pathname, searchParams } = new URL(url)
  const cut = jest.fn()
  const admission = await gate.publish(pathname.replace('/live/', ''), searchParams, cut)
  return { cut, reason: admission.ok ? 'let in' : admission.reason, ended: admission.ok ? admission.ended : () => {} }
}
const enter = async (userID: string, more: object = {}) => {
  const client = await new HubClient(test, userID).login()
  return { client, ...(await client.join('r', more)) }
}

it('tells when a stream begins and ends', async () => {
  const { pushURL } = await enter('ann')
  const { reason, ended } = await publish(pushURL)
  expect([reason, heard]).toEqual(['let in', ['started r ann main']])
  ended()
  ended()
  expect(heard).toEqual(['started r ann main', 'stopped r ann main'])
})

it('tells that a stream which is taken over has stopped before it starts again', async () => {
  const { client, pushURL } = await enter('ann')
  const first = await publish(pushURL)
  const { pushURL: fresh } = await client.call('publishUrl', { room: 'r' })
  await publish(fresh)
  first.ended()
  expect(heard).toEqual(['started r ann main', 'stopped r ann main', 'started r ann main'])
})

it('cuts the streams of whoever leaves, and refuses the URLs from then on', async () => {
  const { client, pushURL } = await enter('ann')
  await enter('bob')
  const { pushURL: screen } = await client.call('share', { room: 'r', on: true })
  const cuts = [(await publish(pushURL)).cut, (await publish(screen)).cut]
  await client.call('leave', { room: 'r' })
  for (const cut of cuts) expect(cut).toHaveBeenCalledTimes(1)
  for (const url of [pushURL, screen]) expect((await publish(url)).reason).toBe('revoked')
  expect((await publish((await client.join('r')).pushURL)).reason).toBe('let in')
  expect((await publish(pushURL)).reason).toBe('revoked')
})

it('cuts whoever is put out by the same user elsewhere, and lets the other one publish', async () => {
  const { pushURL } = await enter('ann')
  const { cut } = await publish(pushURL)
  const { pushURL: next } = await enter('ann')
  expect(cut).toHaveBeenCalledTimes(1)
  expect((await publish(pushURL)).reason).toBe('revoked')
  expect((await publish(next)).reason).toBe('let in')
})

it('cuts a lost member when its time is over, and not before', async () => {
  const { client, pushURL } = await enter('ann')
  await enter('bob')
  const { cut } = await publish(pushURL)
  await client.drop()
  await test.clock.advance(19_000)
  expect([cut.mock.calls.length, (await publish(pushURL)).reason]).toEqual([0, 'let in'])
  await test.clock.advance(6_000)
  expect((await publish(pushURL)).reason).toBe('revoked')
})

it('cuts everyone when the room is destroyed', async () => {
  const people = [await enter('ann'), await enter('bob')]
  const streams = await Promise.all(people.map(({ pushURL }) => publish(pushURL)))
  await test.store.destroy({ room: 'r', userID: 'ann' })
  for (const { cut } of streams) expect(cut).toHaveBeenCalledTimes(1)
})

it('cuts a guest that the presenter kicks, and nobody else', async () => {
  const pat = await enter('pat', { kind: 'live_room', role: 'anchor' })
  const { client } = await enter('ann', { kind: 'live_room', role: 'audience' })
  await client.call('linkMic', { room: 'r', action: 'request' })
  await pat.client.call('linkMic', { room: 'r', action: 'accept', userID: 'ann' })
  const { pushURL } = await client.call('publishUrl', { room: 'r' })
  const [guest, presenter] = [await publish(pushURL), await publish(pat.pushURL)]
  await pat.client.call('linkMic', { room: 'r', action: 'kick', userID: 'ann' })
  expect([guest.cut.mock.calls.length, presenter.cut.mock.calls.length]).toEqual([1, 0])
  expect((await publish(pushURL)).reason).toBe('revoked')
})

it('cuts every stream of a login that has ended, also those of rooms that were entered over HTTP', async () => {
  const { client, pushURL } = await enter('ann')
  const own = await publish(pushURL)
  const other = await publish((await enter('bob')).pushURL)
  await client.call('logout', {})
  expect([own.cut.mock.calls.length > 0, other.cut.mock.calls.length]).toEqual([true, 0])
  expect((await publish(pushURL)).reason).toBe('revoked')
})

it('cuts one who loses the seat while the gate is being asked', async () => {
  const { client, pushURL } = await enter('ann')
  await enter('bob')
  const asked = publish(pushURL)
  const left = client.call('leave', { room: 'r' })
  const [{ cut, reason }] = await Promise.all([asked, left])
  expect(reason === 'revoked' || cut.mock.calls.length > 0).toBe(true)
})

it('leaves alone what an application has signed itself', async () => {
  const url = test.hub.context.urls.push({ host: 'h', secure: false }, 'elsewhere.eve_main')
  expect((await publish(url)).reason).toBe('let in')
})

it('goes on when a listener throws', async () => {
  gate.onStream(() => {
    throw new Error('a listener')
  })
  expect((await publish((await enter('ann')).pushURL)).reason).toBe('let in')
})
