import { loginOf } from '../tickets/stream-ticket'
import type { StoredStream, StoredStreams } from './stored-streams'

/** Streams at media servers, in the memory of one process. */
export class MemoryStreams implements StoredStreams {
  private readonly streams = new Map<string, StoredStream>()

  async note(stream: StoredStream): Promise<StoredStream | null> {
    const before = this.streams.get(stream.stream) ?? null
    this.streams.set(stream.stream, stream)
    return before
  }

  async forget(op: Pick<StoredStream, 'stream' | 'server' | 'client'>): Promise<StoredStream | null> {
    const { stream, server, client } = op
    const found = this.streams.get(stream)
    if (found?.server !== server || found.client !== client) return null
    this.streams.delete(stream)
    return found
  }

  async of(of: { readonly room: string } | { readonly login: string }): Promise<StoredStream[]> {
    const all = [...this.streams.values()]
    return 'room' in of ? all.filter(({ room }) => room === of.room) : all.filter((each) => loginOf(each) === of.login)
  }
}
