import { Type, type Static } from '@sinclair/typebox'
import type { RecordFile } from './record-file'
import type { StreamOwnerOf } from './stream-owner'
import type { ToldEvent } from './told-event'

/** Numbers of Tencent's live service for what has happened to a stream. */
const STOPPED = 0
const STARTED = 1
const RECORDED = 100

/** Numbers come as text too, depending on the event and on its age. */
const Numeric = Type.Union([Type.Number({ minimum: 0 }), Type.String({ pattern: '^\\d{1,16}$' })])
const Seconds = Type.Union([Type.Integer({ minimum: 0, maximum: 0xffffffff }), Type.String({ pattern: '^\\d{1,10}$' })])
const Name = Type.String({ maxLength: 512 })
const Text = Type.String({ maxLength: 4096 })

/** What the service posts: what is needed of it, whatever stands beside it. */
export const LiveCallbackSchema = Type.Object({
  event_type: Type.Integer(),
  t: Seconds,
  sign: Text,
  stream_id: Name,
  stream_param: Type.Optional(Text),
  event_time: Type.Optional(Numeric),
  sequence: Type.Optional(Type.Union([Name, Type.Number()])),
  file_id: Type.Optional(Name),
  file_format: Type.Optional(Name),
  file_size: Type.Optional(Numeric),
  start_time: Type.Optional(Numeric),
  end_time: Type.Optional(Numeric),
  video_url: Type.Optional(Text),
})
export type LiveCallback = Static<typeof LiveCallbackSchema>

/** A callback whose sign is right, as what it tells; null when that is nothing here, or about nobody's stream. */
export function readLiveCallback(callback: LiveCallback, ownerOf: StreamOwnerOf): ToldEvent | null {
  const { event_type, stream_id: stream, stream_param = '', sequence = '', event_time = '' } = callback
  const owner = ownerOf(stream, new URLSearchParams(stream_param))
  if (!owner) return null
  const { roomID: room, userID, kind: streamKind } = owner
  if (event_type === STARTED || event_type === STOPPED) {
    const type = event_type === STARTED ? 'stream.started' : 'stream.stopped'
    // start and stop of one publishing share a sequence
    const request = JSON.stringify(['live', event_type, stream, sequence, event_time])
    return { report: { room, event: { type, userID, stream, streamKind }, request } }
  }
  const file = event_type === RECORDED ? fileIn(callback) : null
  return file && { record: { room, userID, file } }
}

function fileIn(callback: LiveCallback): RecordFile | null {
  const { file_id = '', stream_id, file_format = '', video_url = '' } = callback
  if (file_id === '') return null
  const { file_size = 0, start_time = 0, end_time = 0 } = callback
  const numbers = { file_size: Number(file_size), start_time: Number(start_time), end_time: Number(end_time) }
  return { file_id, stream_id, file_format, ...numbers, video_url: video_url.trim() }
}
