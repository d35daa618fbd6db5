import type * as Registry from '../../../src/provider/registry'
import { roomService } from '../../../src/provider/roomservice/roomservice'

// the registry is one per program: each test gets its own
let registry: typeof Registry
beforeEach(() => {
  jest.isolateModules(() => {
    registry = jest.requireActual('../../../src/provider/registry')
  })
})

test('a registered provider is found by its name', () => {
  registry.registerProvider(roomService)
  expect(registry.providerNamed('roomservice')).toBe(roomService)
})

test('an unknown name is BAD_CONFIG and says what is registered', () => {
  expect(() => registry.providerNamed('zego')).toThrow(/none/)
  registry.registerProvider(roomService)
  expect(() => registry.providerNamed('zego')).toThrow(/"zego".*roomservice/)
})
