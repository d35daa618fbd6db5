const component = (name: string): string => `components/${name}/${name}`
const COMPONENTS = ['rtc-room', 'live-room', 'webrtc-room']

/** What a mini program downloads for its pages, and how much that may be at most. */
export interface Budget {
  readonly name: string
  /** paths in the package, without extension */
  readonly entries: readonly string[]
  /** bytes of all minified scripts one after the other, gzipped */
  readonly maxGzip: number
}

/** Kept by `npm run size` over what esbuild minifies, and by `npm run check:consumer` over what WeChat's tools make. */
export const BUDGETS: readonly Budget[] = [
  { name: 'rtc-room', entries: [component('rtc-room')], maxGzip: 31_500 },
  { name: 'live-room', entries: [component('live-room')], maxGzip: 33_000 },
  { name: 'webrtc-room', entries: [component('webrtc-room')], maxGzip: 40_000 },
  { name: 'all three', entries: COMPONENTS.map(component), maxGzip: 42_500 },
  { name: 'rtc-room, rtcroom', entries: [component('rtc-room'), 'rtcroom'], maxGzip: 32_800 },
  { name: 'live-room, liveroom', entries: [component('live-room'), 'liveroom'], maxGzip: 34_200 },
  { name: 'all, with modules', entries: [...COMPONENTS.map(component), 'rtcroom', 'liveroom'], maxGzip: 43_800 },
]
