import { wordTable } from '../../word-table'
import type { Lang } from '../../words'

/** Where an entry leads, as `pages/{page}/{page}`. */
interface Entry {
  readonly page: string
  readonly icon: string
  readonly name: Word
  readonly note: Word
}

export interface ShownSection {
  readonly title: string
  readonly entries: readonly {
    readonly page: string
    readonly icon: string
    readonly name: string
    readonly note: string
  }[]
}

export const INDEX_WORDS = wordTable({
  title: ['Roomlet 演示', 'Roomlet demos'],
  say: [
    '小程序实时音视频：房间组件、单独的推流和播放、检测工具。',
    'Real-time audio and video for mini programs: rooms, bare tags, tools.',
  ],
  rooms: ['房间', 'Rooms'],
  themes: ['主题', 'Themes'],
  themesNote: ['深色和品牌色', 'A dark and a brand one'],
  roomList: ['房间列表', 'Room list'],
  roomListNote: ['看看谁在房间里，点一下就加入', 'See who is in a room, tap to join'],
  overlay: ['成员浮层', 'Overlay per member'],
  overlayNote: ['页面自己的组件盖在每个画面上', 'A component of the page over every tile'],
  customUi: ['自定义界面', 'Custom UI'],
  layout: ['自己的布局', 'A layout of your own'],
  layoutNote: ['只用内核，不到 120 行', 'The core alone, in less than 120 lines'],
  vendor: ['原厂模板', 'Vendors’ templates'],
  vendorNote: ['为原组件写的模板，原样运行', 'Templates of the originals, as they are'],
  tags: ['只推流、只播放', 'Publish or play alone'],
  tools: ['工具', 'Tools'],
  rtcRoom: ['rtc-room', 'rtc-room'],
  rtcRoomNote: ['多人视频通话，人人都能说', 'A video call, everyone talks'],
  liveRoom: ['live-room', 'live-room'],
  liveRoomNote: ['一人直播，众人观看，观众可连麦', 'One presents, many watch, some join in'],
  webrtcRoom: ['webrtc-room', 'webrtc-room'],
  webrtcRoomNote: ['小程序与 Chrome 网页在同一个房间', 'Mini programs and Chrome in one room'],
  direct: ['direct', 'direct'],
  directNote: ['不用云厂商，任意 RTMP 服务器', 'No vendor, any RTMP server'],
  push: ['推流', 'Publish'],
  pushNote: ['会自动恢复的 live-pusher，选项齐全', 'A live-pusher that comes back by itself'],
  play: ['播放', 'Play'],
  playNote: ['会自动恢复的 live-player，缓存、全屏、小窗', 'A live-player that comes back by itself'],
  deviceTest: ['设备检测', 'Device test'],
  deviceTestNote: ['摄像头、麦克风、扬声器和网络', 'Camera, microphone, speaker and network'],
  settings: ['服务器设置', 'Server settings'],
  settingsNote: ['所有页面连接的服务器', 'The server that all pages talk to'],
})

type Word = keyof (typeof INDEX_WORDS)['zh']

const SECTIONS: readonly { readonly title: Word; readonly entries: readonly Entry[] }[] = [
  {
    title: 'rooms',
    entries: [
      { page: 'rtc-room', icon: 'users', name: 'rtcRoom', note: 'rtcRoomNote' },
      { page: 'live-room', icon: 'camera', name: 'liveRoom', note: 'liveRoomNote' },
      { page: 'webrtc-room', icon: 'desk', name: 'webrtcRoom', note: 'webrtcRoomNote' },
      { page: 'rooms', icon: 'list', name: 'roomList', note: 'roomListNote' },
      { page: 'providers', icon: 'link', name: 'direct', note: 'directNote' },
    ],
  },
  {
    title: 'customUi',
    entries: [
      { page: 'themes', icon: 'beauty', name: 'themes', note: 'themesNote' },
      { page: 'overlay', icon: 'hand', name: 'overlay', note: 'overlayNote' },
      { page: 'custom-layout', icon: 'users', name: 'layout', note: 'layoutNote' },
      { page: 'room-template', icon: 'users', name: 'vendor', note: 'vendorNote' },
    ],
  },
  {
    title: 'tags',
    entries: [
      { page: 'push', icon: 'upload', name: 'push', note: 'pushNote' },
      { page: 'play', icon: 'play', name: 'play', note: 'playNote' },
    ],
  },
  {
    title: 'tools',
    entries: [
      { page: 'device-test', icon: 'mic', name: 'deviceTest', note: 'deviceTestNote' },
      { page: 'settings', icon: 'settings', name: 'settings', note: 'settingsNote' },
    ],
  },
]

/** The list of all pages in one language. */
export function sectionsIn(lang: Lang): readonly ShownSection[] {
  const t = INDEX_WORDS[lang]
  return SECTIONS.map(({ title, entries }) => ({
    title: t[title],
    entries: entries.map(({ page, icon, name, note }) => ({ page, icon, name: t[name], note: t[note] })),
  }))
}
