import { RoomError } from '../errors'
import type { MediaHost } from '../media/media-host'
import { MediaSession } from '../media/media-session'
import type { Stream } from '../model'
import type { Platform } from '../platform/platform'
import type { ProviderSession } from '../provider/provider'
import type { TypedEmitter } from '../util/emitter'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import type { RoomState } from './room-state'
import type { RetryInfo, RoomSessionEvents } from './session-events'

export interface RoomMediaOptions {
  readonly platform: Platform
  readonly policy: ReconnectPolicy
  readonly host: MediaHost
  readonly session: ProviderSession
  readonly emitter: TypedEmitter<RoomSessionEvents>
  /** the room as it is at the moment of asking */
  room(): RoomState
  changed(): void
}

/** The media of one stay: URLs come from the provider's session, what happens to a tag is told by the name of its member. */
export function createRoomMedia(options: RoomMediaOptions): MediaSession {
  const { platform, policy, host, session, emitter, room, changed } = options
  const owner = (streamId: string) => ownerOf(room(), streamId)
  return new MediaSession({
    platform,
    policy,
    host,
    askUrl(streamId) {
      if (streamId === '') return session.publishUrl()
      const stream = streamOf(room(), streamId)
      if (stream) return session.playUrl(stream)
      return Promise.reject(new RoomError('CANCELLED', `Stream ${streamId} has left the room`))
    },
    listener: {
      changed,
      measured: () => emitter.emit('measured'),
      retrying: (id, attempt, error) => emitter.emit('reconnecting', { ...owner(id), attempt, error }),
      recovered: (id, attempt) => emitter.emit('reconnected', { ...owner(id), attempt }),
      failed: (_id, error) => {
        if (error.code !== 'CANCELLED') emitter.emit('failed', error)
      },
      qualityChanged: (id, level) => emitter.emit('qualityChanged', { userID: owner(id).userID, level }),
      speakerChanged: (id, volume) =>
        emitter.emit('speakerChanged', { userID: volume > 0 ? owner(id).userID : '', volume }),
    },
  })
}

function ownerOf(room: RoomState, streamId: string): Pick<RetryInfo, 'target' | 'userID'> {
  if (streamId === '') return { target: 'publisher', userID: room.selfId }
  return { target: 'player', userID: streamOf(room, streamId)?.userID ?? '' }
}

function streamOf({ roster }: RoomState, streamId: string): Stream | undefined {
  for (const member of roster.values()) {
    const stream = member.streams.find((candidate) => candidate.streamId === streamId)
    if (stream) return stream
  }
  return undefined
}
