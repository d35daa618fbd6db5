import type { PublishedKind, StreamOwner } from '../stream-name'

/**
 * Somebody has begun or ended to publish. Told once, on the node that the media server has asked: a stream that is taken over
 * by another connection of its owner stops first.
 */
export interface StreamChange extends StreamOwner {
  readonly type: 'started' | 'stopped'
  readonly kind: PublishedKind
  /** Name of the stream, as in its URLs. */
  readonly stream: string
  /** ms since 1970 */
  readonly time: number
}
