/** Every text of the desk: Chinese, English. `{name}` stands for an argument. */
export const DESK_WORDS = {
  title: ['Roomlet 桌面端', 'Roomlet Desk'],
  room: ['房间', 'Room'],
  copyRoom: ['复制房间号', 'Copy the room number'],
  copied: ['已复制', 'Copied'],
  language: ['语言', 'Language'],
  toDark: ['切换到深色', 'Switch to dark'],
  toLight: ['切换到浅色', 'Switch to light'],
  joinTitle: ['加入房间', 'Join a room'],
  joinSay: ['与小程序里的成员面对面，画面和聊天互通。', 'Face to face with the mini program: picture, sound and chat.'],
  roomID: ['房间号', 'Room number'],
  roomNote: ['房间号是 1 到 64 个字母、数字或 - _', 'A room number is 1 to 64 letters, digits, - or _'],
  name: ['名字', 'Name'],
  nameNote: ['请填写名字', 'Please enter a name'],
  join: ['加入', 'Join'],
  joining: ['加入中…', 'Joining…'],
  speak: ['对着麦克风说句话', 'Say something'],
  noCamera: ['摄像头已关闭', 'The camera is off'],
  me: ['我', 'Me'],
  mute: ['静音', 'Mute'],
  muted: ['已静音', 'Muted'],
  camera: ['摄像头', 'Camera'],
  cameraOff: ['已关闭', 'Off'],
  share: ['共享屏幕', 'Share screen'],
  stopSharing: ['停止共享', 'Stop sharing'],
  myScreen: ['我的屏幕', 'My screen'],
  screenOf: ['{name}的屏幕', '{name}’s screen'],
  notShared: ['没有共享屏幕', 'No screen is shared'],
  record: ['录制', 'Record'],
  stopRecording: ['停止录制', 'Stop recording'],
  recording: ['录制中', 'Recording'],
  saved: ['录制已保存', 'Recording saved'],
  open: ['打开', 'Open'],
  layout: ['布局', 'Layout'],
  chat: ['聊天', 'Chat'],
  close: ['关闭', 'Close'],
  people: ['{n} 人', '{n} people'],
  leave: ['离开', 'Leave'],
  draft: ['说点什么…', 'Say something…'],
  send: ['发送', 'Send'],
  sendsLater: ['恢复后自动发送', 'Sends when back online'],
  notSent: ['发送失败', 'Not sent'],
  hand: ['举手', 'Raise a hand'],
  raisesHand: ['{name} 举手了', '{name} raises a hand'],
  joined: ['{name} 加入了房间', '{name} joined'],
  left: ['{name} 离开了房间', '{name} left'],
  loading: ['正在加载画面…', 'Loading video…'],
  held: ['未播放', 'Not playing'],
  stalled: ['对方网络不稳定', 'Their network is unstable'],
  reconnecting: ['重新连接中…', 'Reconnecting…'],
  away: ['暂时离开', 'Away'],
  failed: ['画面中断', 'Video lost'],
  retry: ['重试', 'Retry'],
  network: ['网络 {n} 格', 'Network {n} of 4'],
  unheard: ['听不到对方：声音格式不同', 'You cannot hear them: another sound format'],
  unheardMe: ['对方听不到你：声音格式不同', 'They cannot hear you: another sound format'],
  roomReconnecting: ['重新连接中… 第 {n} 次', 'Reconnecting… try {n}'],
  alone: ['等其他人加入', 'Waiting for others'],
  aloneSay: ['把房间号 {room} 发给对方', 'Tell them the room number {room}'],
  wantsSeat: ['{name} 请求连麦', '{name} asks to join in'],
  link: ['连麦', 'Join in'],
  linkCancel: ['取消申请', 'Cancel'],
  linkAccept: ['接受连麦', 'Accept'],
  linkEnd: ['断开连麦', 'Leave seat'],
  linkOver: ['连麦已结束', 'You are off air'],
  invited: ['主播邀请你连麦', 'The presenter invites you on air'],
  accept: ['同意', 'Accept'],
  reject: ['拒绝', 'Decline'],
  kick: ['请下麦', 'Remove'],
  soundOff: ['点一下页面即可听到声音', 'Click the page to hear sound'],
  noBeauty: ['浏览器里没有美颜', 'No beauty filter in a browser'],
  noCloudRecording: ['浏览器里没有云端录制，可用本地录制', 'No cloud recording in a browser: record locally'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type DeskWord = keyof typeof DESK_WORDS
export type WordArguments = Readonly<Record<string, string | number>>
export type Language = 'zh' | 'en'
/** Says a text in its language. */
export type Say = ((word: DeskWord, args?: WordArguments) => string) & { readonly language: Language }

/** The desk's texts in one language. */
export function wordsOf(language: Language): Say {
  const say = (word: DeskWord, args: WordArguments = {}): string =>
    DESK_WORDS[word][language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(args[name] ?? whole),
    )
  return Object.assign(say, { language })
}
