import { MediaServerFailed, ownRequest } from './own-request'
import type { MediaServerApi } from './media-server-api'
import { STREAM_APP } from './stream-app'

export interface NginxRtmpControlOptions {
  /** The location with `rtmp_control`, such as `http://127.0.0.1:8081/control`. */
  readonly baseUrl: string
  readonly fetch?: typeof fetch
}

/** What the control module answers where there is no such stream. */
const NOTHING_TO_DROP = 400

/**
 * nginx-rtmp by its control module. That knows the streams of the worker which answers, so nginx has one worker, or each worker a
 * control address of its own.
 */
export function createNginxRtmpControl({ baseUrl, fetch: ask = fetch }: NginxRtmpControlOptions): MediaServerApi {
  const request = ownRequest(baseUrl, ask)
  return {
    name: 'nginx-rtmp',
    async cut({ stream, client }) {
      // the module decodes nothing, and none of this needs it
      const answer = await request('GET', `/drop/publisher?app=${STREAM_APP}&name=${stream}&clientid=${client}`)
      await answer.text()
      if (!answer.ok && answer.status !== NOTHING_TO_DROP) throw new MediaServerFailed('nginx-rtmp', answer.status)
    },
  }
}
