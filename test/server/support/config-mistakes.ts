import { ConfigError } from '../../../server/src/config/config'

/** Everything that is wrong with a configuration, as its reading tells it; nothing where it is read. */
export function mistakesIn(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
  return []
}
