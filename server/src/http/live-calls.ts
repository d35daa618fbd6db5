import { Type } from '@sinclair/typebox'
import { RoomError } from '../../../src/errors'
import { checkProfile, checkRoomInfo } from '../limits'
import { AUDIENCE_FULL, MERGE_PARAMS_NOT_JSON } from './http-codes'
import { CodedError } from './http-protocol'
import { requireRight } from '../rights'
import { grantIn, InRoom, roomCall, roomOf, WithKey, type RoomCall } from './room-call'

/** The audience listed at most; the count tells them all. */
const MAX_LISTED = 1000

const mergeStream = roomCall(
  Type.Object({ roomID: Type.String({ minLength: 1 }), mergeParams: Type.String() }),
  async ({ hub, session, kind, body }) => {
    const params = jsonObject(body.mergeParams)
    if (!params) throw new CodedError(MERGE_PARAMS_NOT_JSON, 'mergeParams is not a JSON object')
    const { room: roomID, creator, record = false } = await roomOf(hub, kind, body.roomID)
    requireRight('mix', { isCreator: creator === session.userID })
    return { result: await hub.mixer.mix(params, { roomID, record }) }
  },
)

const getCustomInfo = roomCall(InRoom, async ({ hub, kind, body }) => {
  const { live } = await roomOf(hub, kind, body.roomID)
  return customAnswer(live?.custom ?? {})
})

const setCustomField = roomCall(
  Type.Object({
    roomID: Type.String({ minLength: 1 }),
    fieldName: Type.String({ minLength: 1 }),
    operation: Type.Union([Type.Literal('set'), Type.Literal('inc'), Type.Literal('dec')]),
    value: Type.Optional(Type.Unknown()),
  }),
  async ({ hub, session, kind, body }) => {
    const { room } = await roomOf(hub, kind, body.roomID)
    const { fieldName: field, operation } = body
    const value = operation === 'set' ? (body.value ?? null) : stepOf(body.value)
    return customAnswer(
      await hub.store.setCustom({ room, userID: session.userID, field, operation, value, request: '' }),
    )
  },
)

const addAudience = roomCall(
  Type.Object({ roomID: Type.String({ minLength: 1 }), userInfo: Type.Optional(Type.Unknown()), ...WithKey }),
  async ({ hub, session, kind, body }) => {
    const { room } = await roomOf(hub, kind, body.roomID)
    const userInfo = typeof body.userInfo === 'string' ? body.userInfo : JSON.stringify(body.userInfo ?? '')
    checkRoomInfo(hub.limits, userInfo)
    const profile = profileIn(userInfo)
    checkProfile(hub.limits, profile)
    const join = hub.store.join({
      room,
      fresh: false,
      role: 'audience',
      roomName: '',
      kind,
      capacity: hub.capacity,
      maxAudience: hub.maxAudience,
      member: { userID: session.userID, ...profile, audio: true, video: true, aux: false, stream: '' },
      holder: { via: 'http' },
      request: '',
      userInfo,
      grant: grantIn(hub, session, room, body),
    })
    await join.catch((error: unknown) => {
      if (error instanceof RoomError && error.code === 'ROOM_FULL') throw new CodedError(AUDIENCE_FULL, error.message)
      throw error
    })
    return {}
  },
)

const deleteAudience = roomCall(InRoom, async ({ hub, session, kind, body }) => {
  const { room, creator } = await roomOf(hub, kind, body.roomID)
  if (creator === session.userID) throw new RoomError('NOT_MEMBER', 'The presenter is not in the audience')
  await hub.store.leave({ room, userID: session.userID, request: '' })
  return {}
})

const getAudiences = roomCall(InRoom, async ({ hub, kind, body }) => {
  const { room } = await roomOf(hub, kind, body.roomID)
  const { audience, count } = await hub.store.audience({ room, cnt: MAX_LISTED })
  const audiences = audience.map(({ userID, userName, userAvatar, userInfo }) => ({
    userID,
    userInfo: userInfo || JSON.stringify({ userName, userAvatar }),
  }))
  return { audiences, audienceCount: count }
})

/** The calls that only a live_room has, by their name in the path. */
export const LIVE_CALLS: Readonly<Record<string, RoomCall>> = {
  merge_stream: mergeStream,
  get_custom_info: getCustomInfo,
  set_custom_field: setCustomField,
  add_audience: addAudience,
  delete_audience: deleteAudience,
  get_audiences: getAudiences,
}

/** Clients of the protocol look for it under either name. */
function customAnswer(fields: Record<string, unknown>): object {
  const custom = JSON.stringify(fields)
  return { custom, customInfo: custom }
}

/** Old clients write numbers as texts; without a value it is one step. */
function stepOf(value: unknown): unknown {
  if (value === undefined) return 1
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}

/** What a client says about its user is a text of its own making; the usual ones are JSON with a name and a picture. */
function profileIn(userInfo: string): { userName: string; userAvatar: string } {
  const { userName, nickName, userAvatar, headPic } = jsonObject(userInfo) ?? {}
  return { userName: textOf(userName ?? nickName), userAvatar: textOf(userAvatar ?? headPic) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
