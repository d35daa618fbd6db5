import { Type, type TObject, type TProperties } from '@sinclair/typebox'

const text = Type.String()
const whole = Type.Integer()
const room = { roomID: text, roomInfo: text, roomCreator: text }
const Room = {
  ...room,
  mixedPlayURL: text,
  custom: text,
  pushers: Type.Array(Type.Object({ userID: text, userName: text, userAvatar: text, accelerateURL: text })),
  audienceCount: Type.Optional(whole),
}
const custom = { custom: text, customInfo: text }
const Files = Type.Array(Type.Record(text, Type.Unknown()))

interface CallText {
  readonly summary: string
  /** Beside code and message. */
  readonly answer: TProperties
}
const call = (summary: string, answer: TProperties = {}): CallText => ({ summary, answer })

/** What calls do and answer, by their name in the path; `webrtc_room/…` where they differ there. */
export const HTTP_CALLS: Readonly<Record<string, CallText>> = {
  login: call('A token for a userSig, or a fresh one for an earlier token', { userID: text, token: text }),
  logout: call('Ends the login, with every token and connection of it'),
  get_push_url: call('A signed URL to publish to', { pushURL: text }),
  get_room_list: call('Rooms with members, oldest first', { rooms: Type.Array(Type.Object(Room)) }),
  get_pushers: call('A room and who publishes in it', Room),
  create_room: call('An empty room, dropped after a minute without members', { roomID: text }),
  destroy_room: call('Ends a room; its creator only'),
  add_pusher: call('Enters a room, which is created if it is absent; in a live_room takes a seat'),
  delete_pusher: call('Leaves a room, or gives a seat back'),
  pusher_heartbeat: call('Stays in a room for another 20 s'),
  get_record_files: call('Recorded files of a room; its creator only', { files: Files }),
  merge_stream: call('Has the streams of a room mixed; its creator only', {
    result: Type.Record(text, Type.Unknown()),
  }),
  get_custom_info: call('The custom fields of a live_room, as JSON', custom),
  set_custom_field: call('Changes a custom field of a live_room', custom),
  add_audience: call('Watches a live_room'),
  delete_audience: call('Watches no more'),
  get_audiences: call('Who watches a live_room', {
    audiences: Type.Array(Type.Object({ userID: text, userInfo: text })),
    audienceCount: whole,
  }),
  'webrtc_room/create_room': call('Creates a room and enters it', {
    roomID: text,
    roomInfo: text,
    privateMapKey: text,
  }),
  enter_room: call('Enters a room', { userID: text, roomID: text, privateMapKey: text }),
  quit_room: call('Leaves a room'),
  heartbeat: call('Stays in a room for another 20 s'),
  'webrtc_room/get_room_list': call('Rooms with members, oldest first', { rooms: Type.Array(Type.Object(room)) }),
  get_room_members: call('Who is in a room', {
    members: Type.Array(Type.Object({ userID: text, nickName: text })),
  }),
  get_test_pushurl: call('URLs of a test stream of one’s own', {
    url_push: text,
    url_play_flv: text,
    url_play_rtmp: text,
    url_play_hls: text,
    url_play_acc: text,
  }),
  get_test_rtmpaccurl: call('The low-latency URL of that stream', { url_rtmpacc: text }),
}

/** The whole answer of a call that went well. */
export function answerOf({ answer }: CallText): TObject {
  return Type.Object({ code: Type.Literal(0), message: text, ...answer })
}

export function callAt(kind: string, name: string): CallText | undefined {
  return HTTP_CALLS[`${kind}/${name}`] ?? HTTP_CALLS[name]
}
