/**
 * Writes down what an operation has made of a room, if the room is still what the operation began with and none of its requests
 * has been answered by now. Several nodes may try at once: one succeeds, the others are told what has happened.
 *
 * KEYS: the node's lease, room, changes, events, event count, then what would be answered by now.
 * ARGV: epoch and revision that are known, now (ms), events as JSON or '', then commands: each the number of its words and the words.
 * Answers one of {@link CommitReply}.
 */
export const COMMIT_SCRIPT = `
if redis.call('EXISTS', KEYS[1]) == 0 then return {'fenced'} end

local epoch = redis.call('HGET', KEYS[2], '@epoch') or ''
local revision = tonumber(redis.call('HGET', KEYS[2], '@revision') or '0')
local known = tonumber(ARGV[2])
if epoch ~= ARGV[1] or revision ~= known then
  if epoch ~= '' and epoch == ARGV[1] and revision > known and revision - known <= redis.call('LLEN', KEYS[3]) then
    return {'behind', redis.call('LRANGE', KEYS[3], known - revision, -1)}
  end
  return {'other', redis.call('HGETALL', KEYS[2])}
end

local answers = {}
local isAnswered = false
for i = 6, #KEYS do
  local answer = redis.call('GET', KEYS[i])
  if answer and tonumber(string.match(answer, '^%d+')) > tonumber(ARGV[3]) then
    isAnswered = true
    answers[i - 5] = answer
  else
    answers[i - 5] = ''
  end
end
if isAnswered then return {'answered', answers} end

local at = 5
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end
if ARGV[4] == '' then return {'done', tonumber(redis.call('GET', KEYS[5]) or '0')} end
local count = redis.call('INCR', KEYS[5])
redis.call('XADD', KEYS[4], 'MAXLEN', '~', 50000, count .. '-1', 'events', ARGV[4])
return {'done', count}
`

export type CommitReply =
  /** Written; the number of the last event by then. */
  | ['done', number]
  /** Other changes came first: these, as JSON. */
  | ['behind', string[]]
  /** It is another room, or too much has changed: all its fields and values. */
  | ['other', string[]]
  /** What was answered before, '' where nothing was. */
  | ['answered', string[]]
  /** The node was taken for dead, and others have taken over. */
  | ['fenced']
