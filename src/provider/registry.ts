import { RoomError } from '../errors'
import type { RoomProvider } from './provider'

const providers = new Map<string, RoomProvider>()

/** Makes a vendor known by its name; a second registration of a name replaces the first. Nothing registers by itself. */
export function registerProvider(provider: RoomProvider): void {
  providers.set(provider.name, provider)
}

/** @throws RoomError BAD_CONFIG that names what is registered */
export function providerNamed(name: string): RoomProvider {
  const provider = providers.get(name)
  if (provider) return provider
  const known = [...providers.keys()].join(', ') || 'none'
  throw new RoomError('BAD_CONFIG', `provider "${name}" is not registered (registered: ${known})`)
}
