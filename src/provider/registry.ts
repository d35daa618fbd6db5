import { RoomError } from '../errors'
import type { RoomProvider } from './provider'

/** A provider that is chosen by its name, with what its sessions are opened with. */
export interface Registration {
  readonly provider: RoomProvider
  /** Asked when a session begins. */
  config(): unknown
}

const registrations = new Map<string, Registration>()

/**
 * Makes a vendor known by its name, for `provider="name"` of a component and for createRoomSession; a second registration of a
 * name replaces the first. Nothing registers by itself, so that an app ships the vendors it uses and no other.
 * @param config what the provider's documentation asks for, or a function that answers it each time a call begins
 */
export function registerProvider(provider: RoomProvider, config?: unknown): void {
  const answer = typeof config === 'function' ? (config as () => unknown) : () => config
  registrations.set(provider.name, { provider, config: answer })
}

/** @throws RoomError BAD_CONFIG that names what is registered */
export function providerNamed(name: string): Registration {
  const registration = registrations.get(name)
  if (registration) return registration
  const known = [...registrations.keys()].join(', ') || 'none'
  throw new RoomError('BAD_CONFIG', `provider "${name}" is not registered (registered: ${known})`)
}
