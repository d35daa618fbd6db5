import { RoomError } from '../../../src/errors'
import { RoomServiceMessaging } from '../../../src/messaging/room-service-messaging'
import type { RoomMessage } from '../../../src/model'
import type { OutgoingMessage } from '../../../src/provider/provider'
import type { Listener } from '../../../src/util/emitter'
import { codeOf, RoomWorld } from '../../support/room-world'
import type { Participant } from '../../support/room-world'
import { describeMessaging, messagingEvents } from './messaging-contract'
import type { Correspondent } from './messaging-contract'

let world: RoomWorld
beforeEach(() => {
  world = new RoomWorld()
})
afterEach(() => world.close())

function messagingOf({ session }: Participant): Correspondent {
  const events = messagingEvents()
  const channel = {
    send: (message: OutgoingMessage) => session.send?.(message) ?? Promise.reject(new RoomError('NOT_SUPPORTED')),
    events: {
      on: (_name: 'messageReceived', listener: Listener<[RoomMessage]>) => session.events.on('message', listener),
    },
  }
  return { events, messaging: new RoomServiceMessaging(channel, events) }
}

async function joined(participant: Participant): Promise<Correspondent> {
  const correspondent = messagingOf(participant)
  await correspondent.messaging.join()
  return correspondent
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

test('what other components of the room send is handed on as custom data, a command with its name', async () => {
  const ann = await world.device('ann').enter('room')
  const bob = await joined(await world.device('bob').enter('room'))
  const heard: unknown[] = []
  bob.events.on('messageReceived', (message) => heard.push(message))
  for (const data of ['text', 7, null, { a: [1] }, { data: 5 }, { cmd: 'gift', msg: '🌹' }]) {
    await world.clock.settle(ann.session.send?.({ kind: 'custom', data }) ?? Promise.reject())
  }
  await world.clock.advance(1_000)
  const from = { userID: 'ann', userName: "ann's name", userAvatar: '', time: expect.any(Number) as number }
  const custom = (content: string): unknown => ({ ...from, kind: 'custom', content, ext: '', desc: '' })
  expect(heard).toEqual([
    ...['text', '7', 'null', '{"a":[1]}', '{"data":5}'].map(custom),
    { ...from, kind: 'command', content: '🌹', cmd: 'gift' },
  ])
})

describe('a message to one user', () => {
  const whisper = ({ messaging }: Correspondent, to: string): Promise<string> =>
    world.clock.settle(codeOf(messaging.send({ kind: 'text', content: 'psst' }, to)))

  test('is refused when that user is not in the room', async () => {
    const ann = await joined(await world.device('ann').enter('room'))
    await world.device('bob').enter('another room')
    expect(await whisper(ann, 'bob')).toBe('USER_NOT_FOUND')
    expect(await whisper(ann, 'ann')).toBe('BAD_PARAMETER')
  })

  test('arrives once, with the others of the room, when its receiver is back from a drop', async () => {
    const ann = await joined(await world.device('ann').enter('room'))
    const bob = await world.device('bob').enter('room')
    const heard: string[] = []
    ;(await joined(bob)).events.on('messageReceived', ({ content }, scope) => heard.push(`${scope} ${content}`))
    bob.device.link.refusing = true
    bob.device.link.cut()
    await world.clock.advance(2_000)
    expect(await whisper(ann, 'bob')).toBe('resolved')
    await world.clock.settle(ann.messaging.send({ kind: 'text', content: 'to all' }))
    await world.outage(bob, 1_000)
    expect(heard).toEqual(['direct psst', 'room to all'])
  })
})

test('joining is told: the room is joined already', async () => {
  const { messaging, events } = messagingOf(await world.device('ann').enter('room'))
  const told: unknown[] = []
  events.on('loginEnded', (error) => told.push(['loginEnded', error]))
  events.on('connectionChanged', (state) => told.push(state))
  events.on('joinEnded', (error) => told.push(['joinEnded', error]))
  await messaging.join()
  expect(told).toEqual([['loginEnded', undefined], 'connected', ['joinEnded', undefined]])
})
