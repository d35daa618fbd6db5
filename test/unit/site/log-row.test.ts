import type { PhoneEventBody } from '../../../examples/playground/runtime/phone-channel'
import { logRowOf } from '../../../examples/playground/site/log-row'

const context = {
  pagePath: 'pages/rtc-room/rtc-room',
  pageData: { template: 'grid', muted: true },
  phase: 'joining',
} as const
const rowOf = (event: PhoneEventBody) => logRowOf({ ...event, at: 5 }, context)
const media = (element: 'live-pusher' | 'live-player', code: number, event: 'statechange' | 'error' = 'statechange') =>
  rowOf({ type: 'media', element, id: 'x', userId: 'zhouya', event, code })
const room = (detail: unknown) => rowOf({ type: 'component', component: 'c', name: 'onRoomEvent', detail })

describe('native codes', () => {
  it('are named as in the manual, without the prefix that all of them have', () => {
    expect(media('live-pusher', 1002)).toEqual({ at: 5, tag: 'push', code: 1002, name: 'PUSH_BEGIN', detail: '' })
  })

  it('of a player say whose picture it is', () => {
    expect(media('live-player', 2032)).toMatchObject({ tag: 'play', name: 'RENDER_FIRST_FRAME', detail: 'zhouya' })
  })

  it.each([
    ['a lost connection', media('live-pusher', -1307)],
    ['a player that gave up', media('live-player', -2301)],
    ['a refused camera', media('live-pusher', 10001, 'error')],
    ['a server that closed', media('live-pusher', 3004)],
  ])('of %s are errors', (_, row) => {
    expect(row?.tag).toBe('err')
  })

  it('that no manual lists are shown all the same', () => {
    expect(media('live-player', 2999)).toMatchObject({ tag: 'play', code: 2999, name: 'UNKNOWN' })
  })

  it.each(['bgmstart', 'bgmcomplete'] as const)('that are news of the music have its name: %s', (event) => {
    const row = rowOf({ type: 'media', element: 'live-pusher', id: 'p', userId: '', event })
    expect(row).toEqual({ at: 5, tag: 'push', name: event, detail: '' })
  })

  it('of network figures are no rows', () => {
    expect(
      rowOf({ type: 'media', element: 'live-pusher', id: 'p', userId: '', event: 'netstatus', info: { videoFPS: 15 } }),
    ).toBeNull()
  })
})

it('shows what webrtc-room says of messages: each message, and nothing of how the service is', () => {
  const told = (tag: string, detail: unknown) =>
    rowOf({ type: 'component', component: 'c', name: 'onIMEvent', detail: { tag, code: 0, detail } })
  expect(told('big_group_msg_notify', [{ kind: 'text', content: '看到了吗' }])).toMatchObject({
    tag: 'msg',
    name: 'big_group_msg_notify',
    detail: { word: 'quoted', args: { text: '看到了吗' } },
  })
  expect(told('connection_event', { state: 'connected' })).toBeNull()
})

describe('room events', () => {
  it('carry who came', () => {
    expect(room({ tag: 'memberJoin', code: 0, detail: { userID: 'heyn', userName: '何以宁' } })).toMatchObject({
      tag: 'room',
      name: 'memberJoin',
      detail: 'heyn',
    })
  })

  it('show from which phase to which the room went', () => {
    expect(room({ tag: 'stateChange', code: 0, detail: { phase: 'joined' } })).toMatchObject({
      tag: 'room',
      name: 'joining → joined',
    })
  })

  it('show number, name and text of an error', () => {
    const error = { code: 'CAMERA_DENIED', recoverable: false }
    expect(room({ tag: 'error', code: -4, detail: '无法使用摄像头', error })).toMatchObject({
      tag: 'err',
      code: -4,
      name: 'CAMERA_DENIED',
      detail: '无法使用摄像头',
    })
  })

  it('quote messages', () => {
    expect(room({ tag: 'recvTextMsg', code: 0, detail: '听得清吗', userID: 'zhouya' })).toMatchObject({
      tag: 'msg',
      detail: { word: 'quoted', args: { text: '听得清吗' } },
    })
    expect(room({ tag: 'recvCustomMsg', code: 0, detail: { a: 1 } })).toMatchObject({
      detail: { word: 'quoted', args: { text: '{"a":1}' } },
    })
  })

  it('say which try of what a reconnect is', () => {
    expect(
      room({ tag: 'reconnecting', code: 0, detail: { target: 'player', userID: 'zhouya', attempt: 2 } }),
    ).toMatchObject({
      tag: 'net',
      detail: { word: 'tryOfPlayer', args: { n: 2 } },
    })
  })

  it('show whose network became what', () => {
    expect(room({ tag: 'networkQuality', code: 0, detail: { userID: 'zhouya', level: 2 } })).toMatchObject({
      tag: 'net',
      detail: { word: 'networkOf', args: { userID: 'zhouya', level: 2 } },
    })
  })

  it('in their second spelling are not shown twice', () => {
    expect(rowOf({ type: 'component', component: 'c', name: 'RoomEvent', detail: { tag: 'memberJoin' } })).toBeNull()
  })
})

describe('changes of the demo page', () => {
  const setData = (component: string, keys: string[]) => rowOf({ type: 'setData', component, keys, bytes: 9 })

  it('are shown with their new value', () => {
    expect(setData(context.pagePath, ['template'])).toMatchObject({ tag: 'room', name: 'template grid' })
  })

  it('that set the page up, or draw it, are not', () => {
    expect(setData(context.pagePath, ['userId', 'roomId', 'template'])).toBeNull()
    expect(setData(context.pagePath, ['toast'])).toBeNull()
  })

  it('of other components are not', () => {
    expect(setData('roomlet/components/rtc-room/rtc-room', ['template'])).toBeNull()
  })
})

it('shows errors of the program and not its chatter', () => {
  expect(rowOf({ type: 'log', level: 'error', message: 'boom' })).toMatchObject({ tag: 'err', name: 'boom' })
  expect(rowOf({ type: 'log', level: 'info', message: 'hm' })).toBeNull()
})
