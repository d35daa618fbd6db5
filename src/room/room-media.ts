import { RoomError } from '../errors'
import { MediaSession } from '../media/media-session'
import type { ProviderSession } from '../provider/provider'
import type { TypedEmitter } from '../util/emitter'
import type { RoomSessionOptions } from './call-session'
import type { RoomState } from './room-state'
import type { RetryInfo, RoomSessionEvents } from './session-events'
import { wantedStreams } from './wanted-streams'

/**
 * The media of one stay: URLs come from the provider's session, what happens to a tag is told by the name of its member.
 * @param room answers the room as it is at the moment of asking
 * @param published one's own stream has started, for the first time or anew
 */
export function createRoomMedia(
  { platform, policy, host }: RoomSessionOptions,
  session: ProviderSession,
  emitter: TypedEmitter<RoomSessionEvents>,
  room: () => RoomState,
  changed: () => void,
  published: () => void,
): MediaSession {
  const streamOf = (id: string) => wantedStreams(room()).find(({ streamId }) => streamId === id)
  const owner = (streamId: string): Pick<RetryInfo, 'target' | 'userID'> =>
    streamId === ''
      ? { target: 'publisher', userID: room().selfId }
      : { target: 'player', userID: streamOf(streamId)?.userID ?? '' }
  return new MediaSession({
    platform,
    policy,
    host,
    askUrl(streamId) {
      if (streamId === '') return session.publishUrl()
      const stream = streamOf(streamId)
      if (stream) return session.playUrl(stream)
      return Promise.reject(new RoomError('CANCELLED', `Stream ${streamId} has left the room`))
    },
    listener: {
      changed,
      up: (id) => id === '' && published(),
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
