import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { makeStreamToken } from './stream-token'
import { checkInput, Field } from './ticket-input'

export interface MediaServerUrlRequest {
  /** Host of the RTMP server, with its port unless that is 1935. */
  readonly rtmpHost: string
  /** Host of its HTTP server, with its port; SRS has 8080. */
  readonly httpHost: string
  readonly streamName: string
  /** What the tokens are signed with. */
  readonly key: string
  /** Unix seconds. */
  readonly expireUnix: number
  /** `live` unless given. */
  readonly appName?: string
  /** true: https for FLV and HLS. */
  readonly secure?: boolean
}

const requestCheck = TypeCompiler.Compile(
  Type.Object({
    rtmpHost: Field.host,
    httpHost: Field.host,
    streamName: Field.urlName,
    key: Field.text,
    expireUnix: Field.seconds,
    appName: Type.Optional(Field.urlName),
    secure: Type.Optional(Type.Boolean({ description: 'true or false' })),
  }),
)

export interface NginxRtmpUrls {
  readonly push: string
  readonly rtmp: string
  /** Where `hls_path` is served as `/hls`. */
  readonly hls: string
}

export interface SrsUrls extends NginxRtmpUrls {
  readonly flv: string
}

/**
 * URLs of an SRS with `on_publish` and `on_play` hooks, signed by `?token=`. The push URL is for its publisher alone; make
 * them on a server, the key never ships in a mini program.
 */
export function srsUrls(request: MediaServerUrlRequest): SrsUrls {
  const { push, rtmp, http, query } = partsOf(request)
  const { appName = 'live', streamName } = request
  const path = `${http}/${appName}/${streamName}`
  return { push, rtmp, flv: `${path}.flv?${query}`, hls: `${path}.m3u8?${query}` }
}

/**
 * URLs of an nginx with the RTMP module and `on_publish` and `on_play` hooks, signed by `?token=`. HLS are files, which
 * nginx serves without asking a hook: guard that location with `auth_request`. Make them on a server, the key never ships
 * in a mini program.
 */
export function nginxRtmpUrls(request: MediaServerUrlRequest): NginxRtmpUrls {
  const { push, rtmp, http, query } = partsOf(request)
  return { push, rtmp, hls: `${http}/hls/${request.streamName}.m3u8?${query}` }
}

function partsOf(request: MediaServerUrlRequest): { push: string; rtmp: string; http: string; query: string } {
  checkInput(requestCheck, request)
  const { rtmpHost, httpHost, streamName, key, expireUnix, appName = 'live', secure = false } = request
  const token = (action: 'publish' | 'play'): string =>
    `token=${makeStreamToken({ key, action, appName, streamName, expireUnix })}`
  const base = `rtmp://${rtmpHost}/${appName}/${streamName}`
  const query = token('play')
  const http = `${secure ? 'https' : 'http'}://${httpHost}`
  return { push: `${base}?${token('publish')}`, rtmp: `${base}?${query}`, http, query }
}
