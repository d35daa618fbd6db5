import { readFileSync } from 'node:fs'
import path from 'node:path'
import { liveRoomSettings } from '../../../components/live-room/props'
import { rtcRoomSettings } from '../../../components/rtc-room/props'
import { PLAYER_OPTIONS, PUSHER_OPTIONS, tagOptionsOf } from '../../../components/shared/tag-options'
import { webrtcRoomSettings } from '../../../components/webrtc-room/props'
import type { RoomError } from '../../../src/errors'

function pusher(written: unknown) {
  const problems: RoomError[] = []
  return { options: tagOptionsOf('pusher-options', PUSHER_OPTIONS, written, problems), problems }
}
const messages = (written: unknown): string[] => pusher(written).problems.map(({ message }) => message)

test('values and their text are read, names in either spelling', () => {
  expect(
    pusher({ fps: '20', 'local-mirror': 'enable', enableAns: 'true', autoFocus: false, 'waiting-image': 'https://a' }),
  ).toEqual({
    options: { fps: 20, localMirror: 'enable', enableAns: true, autoFocus: false, waitingImage: 'https://a' },
    problems: [],
  })
})

test.each([
  ['a number above its range', { fps: 90 }, { fps: 30 }],
  ['a number below its range', { skinWhiteness: -1 }, { skinWhiteness: 0 }],
  ['both ways of opening the small window', { pictureInPictureMode: ['push', 'pop'] }, undefined],
  ['one way of opening the small window', { pictureInPictureMode: 'pop' }, undefined],
  ['no small window', { pictureInPictureMode: '' }, undefined],
  ['an empty text', { waitingImage: '' }, undefined],
  ['an option that the page unsets', { fps: undefined, filter: null }, {}],
])('%s', (_what, written, read) => {
  expect(pusher(written)).toEqual({ options: read ?? written, problems: [] })
})

test.each([
  ['a name that is not there', { fsp: 20 }, 'pusher-options: there is no option fsp'],
  ['a name that every object has', { constructor: 1 }, 'pusher-options: there is no option constructor'],
  ['an attribute that the room decides', { url: 'rtmp://x' }, 'pusher-options: there is no option url'],
  ['a word for a number', { fps: 'fast' }, 'pusher-options: fps cannot be "fast"'],
  ['a word that is none of the choices', { filter: 'pnik' }, 'pusher-options: filter cannot be "pnik"'],
  ['an object for a flag', { zoom: {} }, 'pusher-options: zoom cannot be {}'],
  ['an object for a text', { waitingImage: {} }, 'pusher-options: waitingImage cannot be {}'],
  [
    'a way of leaving a page that is none',
    { pictureInPictureMode: ['push', 'swipe'] },
    'pusher-options: pictureInPictureMode cannot be ["push","swipe"]',
  ],
])('%s is left out with an error that names it; the others count', (_what, written, message) => {
  const { options, problems } = pusher({ ...written, enableAgc: true })
  expect(problems.map(({ code, message: text }) => [code, text])).toEqual([['BAD_PARAMETER', message]])
  expect(options).toEqual({ enableAgc: true })
})

test('a literal attribute that is no object is one error', () => {
  expect(messages('fps: 20')).toEqual(['pusher-options: an object is needed'])
})

test.each([undefined, null, '', {}])('%p means nothing, without an error', (nothing) => {
  expect(pusher(nothing)).toEqual({ options: {}, problems: [] })
})

test.each([
  ['rtc-room', rtcRoomSettings],
  ['live-room', liveRoomSettings],
  ['webrtc-room', webrtcRoomSettings],
])('%s takes both', (_component, settingsOf) => {
  const { view, problems } = settingsOf({
    pusherOptions: { fps: 20, url: '' },
    playerOptions: { debug: true, src: '' },
  })
  expect(view).toMatchObject({ pusherOptions: { fps: 20 }, playerOptions: { debug: true } })
  expect(problems?.map(({ message }) => message)).toEqual([
    'pusher-options: there is no option url',
    'player-options: there is no option src',
  ])
})

test('docs/tag-options.md lists every option with its choices and ranges', () => {
  const page = readFileSync(path.resolve(__dirname, '../../../docs/tag-options.md'), 'utf8')
  for (const [title, kinds] of Object.entries({ pusherOptions: PUSHER_OPTIONS, playerOptions: PLAYER_OPTIONS })) {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? ''
    const rows = [...section.matchAll(/^\| (\w+)(?: \*)? \| (.*) \|$/gm)].filter(([, name]) => name !== 'option')
    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(kinds).sort())
    for (const [, name = '', value = ''] of rows) {
      const kind = kinds[name] ?? ''
      const choices = [...(value.split(';')[0] ?? '').matchAll(/`([\w-]+)`/g)].map(([, word]) => word)
      if (kind in START) expect([name, value]).toEqual([name, expect.stringMatching(START[kind as keyof typeof START])])
      else expect([name, choices.join(' ') || value]).toEqual([name, expect.stringMatching(`^${kind}(?!-)\\b`)])
    }
  }
})

const START = { flag: /^flag/, text: /^text/, routes: /^`push`, `pop` or a list/ }
