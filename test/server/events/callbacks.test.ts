import type { RoomEvent } from '../../../server/src/events/room-event'
import { MemoryStore } from '../../../server/src/store/memory-store'
import { makeLiveCallbackSign, makeTrtcCallbackSign } from '../../../server/src/tickets/vendor-sign'
import { OutboxNotes } from '../../contracts/outbox-contract'
import { SDK_APP_ID } from '../support/hub-client'
import { startService, type HttpAnswer, type LiveService } from '../support/live-service'

const LIVE_KEY = 'a-key-of-the-live-service'
const TRTC_KEY = 'a-key-of-trtc'

let live: LiveService
let notes: OutboxNotes

beforeEach(async () => {
  const store = new MemoryStore({ now: Date.now })
  notes = new OutboxNotes('notes')
  store.openOutbox(notes)
  live = await startService({ store, callbacks: { liveKey: LIVE_KEY, trtcKey: TRTC_KEY } })
})
afterEach(() => live.close())

const seconds = () => Math.floor(Date.now() / 1000)
const t = () => seconds() + 600

const signed = (body: object, at: number | string = t()) => ({
  ...body,
  t: at,
  sign: makeLiveCallbackSign({ key: LIVE_KEY, t: at }),
})
const tellLive = (body: unknown) => live.post('callbacks/live', body)

async function tellTrtc(event: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  const body = typeof event === 'string' ? event : JSON.stringify(event)
  const sign = makeTrtcCallbackSign({ key: TRTC_KEY, body })
  const answer = await fetch(`http://127.0.0.1:${live.port}/weapp/callbacks/trtc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', sign, sdkappid: String(SDK_APP_ID), ...headers },
    body,
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const taken = { status: 200, body: { code: 0 } }
const refusal = { status: 401, body: expect.objectContaining({ code: 7, message: expect.stringMatching(/sign/) }) }
const told = () =>
  notes.events
    .filter(({ type }: RoomEvent) => !/^(room|member)\./.test(type))
    .map(({ id: _id, time: _time, roomKind: _kind, epoch: _epoch, ...body }) => body)

/** As the live service has it, with what nobody here needs. */
const push = (event_type: 0 | 1, more: object = {}) => ({
  event_type,
  stream_id: 'r.ann_main',
  channel_id: 'r.ann_main',
  app: 'push.example',
  appname: 'live',
  event_time: 1_703_731_478 + event_type,
  sequence: '2210464508206756938',
  errcode: 0,
  user_ip: '1.1.1.1',
  stream_param: 'e=1&s=2',
  ...more,
})
const recording = (more: object = {}) => ({
  event_type: 100,
  stream_id: 'r.ann_main',
  file_id: '9031868223267109922',
  file_format: 'mp4',
  file_size: 1349,
  start_time: seconds() - 5,
  end_time: seconds(),
  video_url: 'http://vod.example/f.mp4',
  ...more,
})

describe('callbacks of the live service', () => {
  it('tell when a stream begins and ends, each once', async () => {
    const started = signed(push(1))
    expect(await tellLive(started)).toEqual(taken)
    expect(await tellLive(started)).toEqual(taken)
    // sent again later, it is signed again
    expect(await tellLive(signed(push(1), t() + 60))).toEqual(taken)
    expect(await tellLive(signed(push(0), String(t())))).toEqual(taken)
    const stream = { room: 'r', userID: 'ann', stream: 'r.ann_main', streamKind: 'main' }
    expect(told()).toEqual([
      { type: 'stream.started', ...stream },
      { type: 'stream.stopped', ...stream },
    ])
  })

  it('are understood by the names that streams have there', async () => {
    const named = (stream_id: string, stream_param = '') =>
      tellLive(signed(push(1, { stream_id, stream_param, sequence: stream_id })))
    await named('8888_r.ann_aux', 'bizid=8888&txSecret=x')
    await named(`${SDK_APP_ID}_77_bob_main`)
    expect(await named('somebody-elses')).toEqual(taken)
    expect(told()).toMatchObject([
      { room: 'r', userID: 'ann', streamKind: 'aux' },
      { room: '77', userID: 'bob', streamKind: 'main' },
    ])
  })

  it('that are signed wrongly, or too old, have no effect', async () => {
    const right = signed(push(1))
    const old = seconds() - 1
    for (const body of [
      { ...right, sign: '0'.repeat(32) },
      { ...right, sign: 'x' },
      { ...right, t: Number(right.t) + 1 },
      { ...push(1), t: old, sign: makeLiveCallbackSign({ key: LIVE_KEY, t: old }) },
      { ...push(1), t: right.t, sign: makeLiveCallbackSign({ key: 'another', t: right.t }) },
    ]) {
      expect(await tellLive(body)).toEqual(refusal)
    }
    expect(told()).toEqual([])
  })

  it.each([
    ['no sign', 400, { ...signed(push(1)), sign: undefined }],
    ['no time', 400, { ...signed(push(1)), t: undefined }],
    ['a time that is none', 400, { ...signed(push(1)), t: '1e9' }],
    ['a time that never comes', 400, { ...signed(push(1)), t: 2 ** 32 }],
    ['no stream', 400, { ...signed(push(1)), stream_id: 7 }],
    ['an array', 400, []],
    ['no JSON', 415, 'event_type=1'],
  ])('with %s are refused', async (_name, status, body) => {
    expect(await tellLive(body)).toEqual({ status, body: expect.objectContaining({ code: 1 }) })
    expect(told()).toEqual([])
  })

  it('keep the recorded files of a room for its creator, by either family of calls', async () => {
    const ann = await live.loginOverHttp('ann')
    const bob = await live.loginOverHttp('bob')
    await live.post(`webrtc_room/create_room?${ann}`, { roomID: '77', roomInfo: 'a lesson' })
    const streams = { stream_id: `${SDK_APP_ID}_77_ann_main` }
    const first = recording({ ...streams, file_id: 'first' })
    const second = recording({ ...streams, file_id: 'second', start_time: seconds() - 2, file_size: '9' })
    for (const body of [first, second, first]) expect(await tellLive(signed(body))).toEqual(taken)
    const { event_type: _type, ...file } = first
    const other = { ...file, file_id: 'second', start_time: second.start_time, file_size: 9 }
    for (const kind of ['webrtc_room', 'multi_room']) {
      const answer = await live.post(`${kind}/get_record_files?${ann}`, { roomID: '77' })
      expect(answer).toEqual({ status: 200, body: { code: 0, message: 'ok', files: [file, other] } })
    }
    await live.post(`webrtc_room/quit_room?${ann}`, { roomID: '77' })
    const late = (file_id: string) => tellLive(signed(recording({ ...streams, file_id })))
    expect(await late('late')).toEqual(taken)
    const files = async (times: object) => {
      const { body } = await live.post(`live_room/get_record_files?${ann}`, { roomID: '77', ...times })
      return (body.files as { file_id: string }[]).map(({ file_id }) => file_id)
    }
    expect((await files({})).sort()).toEqual(['first', 'late', 'second'])
    expect(await files({ endTime: second.start_time - 1 })).not.toContain('second')
    expect(await files({ startTime: seconds() + 60 })).toEqual([])
    expect(await live.post(`multi_room/get_record_files?${bob}`, { roomID: '77' })).toMatchObject({ body: { code: 3 } })
    expect(await live.post(`multi_room/get_record_files?${ann}`, { roomID: 'none' })).toMatchObject({
      body: { code: 3 },
    })
    expect(told()).toMatchObject(
      ['first', 'second', 'late'].map((file_id) => ({
        type: 'recording.file',
        room: '77',
        userID: 'ann',
        file: { file_id },
      })),
    )
  })

  it('are not served without a key', async () => {
    const without = await startService()
    expect((await without.post('callbacks/live', signed(push(1)))).status).toBe(404)
    expect((await without.post('callbacks/trtc', {})).status).toBe(404)
    await without.close()
  })
})

describe('callbacks of TRTC', () => {
  const event = (EventGroupId: number, EventType: number, EventInfo: object = {}, CallbackTs = Date.now()) => ({
    ...{ EventGroupId, EventType, CallbackTs },
    EventInfo: { RoomId: 77, EventTs: 1_687_770_730, EventMsTs: 1_687_770_730_160, UserId: 'ann', ...EventInfo },
  })

  it('tell of its rooms and their members', async () => {
    await tellTrtc(event(1, 101))
    await tellTrtc(event(1, 103, { Role: 21, Reason: 1 }))
    await tellTrtc(event(1, 105, { Role: 20 }))
    await tellTrtc(event(1, 104, { Reason: 3 }))
    expect(await tellTrtc(event(1, 102, { RoomId: '77', UserId: undefined }))).toEqual(taken)
    const room = { room: '77' }
    expect(told()).toEqual([
      { type: 'trtc.room.created', ...room, userID: 'ann' },
      { type: 'trtc.member.joined', ...room, userID: 'ann', reason: 1 },
      { type: 'trtc.member.role', ...room, userID: 'ann', role: 'anchor' },
      { type: 'trtc.member.left', ...room, userID: 'ann', reason: 3 },
      { type: 'trtc.room.closed', ...room },
    ])
  })

  it('about nobody tell nothing', async () => {
    for (const [group, type] of [
      [1, 103],
      [1, 105],
      [2, 201],
    ] as const) {
      expect(await tellTrtc(event(group, type, { UserId: undefined }))).toEqual(taken)
    }
    expect(await tellTrtc(event(9, 901))).toEqual(taken)
    expect(told()).toEqual([])
  })

  it('tell when sound, pictures and a screen begin and end, each once', async () => {
    for (const type of [201, 202, 203, 204, 205, 206, 206]) expect(await tellTrtc(event(2, type))).toEqual(taken)
    const main = { room: '77', userID: 'ann', stream: 'ann_main', streamKind: 'main' }
    const aux = { room: '77', userID: 'ann', stream: 'ann_aux', streamKind: 'aux' }
    expect(told()).toEqual([
      { type: 'stream.started', ...main, media: 'video' },
      { type: 'stream.stopped', ...main, media: 'video' },
      { type: 'stream.started', ...main, media: 'audio' },
      { type: 'stream.stopped', ...main, media: 'audio' },
      { type: 'stream.started', ...aux },
      { type: 'stream.stopped', ...aux },
    ])
  })

  it('keep a recorded file once, when it is there', async () => {
    const ann = await live.loginOverHttp('ann')
    await live.post(`webrtc_room/create_room?${ann}`, { roomID: '77', roomInfo: 'a lesson' })
    const now = Date.now()
    const TencentVod = {
      ...{ UserId: 'ann', TrackType: 'audio_video', MediaId: 'main', FileId: 'one' },
      ...{ VideoUrl: 'http://vod.example/one.mp4', StartTimeStamp: now - 5_000, EndTimeStamp: now },
    }
    const recorded = (Payload: object) => tellTrtc(event(3, 311, { UserId: 'recorder', Payload }))
    for (const payload of [
      { Status: 0, TencentVod },
      { Status: 0, TencentVod },
      { Status: 1, TencentVod },
      { Status: 0 },
    ]) {
      expect(await recorded(payload)).toEqual(taken)
    }
    expect(await tellTrtc(event(3, 301, { Payload: { Status: 0 } }))).toEqual(taken)
    const { body } = await live.post(`webrtc_room/get_record_files?${ann}`, { roomID: '77' })
    const [start_time, end_time] = [Math.floor(now / 1000 - 5), Math.floor(now / 1000)]
    const file = {
      ...{ file_id: 'one', stream_id: 'ann_main', file_format: 'mp4', file_size: 0, start_time, end_time },
      video_url: 'http://vod.example/one.mp4',
    }
    expect(body.files).toEqual([file])
    expect(told()).toEqual([{ type: 'recording.file', room: '77', userID: 'ann', file }])
  })

  it('that are signed wrongly, for another app or too old have no effect', async () => {
    const right = JSON.stringify(event(2, 201))
    const wrong = makeTrtcCallbackSign({ key: 'another', body: right })
    expect(await tellTrtc(right, { sign: wrong })).toEqual(refusal)
    expect(await tellTrtc(right, { sign: 'x' })).toEqual(refusal)
    expect(await tellTrtc(right, { sign: '' })).toEqual(refusal)
    expect(await tellTrtc(`${right} `, { sign: makeTrtcCallbackSign({ key: TRTC_KEY, body: right }) })).toEqual(refusal)
    expect(await tellTrtc(right, { sdkappid: '1' })).toEqual(refusal)
    expect(await tellTrtc(event(2, 201, {}, Date.now() - 11 * 60_000))).toEqual(refusal)
    expect(told()).toEqual([])
  })

  it.each([
    ['another shape', 400, { EventGroupId: 1 }],
    ['no room', 400, { ...{ EventGroupId: 1, EventType: 101, CallbackTs: Date.now() }, EventInfo: {} }],
    ['no JSON', 415, 'words'],
  ])('with %s are refused', async (_name, status, body) => {
    expect(await tellTrtc(body)).toEqual({ status, body: expect.objectContaining({ code: 1 }) })
    expect(told()).toEqual([])
  })
})

describe('a room that is to be recorded', () => {
  it('says so to whoever enters, to TRTC by an id of the recording, and to webhooks', async () => {
    const ann = await live.loginOverHttp('ann')
    const bob = await live.loginOverHttp('bob')
    const made = await live.post(`webrtc_room/create_room?${ann}`, { roomID: '77', roomInfo: 'a', record: true })
    expect(made.body).toMatchObject({ code: 0, recordId: '77_ann' })
    const odd = 'o'.repeat(32)
    expect((await live.post(`webrtc_room/enter_room?${bob}`, { roomID: '77' })).body).toMatchObject({
      recordId: '77_bob',
    })
    const strRoom = { strRoomID: 'a room with spaces', roomInfo: 'a', record: true }
    const hashed = await live.post(`webrtc_room/create_room?${await live.loginOverHttp(odd)}`, strRoom)
    expect(hashed.body.recordId).toMatch(/^[0-9a-f]{32}$/)
    const { body } = await live.post(`multi_room/create_room?${ann}`, { roomInfo: 'b', roomID: 'b', record: true })
    expect(body).toMatchObject({ code: 0 })
    const socket = await live.connect('ann')
    expect(await socket.join('b', { record: false })).toMatchObject({ record: true })
    expect(await socket.join('c', { record: true })).toMatchObject({ record: true })
    expect(await socket.join('d')).not.toHaveProperty('record')
    expect((await live.post(`multi_room/get_pushers?${ann}`, { roomID: 'b' })).body).toMatchObject({ record: true })
    const created = notes.events.filter(({ type }) => type === 'room.created')
    expect(created.map((event) => [event.room, 'record' in event])).toEqual([
      ['77', true],
      ['a room with spaces', true],
      ['b', true],
      ['c', true],
      ['d', false],
    ])
  })
})
