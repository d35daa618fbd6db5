import { RoomError } from '../errors'
import type { Capabilities, JoinRequest, RoomProvider } from './provider'

/** What each capability is called in an error. */
const FEATURES: Readonly<Record<keyof Capabilities, string>> = {
  messages: 'messages',
  linkMic: 'link-mic',
  createRooms: 'choosing the roomId of a new room',
  broadcasts: 'broadcasts',
  callAudience: 'an audience of a call',
}

/** NOT_SUPPORTED that names the provider and what it lacks. */
export function notSupported(provider: string, feature: keyof Capabilities): RoomError {
  return new RoomError('NOT_SUPPORTED', `Provider ${provider} does not support ${FEATURES[feature]}`)
}

/** @throws RoomError NOT_SUPPORTED for the first thing that is asked of a provider without it */
export function checkCapabilities({ name, capabilities }: RoomProvider, request: JoinRequest): void {
  const needed: readonly (readonly [keyof Capabilities, boolean])[] = [
    ['broadcasts', request.kind === 'live'],
    ['callAudience', request.kind !== 'live' && request.role === 'audience'],
    ['createRooms', request.roomId === ''],
  ]
  for (const [feature, isNeeded] of needed) if (isNeeded && !capabilities[feature]) throw notSupported(name, feature)
}
