import type { IncomingMessage } from 'node:http'
import type { RandomBytes } from '../random'

export const REQUEST_ID_HEADER = 'x-request-id'
/** What stands in logs as it came: nothing that could be taken for something else there. */
const VALID = /^[\w.:=+/-]{1,128}$/

/** Names requests: as whoever stands in front has, else by a name of this process and a number. */
export function requestIds(random: RandomBytes): (request: Pick<IncomingMessage, 'headers'>) => string {
  const prefix = random(6).toString('base64url')
  let count = 0
  return ({ headers }) => {
    const given = headers[REQUEST_ID_HEADER]
    if (typeof given === 'string' && VALID.test(given)) return given
    count += 1
    return `${prefix}-${count.toString(36)}`
  }
}
