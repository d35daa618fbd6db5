import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { CallName, Calls, RequestFrame } from '../../../src/signaling/protocol'
import { bytes, isTooDeep } from '../limits'

const KindSchema = Type.Union([
  Type.Literal('multi_room'),
  Type.Literal('double_room'),
  Type.Literal('live_room'),
  Type.Literal('webrtc_room'),
])
const ActionSchema = Type.Union([
  Type.Literal('request'),
  Type.Literal('cancel'),
  Type.Literal('acceptInvite'),
  Type.Literal('rejectInvite'),
  Type.Literal('leave'),
  Type.Literal('accept'),
  Type.Literal('reject'),
  Type.Literal('invite'),
  Type.Literal('kick'),
  Type.Literal('mute'),
])
const EmptySchema = Type.Record(Type.String(), Type.Never())

/** By which the parameters of each op are checked. */
export const REQUEST_SCHEMAS = {
  login: Type.Object({
    userID: Type.String(),
    userSig: Type.Optional(Type.String()),
    token: Type.Optional(Type.String()),
    sdkAppID: Type.Optional(Type.String()),
    accType: Type.Optional(Type.String()),
    userName: Type.String(),
    userAvatar: Type.String(),
  }),
  logout: EmptySchema,
  join: Type.Object({
    room: Type.String(),
    roomName: Type.String(),
    kind: KindSchema,
    role: Type.Optional(Type.Union([Type.Literal('anchor'), Type.Literal('audience')])),
    audio: Type.Boolean(),
    video: Type.Boolean(),
    userName: Type.String(),
    userAvatar: Type.String(),
    record: Type.Optional(Type.Boolean()),
    privateMapKey: Type.Optional(Type.String()),
  }),
  leave: Type.Object({ room: Type.String() }),
  resume: Type.Object({ room: Type.String(), epoch: Type.String(), seq: Type.Number() }),
  publishUrl: Type.Object({ room: Type.String() }),
  playUrl: Type.Object({ room: Type.String(), userID: Type.String() }),
  announce: Type.Object({ room: Type.String(), audio: Type.Boolean(), video: Type.Boolean() }),
  share: Type.Object({ room: Type.String(), on: Type.Boolean() }),
  send: Type.Object({
    room: Type.String(),
    kind: Type.Union([Type.Literal('text'), Type.Literal('custom')]),
    data: Type.Unknown(),
    to: Type.Optional(Type.String()),
  }),
  linkMic: Type.Object({
    room: Type.String(),
    action: ActionSchema,
    userID: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
  setCustom: Type.Object({
    room: Type.String(),
    field: Type.String(),
    operation: Type.Union([Type.Literal('set'), Type.Literal('inc'), Type.Literal('dec')]),
    value: Type.Unknown(),
  }),
  audiences: Type.Object({ room: Type.String() }),
  rooms: Type.Object({ kind: KindSchema, index: Type.Integer({ minimum: 0 }), cnt: Type.Integer({ minimum: 0 }) }),
  ping: EmptySchema,
} satisfies Record<CallName, TSchema>

type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type ParamsMatch = { [K in CallName]: Identical<Static<(typeof REQUEST_SCHEMAS)[K]>, Calls[K]['params']> }
type AllTrue<Checks extends Record<CallName, true>> = Checks
/** Does not compile when a schema and the protocol's type differ, in either direction. */
export type ParamsMatchProtocol = AllTrue<ParamsMatch>

const MAX_REQUEST_ID_BYTES = 64
const envelopeCheck = TypeCompiler.Compile(
  Type.Object({
    id: Type.String({ minLength: 1, maxLength: MAX_REQUEST_ID_BYTES }),
    op: Type.String(),
    params: Type.Unknown(),
  }),
)
const paramChecks = Object.fromEntries(
  Object.entries(REQUEST_SCHEMAS).map(([op, schema]) => [op, TypeCompiler.Compile(schema as TSchema)]),
)

export type DecodedFrame =
  { frame: RequestFrame } | { fault: string; code: 'BAD_FRAME' | 'MESSAGE_TOO_LONG'; id: string }

/** Text from a stranger as a request, or what is wrong with it, with the request's id where one can be made out. */
export function decodeRequest(text: string, frameBytes: number): DecodedFrame {
  let decoded: unknown
  try {
    decoded = JSON.parse(text)
  } catch {
    return { fault: 'Not JSON', code: 'BAD_FRAME', id: '' }
  }
  const id = idOf(decoded)
  if (bytes(text) > frameBytes) {
    return { fault: `A frame holds at most ${frameBytes} bytes`, code: 'MESSAGE_TOO_LONG', id }
  }
  if (isTooDeep(decoded)) return { fault: 'Nested too deeply', code: 'BAD_FRAME', id }
  if (!envelopeCheck.Check(decoded)) return { fault: 'Not { id, op, params }', code: 'BAD_FRAME', id }
  const check = Object.prototype.hasOwnProperty.call(paramChecks, decoded.op) ? paramChecks[decoded.op] : undefined
  if (!check) return { fault: 'Unknown op', code: 'BAD_FRAME', id }
  if (!check.Check(decoded.params)) {
    const error = check.Errors(decoded.params).First()
    return { fault: `params${error?.path ?? ''}: ${error?.message ?? 'do not fit'}`, code: 'BAD_FRAME', id }
  }
  return { frame: decoded as RequestFrame }
}

function idOf(decoded: unknown): string {
  const id = typeof decoded === 'object' && decoded !== null ? (decoded as { id?: unknown }).id : undefined
  return typeof id === 'string' && id.length <= MAX_REQUEST_ID_BYTES ? id : ''
}
