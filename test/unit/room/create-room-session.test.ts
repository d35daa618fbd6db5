import { createRoomSession, registerProvider, RoomError } from '../../../src/index'
import { createFakeHost } from '../../support/fake-host'
import { createFakePlatform } from '../../support/fake-platform'
import { createFakeProvider, JOIN, joinResultOf } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

function surroundings() {
  const clock = new VirtualClock()
  return { platform: createFakePlatform({ clock }), host: createFakeHost(clock) }
}

it('runs over the provider that is handed in, with the configuration beside it', async () => {
  const provider = createFakeProvider()
  const session = createRoomSession({ ...surroundings(), provider, config: {} })
  const started = session.start(JOIN)
  provider.sessions[0]?.joins[0]?.resolve(joinResultOf())
  await expect(started).resolves.toMatchObject({ roomId: 'r1', selfId: 'me' })
  await session.stop()
})

it('finds a registered provider by its name, and what it was registered with; a configuration beside the name goes before it', async () => {
  const provider = createFakeProvider()
  registerProvider(provider, 'bad')
  const refused = createRoomSession({ ...surroundings(), provider: 'fake' }).start(JOIN)
  await expect(refused).rejects.toMatchObject({ code: 'BAD_CONFIG', message: 'config is bad' })
  const session = createRoomSession({ ...surroundings(), provider: 'fake', config: {} })
  void session.start(JOIN).catch(() => undefined)
  expect(provider.sessions).toHaveLength(1)
  await session.stop()
})

it('does not begin with a name that is not registered', () => {
  const begin = (): unknown => createRoomSession({ ...surroundings(), provider: 'nobody' })
  expect(begin).toThrow(RoomError)
  expect(begin).toThrow(expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining('"nobody"') }))
})

it.each([
  ['createRooms', { roomId: '' }],
  ['broadcasts', { kind: 'live' }],
  ['callAudience', { role: 'audience' }],
] as const)('asks nothing of a provider without %s', async (capability, request) => {
  const provider = createFakeProvider()
  const lacking = { ...provider, capabilities: { ...provider.capabilities, [capability]: false } }
  const session = createRoomSession({ ...surroundings(), provider: lacking, config: {} })
  await expect(session.start({ ...JOIN, ...request })).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
    message: `Provider fake does not support ${capability}`,
  })
  expect(provider.sessions).toHaveLength(0)
})
