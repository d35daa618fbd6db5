/** Keys whose values are a secret, or are signed, or lead to a stream. */
const SECRET_KEYS = [
  'token',
  'userSig',
  'secretKey',
  'privateMapKey',
  'apiKey',
  'password',
  'authorization',
  'pushURL',
  'playURL',
  'liveURL',
  'auxURL',
  'mixedPlayURL',
  'accelerateURL',
]
export const REDACTED = '[redacted]'

/** Where such a key may stand in what is logged, as pino wants it. */
export const REDACTED_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** In a URL, whatever text it stands in: parameters of queries that are secret or a signature, and a password. */
const IN_QUERY = /([?&](?:token|userSig|privateMapKey|sign?|s|txSecret)=)[^&\s"'\\]+/gi
const PASSWORD_IN_URL = /(\b[a-z][a-z+.-]*:\/\/)[^/\s"'@]*@/gi
/** Shorter ones stand in many a word by chance. */
const SHORTEST_SECRET = 6

/**
 * Takes out of a line what a message or an error has quoted without anyone's intention.
 * @param secrets those that are configured, which are found wherever they stand
 */
export function scrubber(secrets: readonly string[]): (line: string) => string {
  const known = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    // as they stand in JSON
    .map((secret) => JSON.stringify(secret).slice(1, -1))
  return (line) => {
    const scrubbed = line.replace(IN_QUERY, `$1${REDACTED}`).replace(PASSWORD_IN_URL, `$1${REDACTED}@`)
    return known.reduce((text, secret) => text.replaceAll(secret, REDACTED), scrubbed)
  }
}
