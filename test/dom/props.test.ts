import { rtcRoomProperties, rtcRoomSettings } from '../../components/rtc-room/props'
import type { RtcRoomProperties } from '../../components/rtc-room/props'

type Name = keyof RtcRoomProperties

const { view, request, provider } = rtcRoomSettings({})
const DEFAULTS = { provider, record: undefined, ...view, ...view.publisher, ...request }

function read(name: Name, value: unknown, field: string): unknown {
  const settings = rtcRoomSettings({ [name]: value })
  const flat: Record<string, unknown> = {
    ...settings.view,
    ...settings.view.publisher,
    ...settings.request,
    provider: settings.provider,
  }
  return flat[field]
}

/** property, the field it sets, pairs of what a page writes and what it means */
const CASES: [Name, keyof typeof DEFAULTS, [unknown, unknown][]][] = [
  [
    'template',
    'layout',
    [
      ['grid', 'grid'],
      [' 1v1 ', '1v1'],
      ['5v5', '1v3'],
    ],
  ],
  [
    'roomId',
    'roomId',
    [
      ['abc', 'abc'],
      [2018, '2018'],
      ['2018', '2018'],
      [0, '0'],
    ],
  ],
  [
    'roomID',
    'roomId',
    [
      ['abc', 'abc'],
      [2018, '2018'],
    ],
  ],
  [
    'roomid',
    'roomId',
    [
      ['abc', 'abc'],
      [2018, '2018'],
    ],
  ],
  [
    'roomName',
    'roomName',
    [
      ['a room', 'a room'],
      [7, '7'],
    ],
  ],
  ['roomname', 'roomName', [['a room', 'a room']]],
  ['roomInfo', 'roomName', [['a room', 'a room']]],
  [
    'provider',
    'provider',
    [
      ['direct', 'direct'],
      ['', ''],
    ],
  ],
  [
    'userName',
    'userName',
    [
      ['Mei', 'Mei'],
      [12, '12'],
    ],
  ],
  ['userAvatar', 'userAvatar', [['https://pictures.test/a.png', 'https://pictures.test/a.png']]],
  [
    'beauty',
    'beauty',
    [
      [0, 0],
      ['0', 0],
      ['9', 9],
      [12, 9],
      ['-3', 0],
      ['4.6', 5],
      ['much', 5],
      [NaN, 5],
      [Infinity, 5],
    ],
  ],
  [
    'whiteness',
    'whiteness',
    [
      [3, 3],
      ['3', 3],
      ['99', 9],
      [-1, 0],
      [true, 0],
    ],
  ],
  [
    'muted',
    'muted',
    [
      [true, true],
      ['true', true],
      ['false', false],
      [false, false],
      ['1', true],
      [1, true],
      ['no', false],
    ],
  ],
  [
    'enableCamera',
    'camera',
    [
      [false, false],
      ['false', false],
      ['0', false],
      [0, false],
      ['true', true],
      ['yes', true],
    ],
  ],
  [
    'aspect',
    'aspect',
    [
      ['9:16', '9:16'],
      ['3:4', '3:4'],
      ['16:9', '3:4'],
    ],
  ],
  [
    'profile',
    'maxBitrate',
    [
      ['live-hd', 1200],
      ['meeting-member', 300],
      ['cinema', 400],
    ],
  ],
  [
    'mode',
    'mode',
    [
      ['HD', 'HD'],
      ['RTC', 'RTC'],
      ['4K', 'RTC'],
    ],
  ],
  [
    'minBitrate',
    'minBitrate',
    [
      ['300', 300],
      [300, 300],
      [0, 1],
      ['99999', 10_000],
      ['fast', 200],
    ],
  ],
  [
    'maxBitrate',
    'maxBitrate',
    [
      ['800', 800],
      [800, 800],
      [99_999, 10_000],
      [-5, 200],
    ],
  ],
  [
    'devicePosition',
    'devicePosition',
    [
      ['back', 'back'],
      ['front', 'front'],
      ['side', 'front'],
    ],
  ],
  [
    'orientation',
    'orientation',
    [
      ['horizontal', 'horizontal'],
      ['vertical', 'vertical'],
      ['flat', 'vertical'],
    ],
  ],
  [
    'debug',
    'debug',
    [
      ['true', true],
      [true, true],
      ['false', false],
    ],
  ],
  [
    'record',
    'record',
    [
      ['true', true],
      [true, true],
      // what a provider is asked is absent where it is not wanted
      ['false', undefined],
    ],
  ],
  ['privateMapKey', 'privateMapKey', [['eJx*-_', 'eJx*-_']]],
  ['pusherOptions', 'pusherOptions', [[{ fps: '20', fsp: 1 }, { fps: 20 }]]],
  ['playerOptions', 'playerOptions', [[{ 'sound-mode': 'ear' }, { soundMode: 'ear' }]]],
  [
    'language',
    'language',
    [
      ['en', 'en'],
      ['zh', 'zh'],
      ['fr', 'zh'],
    ],
  ],
]

/** Goes to the overlay as the page gives it; the dom tests of the overlay read it there. */
const READ_BY_WXML = ['memberData']

test('every property of the component is read by a case below', () => {
  const read = [...CASES.map(([name]) => name), ...READ_BY_WXML]
  expect(read.sort()).toEqual(Object.keys(rtcRoomProperties).sort())
})

test.each(CASES)('%s is read into %s as a page writes it', (name, field, pairs) => {
  for (const [written, meant] of pairs) expect([written, read(name, written, field)]).toEqual([written, meant])
})

test.each(CASES)('%s: nothing means the default of %s', (name, field) => {
  for (const nothing of ['', ' ', undefined, null, {}]) expect(read(name, nothing, field)).toEqual(DEFAULTS[field])
})

test('the defaults are those of the manual', () => {
  expect(DEFAULTS).toMatchObject({
    layout: '1v3',
    beauty: 5,
    whiteness: 0,
    muted: false,
    camera: true,
    minBitrate: 200,
    maxBitrate: 400,
    debug: false,
    language: 'zh',
    roomId: '',
    roomName: '',
    capacity: 'group',
  })
})

test.each([
  ['1v1', '9:16', 'pair'],
  ['1v3', '3:4', 'group'],
  ['grid', '3:4', 'group'],
  ['float', '9:16', 'group'],
  ['bigsmall', '9:16', 'group'],
])('%s publishes %s unless told otherwise and is a %s', (template, aspect, capacity) => {
  const settings = rtcRoomSettings({ template })
  expect(settings.view.publisher.aspect).toBe(aspect)
  expect(settings.request.capacity).toBe(capacity)
  expect(settings.problems).toEqual([])
})

test('the documented spelling wins over the others', () => {
  const settings = rtcRoomSettings({
    roomid: 'c',
    roomID: 'b',
    roomId: 'a',
    roomInfo: 'z',
    roomname: 'y',
    roomName: 'x',
  })
  expect(settings.request).toMatchObject({ roomId: 'a', roomName: 'x' })
})

test('a bitrate range stays a range', () => {
  const { publisher } = rtcRoomSettings({ minBitrate: 600, maxBitrate: '300' }).view
  expect(publisher).toMatchObject({ minBitrate: 600, maxBitrate: 600 })
})

test('microphone and camera are as the page wants them from the join on', () => {
  expect(rtcRoomSettings({ muted: 'true', enableCamera: 'false' }).view.publisher).toMatchObject({
    muted: true,
    camera: false,
  })
})
