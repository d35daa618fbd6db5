import { RoomError } from '../../../src/errors'
import { RoomServiceMessaging } from '../../../src/messaging/room-service-messaging'
import type { ProviderSession } from '../../../src/provider/provider'
import { codeOf, RoomWorld } from '../../support/room-world'
import type { Participant } from '../../support/room-world'
import { describeMessaging } from './messaging-contract'

let world: RoomWorld
beforeEach(() => {
  world = new RoomWorld()
})
afterEach(() => world.close())

function messagingOf(session: ProviderSession, joined: Promise<unknown> = Promise.resolve()): RoomServiceMessaging {
  return new RoomServiceMessaging(
    {
      send: (message) => session.send?.(message) ?? Promise.reject(new RoomError('NOT_SUPPORTED')),
      onMessage: (listener) => session.events.on('message', listener),
      joined: () => joined,
    },
    () => undefined,
  )
}

async function joined({ session }: Participant): Promise<RoomServiceMessaging> {
  const messaging = messagingOf(session)
  await messaging.join()
  return messaging
}

describeMessaging('RoomServiceMessaging', async () => ({
  ann: await joined(await world.device('ann').enter('room')),
  bob: await joined(await world.device('bob').enter('room')),
  cyd: await joined(await world.device('cyd').enter('room')),
  settle: async (work) => {
    const result = await world.clock.settle(work)
    await world.clock.advance(1_000)
    return result
  },
}))

test('what other components of the room send is handed on as custom data', async () => {
  const ann = await world.device('ann').enter('room')
  const bob = await joined(await world.device('bob').enter('room'))
  const heard: unknown[] = []
  bob.events.on('messageReceived', ({ content }) => heard.push(content))
  for (const data of ['text', 7, null, { a: [1] }, { data: 5 }]) {
    await world.clock.settle(ann.session.send?.({ kind: 'custom', data }) ?? Promise.reject())
  }
  await world.clock.advance(1_000)
  const custom = (data: string): unknown => ({ kind: 'custom', data, ext: '', desc: '' })
  expect(heard).toEqual([custom('text'), custom('7'), custom('null'), custom('{"a":[1]}'), custom('{"data":5}')])
})

describe('a message to one user', () => {
  const whisper = (messaging: RoomServiceMessaging, to: string): Promise<string> =>
    world.clock.settle(codeOf(messaging.send({ kind: 'text', text: 'psst' }, to)))

  test('is refused when that user is not in the room', async () => {
    const messaging = await joined(await world.device('ann').enter('room'))
    await world.device('bob').enter('another room')
    expect(await whisper(messaging, 'bob')).toBe('USER_NOT_FOUND')
    expect(await whisper(messaging, 'ann')).toBe('BAD_PARAMETER')
  })

  test('arrives once, with the others of the room, when its receiver is back from a drop', async () => {
    const ann = await joined(await world.device('ann').enter('room'))
    const bob = await world.device('bob').enter('room')
    const heard: string[] = []
    ;(await joined(bob)).events.on('messageReceived', ({ content, scope }) => {
      if (content.kind === 'text') heard.push(`${scope} ${content.text}`)
    })
    bob.device.link.refusing = true
    bob.device.link.cut()
    await world.clock.advance(2_000)
    expect(await whisper(ann, 'bob')).toBe('resolved')
    await world.clock.settle(ann.send({ kind: 'text', text: 'to all' }))
    await world.outage(bob, 1_000)
    expect(heard).toEqual(['direct psst', 'room to all'])
  })
})

test('joining is told, and so is that it could not be', async () => {
  const { session } = await world.device('ann').enter('room')
  const told: string[] = []
  const listen = (messaging: RoomServiceMessaging): RoomServiceMessaging => {
    messaging.events.on('loggedIn', () => told.push('loggedIn'))
    messaging.events.on('roomJoined', () => told.push('roomJoined'))
    messaging.events.on('roomJoinFailed', ({ code }) => told.push(code))
    return messaging
  }
  await listen(messagingOf(session)).join()
  const failing = listen(messagingOf(session, Promise.reject(new RoomError('ROOM_FULL'))))
  await expect(failing.join()).rejects.toMatchObject({ code: 'ROOM_FULL' })
  expect(told).toEqual(['loggedIn', 'roomJoined', 'ROOM_FULL'])
})
