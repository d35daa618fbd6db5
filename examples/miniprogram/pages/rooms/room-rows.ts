import type { RoomListEntry } from 'roomlet/rtcroom'
import { filled, wordTable } from '../../word-table'
import type { Lang } from '../../words'

export const ROOMS_WORDS = wordTable({
  title: ['房间列表', 'Room list'],
  userName: ['你的名字', 'Your name'],
  userNameHint: ['别人看到的名字', 'what others see'],
  needName: ['请先输入名字', 'Enter a name first'],
  refresh: ['刷新', 'Refresh'],
  openRooms: ['有人的房间', 'Rooms with people in'],
  loading: ['正在读取房间列表…', 'Loading the rooms…'],
  empty: ['现在没有人在房间里', 'Nobody is in a room just now'],
  emptySay: ['在下面新建一个，别人下拉刷新就能看到。', 'Open one below; others see it when they pull down.'],
  failed: ['读不到房间列表', 'The rooms cannot be read'],
  failedSay: ['服务器没有回应，或者不在演示模式。', 'The server does not answer, or is not in demo mode.'],
  retry: ['重试', 'Retry'],
  settings: ['服务器设置', 'Server settings'],
  create: ['新建房间', 'Open a room'],
  createOne: ['新建并进入', 'Open and enter'],
  roomName: ['房间名', 'Name of the room'],
  roomNameHint: ['可以不填', 'may be left out'],
  kindMulti: ['多人通话', 'Call of many'],
  kindDouble: ['双人通话', 'Call of two'],
  kindLive: ['直播', 'Broadcast'],
  kindWebrtc: ['与桌面端', 'With desks'],
  noName: ['房间 {id}', 'Room {id}'],
  createdBy: ['{name} 创建', 'by {name}'],
  andMore: ['{names} 等 {n} 人', '{names} and others, {n} in all'],
  watching: ['{n} 人在看', '{n} watching'],
  full: ['已满', 'full'],
})

type RoomKind = RoomListEntry['kind']
type Word = keyof (typeof ROOMS_WORDS)['zh']

const NAMES_SHOWN = 3
const SEATS_OF_TWO = 2

interface KindLook {
  readonly kind: RoomKind
  readonly word: Word
  readonly icon: string
}

const KINDS: readonly KindLook[] = [
  { kind: 'multi_room', word: 'kindMulti', icon: 'users' },
  { kind: 'double_room', word: 'kindDouble', icon: 'user' },
  { kind: 'live_room', word: 'kindLive', icon: 'camera' },
  { kind: 'webrtc_room', word: 'kindWebrtc', icon: 'desk' },
]

/** A room as one row of the list. */
export interface RoomRow {
  readonly roomID: string
  readonly kind: RoomKind
  readonly icon: string
  readonly kindText: string
  readonly name: string
  readonly creator: string
  readonly people: string
  /** '' when there is nobody beside the members */
  readonly watching: string
  readonly isFull: boolean
}

export function rowOf(
  { roomID, kind, roomName, roomCreator, members, audienceCount }: RoomListEntry,
  lang: Lang,
): RoomRow {
  const t = ROOMS_WORDS[lang]
  const { word, icon } = KINDS.find((look) => look.kind === kind) ?? (KINDS[0] as KindLook)
  const nameOf = ({ userID, userName }: { userID: string; userName: string }): string => userName || userID
  const creator = members.find(({ userID }) => userID === roomCreator)
  const names = members
    .slice(0, NAMES_SHOWN)
    .map(nameOf)
    .join(lang === 'zh' ? '、' : ', ')
  return {
    roomID,
    kind,
    icon,
    kindText: t[word],
    name: roomName || filled(t.noName, { id: roomID }),
    creator: filled(t.createdBy, { name: creator ? nameOf(creator) : roomCreator }),
    people: members.length > NAMES_SHOWN ? filled(t.andMore, { names, n: members.length }) : names,
    watching: audienceCount ? filled(t.watching, { n: audienceCount }) : '',
    isFull: kind === 'double_room' && members.length >= SEATS_OF_TWO,
  }
}

/** The kinds that a new room may be of. */
export function kindsIn(lang: Lang): readonly { readonly kind: RoomKind; readonly text: string }[] {
  return KINDS.map(({ kind, word }) => ({ kind, text: ROOMS_WORDS[lang][word] }))
}

export interface Entry {
  readonly kind: RoomKind
  readonly roomId: string
  readonly roomName?: string
  readonly userId: string
  readonly userName: string
  readonly lang: Lang
  /** It is one's own new room. */
  readonly isNew: boolean
}

const PAGES: Readonly<Record<RoomKind, string>> = {
  multi_room: 'rtc-room',
  double_room: 'rtc-room',
  live_room: 'live-room',
  webrtc_room: 'webrtc-room',
}

const TEMPLATES: Readonly<Partial<Record<RoomKind, string>>> = { multi_room: 'grid', double_room: '1v1' }

/** Address of the page on which a room is entered at once. */
export function entryUrl({ kind, roomId, roomName = '', userId, userName, lang, isNew }: Entry): string {
  const query: Record<string, string> = { roomId, userId, userName, lang, autostart: '1' }
  if (roomName) query.roomName = roomName
  const template = TEMPLATES[kind]
  if (template) query.template = template
  if (kind === 'live_room') query.role = isNew ? 'presenter' : 'audience'
  const fields = Object.keys(query).map((name) => `${name}=${encodeURIComponent(query[name] ?? '')}`)
  return `/pages/${PAGES[kind]}/${PAGES[kind]}?${fields.join('&')}`
}
