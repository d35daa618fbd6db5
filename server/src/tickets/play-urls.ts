import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { checkInput, Field } from './ticket-input'

export interface PlayUrlRequest {
  /** Host a CDN or media server plays from, with a port where RTMP and HTTP share one. */
  readonly host: string
  readonly streamName: string
  /** `live` unless given. */
  readonly appName?: string
  /** true: https for FLV and HLS. */
  readonly secure?: boolean
}

/** The same stream for three kinds of players. */
export interface PlayUrls {
  readonly rtmp: string
  /** HTTP-FLV: two or three seconds of delay in `mode="live"`. */
  readonly flv: string
  /** For browsers; a live-player does not play it. */
  readonly hls: string
}

const requestCheck = TypeCompiler.Compile(
  Type.Object({
    host: Field.host,
    streamName: Field.urlName,
    appName: Type.Optional(Field.urlName),
    secure: Type.Optional(Type.Boolean({ description: 'true or false' })),
  }),
)

/** Play URLs in the usual form, unsigned: Tencent's live service and any CDN without authentication on its play domain. */
export function playUrls(request: PlayUrlRequest): PlayUrls {
  checkInput(requestCheck, request)
  const { host, streamName, appName = 'live', secure = false } = request
  const http = `${secure ? 'https' : 'http'}://${host}/${appName}/${streamName}`
  return { rtmp: `rtmp://${host}/${appName}/${streamName}`, flv: `${http}.flv`, hls: `${http}.m3u8` }
}
