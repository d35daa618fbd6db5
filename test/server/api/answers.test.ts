import { Value } from '@sinclair/typebox/value'
import { Type, type TSchema } from '@sinclair/typebox'
import { ErrorAnswer, FRAMES, RESULTS } from '../../../docs/api/frame-schemas'
import { answerOf, callAt } from '../../../docs/api/http-answers'
import { httpRoutes } from '../../../docs/api/http-api'
import type { CallName } from '../../../src/signaling/protocol'
import { startService, type LiveService } from '../support/live-service'

let live: LiveService
beforeEach(async () => {
  live = await startService()
})
afterEach(() => live.close())

/** What differs between an answer and what is documented; an answer with more fields differs as well. */
const faults = (schema: TSchema, value: unknown): string[] => {
  const strict = { ...schema, additionalProperties: false }
  return [...Value.Errors(strict as TSchema, value)].map(({ path, message }) => `${path}: ${message}`)
}

it('every call over HTTP answers what is documented', async () => {
  const [ann, bob] = [await live.loginOverHttp('ann'), await live.loginOverHttp('bob')]
  const told = new Set<string>()
  const ask = async (kind: string, name: string, query: string, body: object = {}) => {
    const answer = (await live.post(`${kind}/${name}?${query}`, body)).body
    const text = callAt(kind, name)
    expect([kind, name, text ? faults(answerOf(text), answer) : 'no such call']).toEqual([kind, name, []])
    told.add(`${kind}/${name}`)
    return answer
  }
  for (const kind of ['multi_room', 'live_room'] as const) {
    const roomID = `room of ${kind}`
    const { pushURL } = await ask(kind, 'get_push_url', ann, { roomID })
    await ask(kind, 'create_room', ann, { roomID, roomInfo: 'a room' })
    await ask(kind, 'add_pusher', ann, { roomID, pushURL })
    await ask(kind, 'pusher_heartbeat', ann, { roomID })
    await ask(kind, 'get_room_list', bob)
    await ask(kind, 'get_pushers', bob, { roomID })
    await ask(kind, 'get_record_files', ann, { roomID })
  }
  const roomID = 'room of live_room'
  await ask('live_room', 'add_audience', bob, { roomID, userInfo: 'b' })
  await ask('live_room', 'get_audiences', ann, { roomID })
  await ask('live_room', 'set_custom_field', ann, { roomID, fieldName: 'f', operation: 'inc' })
  await ask('live_room', 'get_custom_info', ann, { roomID })
  await ask('live_room', 'merge_stream', ann, { roomID, mergeParams: '{}' })
  await ask('live_room', 'delete_audience', bob, { roomID })
  await ask('live_room', 'delete_pusher', ann, { roomID })
  await ask('multi_room', 'destroy_room', ann, { roomID: 'room of multi_room' })
  const webrtc = await ask('webrtc_room', 'create_room', ann, { roomInfo: 'a room' })
  const named = { roomID: webrtc.roomID }
  await ask('webrtc_room', 'enter_room', bob, named)
  await ask('webrtc_room', 'heartbeat', bob, named)
  await ask('webrtc_room', 'get_room_list', bob)
  await ask('webrtc_room', 'get_room_members', bob, named)
  await ask('webrtc_room', 'quit_room', bob, named)
  await ask('multi_room', 'logout', bob)
  const names = (await httpRoutes()).filter(({ method, name }) => method === 'post' && name !== 'login')
  const known = new Set([...told].map((each) => each.split('/')[1]))
  expect(names.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
})

it('every op of the socket answers what is documented, and what comes unasked is documented', async () => {
  const [pat, eve] = [await live.connect('pat'), await live.connect('eve')]
  const room = { room: 'show' }
  const told = new Set<string>(['login'])
  const ask = async (op: CallName, params: object, by = pat) => {
    const answer = await by.call(op, params as never)
    expect([op, [...Value.Errors(RESULTS[op], answer)]]).toEqual([op, []])
    told.add(op)
    return answer
  }
  const joining = { ...room, roomName: '', kind: 'live_room', audio: true, video: true, userName: '', userAvatar: '' }
  await ask('join', { ...joining, role: 'anchor' })
  await ask('join', { ...joining, role: 'audience' }, eve)
  await ask('linkMic', { ...room, action: 'request' }, eve)
  await ask('linkMic', { ...room, action: 'accept', userID: 'eve' })
  await ask('linkMic', { ...room, action: 'mute', userID: 'eve' })
  await ask('send', { ...room, kind: 'text', data: 'hello', to: 'eve' })
  await ask('setCustom', { ...room, field: 'f', operation: 'set', value: { a: 1 } })
  await ask('announce', { ...room, audio: false, video: true })
  await ask('share', { ...room, on: true })
  await ask('audiences', room)
  await ask('playUrl', { ...room, userID: 'pat' }, eve)
  await ask('publishUrl', room)
  await ask('rooms', { kind: 'live_room', index: 0, cnt: 9 })
  await ask('resume', { ...room, epoch: 'another', seq: 0 })
  await ask('ping', {})
  await pat.ask('leave', { room: 'nowhere' })
  void live.service.drain(60_000)
  await eve.frame(({ moveWithinMs }) => moveWithinMs !== undefined)
  await ask('leave', room)
  await eve.frame(({ closed }) => closed !== undefined)
  await ask('logout', {}, eve)
  expect(Object.keys(RESULTS).filter((op) => !told.has(op))).toEqual([])

  const unasked = [...pat.frames, ...eve.frames].filter((frame) => !('re' in frame && 'ok' in frame))
  const documented = Type.Union([...Object.values(FRAMES), ErrorAnswer])
  expect(unasked.filter((frame) => !Value.Check(documented, frame))).toEqual([])
  const kinds = Object.entries(FRAMES).filter(([, schema]) => unasked.some((frame) => Value.Check(schema, frame)))
  expect(kinds.map(([name]) => name)).toEqual(expect.arrayContaining(['notice', 'closed', 'link', 'mute', 'move']))
})
