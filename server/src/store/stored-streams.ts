import type { PublishedKind } from '../stream-name'
import type { Member } from './store-ops'

/** A stream that goes on at a media server outside this process. */
export interface StoredStream extends Member {
  readonly stream: string
  readonly kind: PublishedKind
  /** Of the URL that it was published with. */
  readonly ticket: string
  /** Which kind of media server it is at, and what that calls the publisher. */
  readonly server: string
  readonly client: string
}

export interface StoredStreams {
  /** @returns what was published under this name until now */
  note(stream: StoredStream): Promise<StoredStream | null>
  /** @returns what it was, null when it is another client's by now or nobody's */
  forget(stream: Pick<StoredStream, 'room' | 'stream' | 'server' | 'client'>): Promise<StoredStream | null>
  /** Those of a room, or of a login. */
  of(of: { readonly room: string } | { readonly login: string }): Promise<StoredStream[]>
}
