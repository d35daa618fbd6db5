import { MediaServerFailed, ownRequest } from './own-request'
import type { MediaServerApi } from './media-server-api'

export interface SrsApiOptions {
  /** Where its HTTP API is, such as `http://user:password@127.0.0.1:1985`. */
  readonly baseUrl: string
  readonly fetch?: typeof fetch
}

/** `code` of a client that is not there any more. */
const NO_SUCH_CLIENT = 2049

/** SRS by its HTTP API: a publisher is the client that its `on_publish` hook has named. */
export function createSrsApi({ baseUrl, fetch: ask = fetch }: SrsApiOptions): MediaServerApi {
  const request = ownRequest(baseUrl, ask)
  return {
    name: 'srs',
    async cut({ client }) {
      const answer = await request('DELETE', `/api/v1/clients/${encodeURIComponent(client)}`)
      if (answer.status === 404) return
      const { code } = (await answer.json().catch(() => ({}))) as { code?: unknown }
      if (!answer.ok || (code !== 0 && code !== NO_SUCH_CLIENT)) throw new MediaServerFailed('SRS', answer.status)
    },
  }
}
