import { RoomError } from '../errors'
import type { Capabilities, JoinRequest, RoomProvider } from './provider'

/** NOT_SUPPORTED that names the provider and the capability that it lacks. */
export function notSupported(provider: string, feature: keyof Capabilities): RoomError {
  return new RoomError('NOT_SUPPORTED', `Provider ${provider} does not support ${feature}`)
}

/** @throws RoomError NOT_SUPPORTED for the first thing that is asked of a provider without it */
export function checkCapabilities({ name, capabilities }: RoomProvider, { kind, role, roomId }: JoinRequest): void {
  const needed: (keyof Capabilities)[] = []
  if (kind === 'live') needed.push('broadcasts')
  else if (role === 'audience') needed.push('callAudience')
  if (roomId === '') needed.push('createRooms')
  const lacking = needed.find((feature) => !capabilities[feature])
  if (lacking) throw notSupported(name, lacking)
}
