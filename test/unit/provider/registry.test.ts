import { roomService } from '../../../src/provider/roomservice/roomservice'
import type * as Registry from '../../../src/provider/registry'
import { createFakeProvider } from '../../support/fake-provider'

// the registry is one per program: each test gets its own
let registry: typeof Registry
beforeEach(() => {
  jest.isolateModules(() => {
    registry = jest.requireActual('../../../src/provider/registry')
  })
})

test('a registered provider is found by its name, with its configuration', () => {
  const config = { connection: null }
  registry.registerProvider(roomService, config)
  const { provider, config: answer } = registry.providerNamed('roomservice')
  expect(provider).toBe(roomService)
  expect(answer()).toBe(config)
})

test('a configuration that is a function is asked each time', () => {
  let asked = 0
  registry.registerProvider(roomService, () => (asked += 1))
  const { config } = registry.providerNamed('roomservice')
  expect([config(), config()]).toEqual([1, 2])
})

test('a second registration of a name takes the place of the first', () => {
  const [first, second] = [createFakeProvider(), createFakeProvider()]
  registry.registerProvider(first, 1)
  registry.registerProvider(second)
  expect(registry.providerNamed('fake').provider).toBe(second)
  expect(registry.providerNamed('fake').config()).toBeUndefined()
})

test('an unknown name is BAD_CONFIG and says what is registered', () => {
  const refused = (message: RegExp) =>
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringMatching(message) })
  expect(() => registry.providerNamed('zego')).toThrow(refused(/none/))
  registry.registerProvider(roomService)
  expect(() => registry.providerNamed('zego')).toThrow(refused(/"zego".*roomservice/))
})
