import { loginOf } from '../../tickets/stream-ticket'
import type { StoredStream, StoredStreams } from '../stored-streams'
import { loginStreamsKey, roomStreamsKey } from './keys'
import type { RedisLink } from './redis-link'

/** Streams of a media server that has died without a word are forgotten after this. */
const FORGOTTEN_MS = 7 * 24 * 3600_000

const NOTE_SCRIPT = `
local before = redis.call('HGET', KEYS[1], ARGV[1])
for i = 1, #KEYS do
  redis.call('HSET', KEYS[i], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return before
`

const FORGET_SCRIPT = `
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return false end
local stream = cjson.decode(text)
if stream.server ~= ARGV[2] or stream.client ~= ARGV[3] then return false end
redis.call('HDEL', KEYS[1], ARGV[1])
return text
`

/** Streams at media servers, known to all nodes: whoever hears that one has to end can end it. */
export class RedisStreams implements StoredStreams {
  constructor(private readonly redis: Pick<RedisLink, 'ask'>) {}

  async note(stream: StoredStream): Promise<StoredStream | null> {
    const login = loginOf(stream)
    const keys = [roomStreamsKey(stream.room), ...(login === '' ? [] : [loginStreamsKey(login)])]
    const words = [stream.stream, JSON.stringify(stream), FORGOTTEN_MS]
    const before = (await this.redis.ask((redis) => redis.eval(NOTE_SCRIPT, keys.length, ...keys, ...words))) as
      string | null
    const earlier = before === null ? null : (JSON.parse(before) as StoredStream)
    if (earlier && loginOf(earlier) !== login) await this.forgetOfLogin(earlier)
    return earlier
  }

  async forget(op: Pick<StoredStream, 'room' | 'stream' | 'server' | 'client'>): Promise<StoredStream | null> {
    const words = [op.stream, op.server, op.client]
    const text = (await this.redis.ask((redis) => redis.eval(FORGET_SCRIPT, 1, roomStreamsKey(op.room), ...words))) as
      string | null
    if (text === null) return null
    const stream = JSON.parse(text) as StoredStream
    await this.forgetOfLogin(stream)
    return stream
  }

  async of(of: { readonly room: string } | { readonly login: string }): Promise<StoredStream[]> {
    const key = 'room' in of ? roomStreamsKey(of.room) : loginStreamsKey(of.login)
    const texts = await this.redis.ask((redis) => redis.hvals(key))
    return texts.map((text) => JSON.parse(text) as StoredStream)
  }

  private async forgetOfLogin(stream: StoredStream): Promise<void> {
    const login = loginOf(stream)
    if (login !== '') await this.redis.ask((redis) => redis.hdel(loginStreamsKey(login), stream.stream))
  }
}
