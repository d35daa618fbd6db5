/**
 * What a number asks the media machines to do.
 *
 * - `connected`: the media server has been reached, nothing flows yet
 * - `capturing`: (publisher) pictures are captured or encoded. Some WeChat versions never say `started`: capturing
 *   after `connected` is as good
 * - `started`: (publisher) the stream is accepted, or the room entered
 * - `playing`: (player) pictures flow
 * - `stalled`: (player) buffering; `playing` follows when it recovers
 * - `congested`: the network is too slow for now
 * - `sdkRetrying`: the connection broke and the SDK tries again by itself; `retry` follows when it gives up
 * - `retry`: the SDK gave up or never tries: ask for a fresh URL, then stop and start
 * - `ended`: (player) the stream is over at its source
 * - `suspended`: stopped by a call, the capsule button or the background; start again in the foreground
 * - `cameraDenied`, `microphoneDenied`: (publisher) refused or in use elsewhere: only the user can mend it
 * - `failed`: another try would fail the same way
 * - `info`: nothing to do; unknown codes are of this kind
 */
export type MediaSignal =
  | 'connected'
  | 'capturing'
  | 'started'
  | 'playing'
  | 'stalled'
  | 'congested'
  | 'sdkRetrying'
  | 'retry'
  | 'ended'
  | 'suspended'
  | 'cameraDenied'
  | 'microphoneDenied'
  | 'failed'
  | 'info'

/** Which tag reported a code. */
export type MediaTarget = 'publisher' | 'player'

type Acting = Readonly<Partial<Record<MediaSignal, readonly number[]>>>

/** Apart from the names of the codes, which no component ships. The same number may ask for something else at the other target. */
const SIGNALS: Readonly<Record<MediaTarget, Acting>> = {
  publisher: {
    connected: [1001],
    started: [1002, 1018],
    capturing: [1007, 1008],
    retry: [1021, 3001, 3002, 3003, 3004, 3005, -1307, -1324, -1325, -1326, -3308],
    failed: [
      1022, -1303, -1304, -1305, -1306, -1308, -1309, -1310, -1313, -5, -3301, -3316, -3317, -3318, -3319, -3320,
      -100006, -100013, -100015, -100018,
    ],
    congested: [1101],
    sdkRetrying: [1102],
    suspended: [5000, 5001],
    cameraDenied: [10001, -1301, -1314, -1316],
    microphoneDenied: [10002, -1302, -1311, -1317, -1319],
  },
  player: {
    connected: [2001, 2002],
    playing: [2003, 2004, 2032],
    ended: [2006],
    stalled: [2007],
    sdkRetrying: [2103],
    congested: [2104, 2105],
    retry: [3001, 3002, 3003, 3004, 3005, -2301, -2302, -2308],
    suspended: [6000],
    failed: [-2303, -2304, -2305, -2306],
  },
}

/** Never throws: phones report codes that no manual lists. */
export function signalOf(target: MediaTarget, code: number): MediaSignal {
  const acting = SIGNALS[target]
  return (Object.keys(acting) as MediaSignal[]).find((signal) => acting[signal]?.includes(code)) ?? 'info'
}
