import { liveRoomProperties, liveRoomSettings } from '../../components/live-room/props'
import type { LiveRoomProperties } from '../../components/live-room/props'
import { rtcRoomProperties } from '../../components/rtc-room/props'

type Name = keyof LiveRoomProperties

function read(properties: LiveRoomProperties): Record<string, unknown> {
  const { view, request, refusal } = liveRoomSettings(properties)
  return { ...view, ...view.publisher, ...view.playback, ...request, refusal: refusal?.code }
}

/** property, the field it sets, pairs of what a page writes and what it means; the rest is as in rtc-room */
const CASES: [Name, string, [unknown, unknown][]][] = [
  [
    'role',
    'role',
    [
      ['presenter', 'anchor'],
      ['audience', 'audience'],
      ['', 'anchor'],
      [undefined, 'anchor'],
    ],
  ],
  [
    'pureaudio',
    'camera',
    [
      ['true', false],
      [true, false],
      ['false', true],
      [undefined, true],
    ],
  ],
  ['pureAudio', 'camera', [['1', false]]],
  [
    'objectFit',
    'objectFit',
    [
      ['contain', 'contain'],
      ['fillCrop', 'fillCrop'],
      ['cover', 'fillCrop'],
      ['', 'fillCrop'],
    ],
  ],
  [
    'minCache',
    'minCache',
    [
      ['0.5', 0.5],
      [2, 2],
      [-1, 0],
      ['much', 1],
      ['', 1],
    ],
  ],
  [
    'maxCache',
    'maxCache',
    [
      ['4.5', 4.5],
      [0.2, 1],
      [100, 30],
      [null, 3],
    ],
  ],
  [
    'template',
    'layout',
    [
      ['1v1', '1v1'],
      ['1v3', 'presenter'],
      ['float', 'aside'],
      ['grid', 'grid'],
      ['bigsmall', 'bigsmall'],
      ['presenter', 'presenter'],
      ['aside', 'presenter'],
    ],
  ],
]

test.each(CASES)('%s is read into %s as a page writes it', (name, field, pairs) => {
  for (const [written, meant] of pairs) expect([written, read({ [name]: written })[field]]).toEqual([written, meant])
})

test('every property beside those of rtc-room is read by a case above', () => {
  const own = Object.keys(liveRoomProperties).filter((name) => !(name in rtcRoomProperties))
  expect(CASES.map(([name]) => name)).toEqual(expect.arrayContaining(own))
})

test('a presenter publishes for watching, a guest for talking; what the page says goes before', () => {
  expect(read({})).toMatchObject({
    mode: 'HD',
    minBitrate: 600,
    maxBitrate: 1200,
    audioQuality: 'high',
    aspect: '9:16',
  })
  expect(read({ role: 'audience', roomId: '1' })).toMatchObject({ mode: 'RTC', maxBitrate: 500, aspect: '3:4' })
  expect(read({ role: 'audience', roomId: '1', profile: 'meeting-member', mode: 'SD', aspect: '9:16' })).toMatchObject({
    mode: 'SD',
    maxBitrate: 300,
    audioQuality: 'low',
    aspect: '9:16',
  })
})

test('a broadcast of a high bitrate is played with the larger cache', () => {
  expect(read({ maxBitrate: 1999 })).toMatchObject({ minCache: 1, maxCache: 3 })
  expect(read({ maxBitrate: '2500' })).toMatchObject({ minCache: 3, maxCache: 5 })
})

test('only a wrong role, and an audience that names no room, is refused', () => {
  expect(read({ role: 'audience' }).refusal).toBe('BAD_PARAMETER')
  expect(read({ role: 'speaker', roomId: '1' }).refusal).toBe('BAD_PARAMETER')
  expect(read({ role: 'audience', roomid: 7 }).refusal).toBeUndefined()
  expect(read({}).refusal).toBeUndefined()
})

test('a template or profile that is not there is named to the developer', () => {
  const named = (properties: LiveRoomProperties): string[] =>
    liveRoomSettings(properties).problems.map(({ message }) => message)
  expect(named({ template: 'aside', profile: 'cinema' })).toEqual([
    'live-room: there is no template "aside" (1v1, 1v3, float, grid, bigsmall), 1v3 is used',
    expect.stringContaining('live-room: there is no profile "cinema"'),
  ])
  expect(named({ template: '1v3', profile: 'live-fhd' })).toEqual([])
})
