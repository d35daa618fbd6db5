import type { StoredStream } from '../store/stored-streams'

/** A media server of its own that RoomService can tell to throw a publisher out. */
export interface MediaServerApi {
  /** What the streams noted for it are noted under. */
  readonly name: string
  /** Ends the connection of this publisher and of no other. Rejects when it cannot be asked. */
  cut(stream: StoredStream): Promise<void>
}
