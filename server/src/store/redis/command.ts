/** A command of Redis and its words. */
export type Command = readonly (string | number)[]

/** Words of one command at most: Lua's stack is small. */
const WORDS_MAX = 1_000

/** The same command as often as its words need. */
export function inPieces(command: readonly string[], words: readonly (string | number)[]): Command[] {
  const pieces: Command[] = []
  for (let at = 0; at < words.length; at += WORDS_MAX) pieces.push([...command, ...words.slice(at, at + WORDS_MAX)])
  return pieces
}

/** Adds to a list of so many at most, which goes when nothing has been added for that long. */
export function keptList(key: string, entry: object, most: number, keptMs: number): Command[] {
  return [
    ['RPUSH', key, JSON.stringify(entry)],
    ['LTRIM', key, -most, -1],
    ['PEXPIRE', key, keptMs],
  ]
}
