/** Files that exist for `require('roomlet')` and its subpaths only: a mini program does not read `exports`. */
export const ENTRIES: Readonly<Record<string, string>> = {
  index: 'src/index',
  rtcroom: 'components/rtc-room/module',
  liveroom: 'components/live-room/module',
  media: 'components/shared/media-classes',
  direct: 'src/provider/direct/direct',
  trtc: 'src/provider/trtc/trtc',
  vhall: 'src/provider/vhall/vhall-publisher',
  zego: 'src/provider/zego/zego',
}
