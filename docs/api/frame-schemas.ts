import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { ERRORS } from '../../src/error-catalogue'
import type { ErrorCode } from '../../src/errors'
import type {
  AudienceFrame,
  AwayFrame,
  CallName,
  Calls,
  ClosedFrame,
  LinkFrame,
  MoveFrame,
  MuteFrame,
  NoticeFrame,
} from '../../src/signaling/protocol'

/** What the server says over the socket, for the reference; held equal to the types that both sides compile against. */
const text = Type.String()
const whole = Type.Integer()
const flag = Type.Boolean()
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)
const oneOf = <T extends string>(...values: T[]) => Type.Union(values.map((value) => Type.Literal(value)))

const user = { userID: text, userName: text, userAvatar: text }
const User = Type.Object(user)
const Member = Type.Object({
  ...user,
  playURL: text,
  liveURL: optional(text),
  auxURL: optional(text),
  audio: flag,
  video: flag,
})
const Link = Type.Object({
  user: User,
  phase: oneOf('off', 'requesting', 'invited', 'on'),
  rev: whole,
  reason: optional(oneOf('accepted', 'rejected', 'timeout', 'cancelled', 'ended', 'kicked', 'lost')),
  text: optional(text),
  expiresAt: optional(whole),
})
const Live = Type.Object({
  liveURL: text,
  audienceCount: whole,
  presenterAway: flag,
  links: Type.Array(Link),
  linkRev: whole,
  pushURL: optional(text),
})
const room = { room: text, roomName: text, creator: text }
const snapshot = {
  ...room,
  epoch: text,
  seq: whole,
  members: Type.Array(Member),
  live: optional(Live),
  record: optional(Type.Literal(true)),
}
const Snapshot = Type.Object(snapshot)
const seq = { seq: whole }
const Notice = Type.Union([
  Type.Object({ ...seq, ev: Type.Literal('memberJoined'), member: Member }),
  Type.Object({ ...seq, ev: Type.Literal('memberUpdated'), member: Member }),
  Type.Object({ ...seq, ev: Type.Literal('memberLeft'), userID: text, reason: oneOf('left', 'lost', 'kicked') }),
  Type.Object({
    ...seq,
    ev: Type.Literal('message'),
    kind: oneOf('text', 'custom'),
    from: User,
    data: Type.Unknown(),
    time: whole,
    to: optional(text),
  }),
  Type.Object({ ...seq, ev: Type.Literal('whispered') }),
])
const Nothing = Type.Record(text, Type.Never())
const Pushed = Type.Object({ pushURL: text })

export const RESULTS = {
  login: Type.Object({ userID: text, token: text }),
  logout: Nothing,
  join: Type.Object({ ...snapshot, pushURL: text }),
  leave: Nothing,
  resume: Type.Union([
    Type.Object({ notices: Type.Array(Notice), live: optional(Live) }),
    Type.Object({ snapshot: Snapshot }),
  ]),
  publishUrl: Pushed,
  playUrl: Type.Object({ playURL: text, liveURL: optional(text), auxURL: optional(text) }),
  announce: Nothing,
  share: Pushed,
  send: Type.Object({ time: whole }),
  linkMic: Type.Object({ link: Link, pushURL: optional(text) }),
  setCustom: Type.Object({ custom: Type.Record(text, Type.Unknown()) }),
  audiences: Type.Object({ audiences: Type.Array(User), count: whole }),
  rooms: Type.Object({
    rooms: Type.Array(Type.Object({ ...room, members: Type.Array(User), audienceCount: optional(whole) })),
  }),
  ping: Nothing,
} satisfies Record<CallName, TSchema>

export const FRAMES = {
  notice: Type.Object({ room: text, epoch: text, notice: Notice }),
  closed: Type.Object({ room: text, closed: oneOf('destroyed', 'kicked', 'replaced', 'expired') }),
  link: Type.Object({ room: text, link: Link, pushURL: optional(text) }),
  audience: Type.Object({
    room: text,
    audience: Type.Object({ count: whole, entered: optional(Type.Array(User)), left: optional(Type.Array(User)) }),
  }),
  away: Type.Object({ room: text, presenterAway: flag }),
  mute: Type.Object({ room: text, muted: flag }),
  move: Type.Object({ moveWithinMs: whole }),
}

export const ErrorAnswer = Type.Object({
  re: text,
  error: Type.Object({
    code: Type.Union((Object.keys(ERRORS) as ErrorCode[]).map((code) => Type.Literal(code))),
    message: text,
  }),
})

interface FrameTypes {
  notice: NoticeFrame
  closed: ClosedFrame
  link: LinkFrame
  audience: AudienceFrame
  away: AwayFrame
  mute: MuteFrame
  move: MoveFrame
}
/** With every optional field there, so that one which is missing on one side shows. */
type Full<T> = T extends object ? { [K in keyof T]-?: Full<T[K]> } : T
type Same<A, B> = [Full<A>] extends [Full<B>] ? ([Full<B>] extends [Full<A>] ? true : false) : false
type AllTrue<Checks extends Record<string, true>> = Checks
/** Does not compile when a schema and the protocol's type differ, in either direction. */
export type ResultsMatchProtocol = AllTrue<{ [K in CallName]: Same<Static<(typeof RESULTS)[K]>, Calls[K]['result']> }>
export type FramesMatchProtocol = AllTrue<{
  [K in keyof FrameTypes]: Same<Static<(typeof FRAMES)[K]>, FrameTypes[K]>
}>
