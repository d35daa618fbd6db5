import { RoomError } from '../../errors'

/** What live-pusher takes. */
const PUSH_SCHEMES = /^(rtmp|room):\/\/[^/\s]+\/?\S*$/
/** What live-player takes; never m3u8. */
const PLAY_SCHEMES = /^(?:(rtmp|room):\/\/[^/\s]+\/?\S*|https?:\/\/[^/\s]+\/[^\s?#]+\.flv(?:[?#]\S*)?)$/

/** One stream in every form. */
export interface PlayUrls {
  /** Low delay where the server has it. */
  readonly rtmp: string
  /** For live-player in live mode. */
  readonly flv: string
  /** For browsers and players outside; live-player does not play it. */
  readonly hls: string
}

/** Where a stream stands. */
export interface PlayUrlOptions {
  /** Where it is played when that is another host than where it is pushed, with a port if any. */
  readonly host?: string
  /** Host, with a port if any, of the HTTP URLs, when media servers serve them at another one: SRS does at 8080. */
  readonly httpHost?: string
  /** https unless told. */
  readonly secure?: boolean
}

/**
 * Where a stream is played that is pushed to `rtmp://host/app/stream`, as SRS, nginx-http-flv and most CDNs have it. The
 * query, which is what signs a push, stays out: whoever signs play URLs does so on a server.
 * @throws RoomError BAD_PARAMETER when it is not such a URL
 */
export function playUrlsOf(pushUrl: string, { host, httpHost, secure = true }: PlayUrlOptions = {}): PlayUrls {
  const [, authority, path] = /^rtmp:\/\/([^/?#\s]+)\/([^?#\s]+\/[^?#\s/]+)(?:[?#]\S*)?$/.exec(pushUrl) ?? []
  if (authority === undefined || path === undefined) {
    throw new RoomError('BAD_PARAMETER', 'direct: a push URL is rtmp://host/app/stream')
  }
  // the port of RTMP is none of HTTP
  const web = `${secure ? 'https' : 'http'}://${httpHost ?? (host ?? authority).replace(/:\d+$/, '')}/${path}`
  return { rtmp: `rtmp://${host ?? authority}/${path}`, flv: `${web}.flv`, hls: `${web}.m3u8` }
}

export function isPushUrl(url: unknown): url is string {
  return typeof url === 'string' && PUSH_SCHEMES.test(url)
}

export function isPlayUrl(url: unknown): url is string {
  return typeof url === 'string' && PLAY_SCHEMES.test(url)
}
