import { Type, type Static } from '@sinclair/typebox'
import type { ReportedEvent, StreamEvent, TrtcEvent } from './room-event'
import type { RecordFile } from './record-file'
import type { ToldEvent } from './told-event'

const Text = Type.String({ maxLength: 4096 })
const Name = Type.String({ maxLength: 256 })
const Count = Type.Number({ minimum: 0 })

/** Of a recording that is in Tencent's video on demand; times in ms. */
export const TrtcVodSchema = Type.Object({
  UserId: Type.Optional(Name),
  MediaId: Type.Optional(Name),
  FileId: Type.String({ minLength: 1, maxLength: 256 }),
  VideoUrl: Type.Optional(Text),
  StartTimeStamp: Type.Optional(Count),
  EndTimeStamp: Type.Optional(Count),
})

/** What TRTC posts: what is needed of it, whatever stands beside it. */
export const TrtcCallbackSchema = Type.Object({
  EventGroupId: Type.Integer(),
  EventType: Type.Integer(),
  /** When it was sent, ms since 1970. */
  CallbackTs: Count,
  EventInfo: Type.Object({
    RoomId: Type.Union([Type.Integer({ minimum: 0 }), Type.String({ minLength: 1, maxLength: 64 })]),
    EventTs: Type.Optional(Count),
    EventMsTs: Type.Optional(Count),
    UserId: Type.Optional(Name),
    Role: Type.Optional(Type.Integer()),
    Reason: Type.Optional(Type.Integer()),
    Payload: Type.Optional(
      Type.Object({ Status: Type.Optional(Type.Integer()), TencentVod: Type.Optional(Type.Unknown()) }),
    ),
  }),
})
export type TrtcCallback = Static<typeof TrtcCallbackSchema>
type Info = TrtcCallback['EventInfo']
type Vod = Static<typeof TrtcVodSchema>

/** TRTC's number of somebody who sends. */
const ANCHOR = 20
const RECORDED = '3/311'
const ROOM_CLOSED = 102

type Reading = (userID: string, info: Info) => ReportedEvent

const sends = (
  type: StreamEvent['type'],
  streamKind: StreamEvent['streamKind'],
  media: StreamEvent['media'],
): Reading => {
  return (userID) => ({ type, userID, stream: `${userID}_${streamKind}`, streamKind, ...(media && { media }) })
}
const roomIs = (type: 'trtc.room.created' | 'trtc.room.closed'): Reading => {
  return (userID): TrtcEvent => ({ type, ...(userID && { userID }) })
}
const memberHas = (type: 'trtc.member.joined' | 'trtc.member.left'): Reading => {
  return (userID, { Reason: reason }): TrtcEvent => ({ type, userID, ...(reason !== undefined && { reason }) })
}

/** By group and type of the event. Whoever leaves ends the streams as well, without a word about them. */
const READINGS: Readonly<Record<string, Reading>> = {
  '1/101': roomIs('trtc.room.created'),
  '1/102': roomIs('trtc.room.closed'),
  '1/103': memberHas('trtc.member.joined'),
  '1/104': memberHas('trtc.member.left'),
  '1/105': (userID, { Role }) => ({ type: 'trtc.member.role', userID, role: Role === ANCHOR ? 'anchor' : 'audience' }),
  '2/201': sends('stream.started', 'main', 'video'),
  '2/202': sends('stream.stopped', 'main', 'video'),
  '2/203': sends('stream.started', 'main', 'audio'),
  '2/204': sends('stream.stopped', 'main', 'audio'),
  '2/205': sends('stream.started', 'aux', undefined),
  '2/206': sends('stream.stopped', 'aux', undefined),
}

/** A callback whose sign is right, as what it tells; null when that is nothing here. */
export function readTrtcCallback(callback: TrtcCallback, isVod: (vod: unknown) => vod is Vod): ToldEvent | null {
  const { EventGroupId, EventType, EventInfo } = callback
  const event = `${EventGroupId}/${EventType}`
  const { UserId: userID = '', Payload, EventTs, EventMsTs } = EventInfo
  const room = String(EventInfo.RoomId)
  if (event === RECORDED) {
    const vod = Payload?.TencentVod
    if (Payload?.Status !== 0 || !isVod(vod)) return null
    return { record: { room, userID: vod.UserId ?? '', file: fileOf(vod) } }
  }
  const reading = READINGS[event]
  const isOfRoom = EventGroupId === 1 && EventType <= ROOM_CLOSED
  // everything else is about somebody
  if (!reading || (userID === '' && !isOfRoom)) return null
  const request = JSON.stringify(['trtc', event, room, userID, EventMsTs ?? EventTs ?? 0])
  return { report: { room, event: reading(userID, EventInfo), request } }
}

function fileOf({ UserId = '', MediaId = 'main', FileId, VideoUrl = '', ...times }: Vod): RecordFile {
  const { StartTimeStamp = 0, EndTimeStamp = 0 } = times
  return {
    file_id: FileId,
    stream_id: UserId === '' ? '' : `${UserId}_${MediaId}`,
    file_format: /\.(\w{2,4})(?:\?|$)/.exec(VideoUrl)?.[1] ?? '',
    file_size: 0,
    start_time: Math.floor(StartTimeStamp / 1000),
    end_time: Math.floor(EndTimeStamp / 1000),
    video_url: VideoUrl,
  }
}
