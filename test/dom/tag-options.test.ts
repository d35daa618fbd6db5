import { PLAYER_OPTIONS, PUSHER_OPTIONS } from '../../components/shared/tag-options'
import { expectWarning } from '../support/fail-on-console'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { memberOf } from '../support/fake-provider'
import { RtcRoomStage } from '../support/rtc-room-stage'
import { camelCased, PLAYER_ATTRIBUTES, PUSHER_ATTRIBUTES } from '../support/tag-attributes'

let stage: RtcRoomStage
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts()
  stage = new RtcRoomStage()
})

afterEach(() => native.restore())

/** What a room decides by itself, or has a property for: [what the page writes, what the tag has]. */
const PUSHER_PROPERTIES: Record<string, [Record<string, unknown>, unknown]> = {
  url: [{}, 'rtmp://push/me?v=1'],
  mode: [{ mode: 'HD' }, 'HD'],
  autopush: [{}, false],
  muted: [{ muted: true }, true],
  enableCamera: [{ enableCamera: false }, false],
  orientation: [{ orientation: 'horizontal' }, 'horizontal'],
  beauty: [{ beauty: 2 }, 2],
  whiteness: [{ whiteness: 3 }, 3],
  aspect: [{ aspect: '9:16' }, '9:16'],
  minBitrate: [{ minBitrate: 250 }, 250],
  maxBitrate: [{ maxBitrate: 850 }, 850],
  devicePosition: [{ devicePosition: 'back' }, 'back'],
}
const PLAYER_PROPERTIES: typeof PUSHER_PROPERTIES = {
  src: [{}, 'rtmp://play/ann?v=1'],
  mode: [{}, 'RTC'],
  autoplay: [{}, true],
}

/** The platform's defaults, in a 3:4 call; what is not here is false. */
const PUSHER_DEFAULTS: Record<string, unknown> = {
  autoFocus: true,
  enableMic: true,
  audioQuality: 'high',
  waitingImage: '',
  waitingImageHash: '',
  localMirror: 'auto',
  audioReverbType: 0,
  voiceChangerType: 0,
  audioVolumeType: 'auto',
  videoWidth: 360,
  videoHeight: 480,
  fps: 15,
  beautyStyle: 'smooth',
  filter: 'standard',
  skinWhiteness: 0,
  skinSmoothness: 0,
  faceThinness: 0,
  eyeBigness: 0,
  pictureInPictureMode: '',
}
const PLAYER_DEFAULTS: Record<string, unknown> = {
  autoPauseIfNavigate: true,
  autoPauseIfOpenNative: true,
  orientation: 'vertical',
  objectFit: 'fillCrop',
  minCache: 0.2,
  maxCache: 0.8,
  soundMode: 'speaker',
  referrerPolicy: 'no-referrer',
  pictureInPictureInitPosition: '',
  pictureInPictureMode: '',
}

/** A value that is not the default. */
function otherThan(byDefault: unknown, kind = ''): unknown {
  if (kind === 'flag') return !(byDefault ?? false)
  if (kind === 'text') return 'https://pictures.test/a.png'
  if (kind === 'routes') return ['push', 'pop']
  const [least = NaN, most = NaN] = kind.split('-').map(Number)
  if (Number.isNaN(most)) return kind.split(' ').find((word) => word !== byDefault)
  return most === byDefault ? least : most
}

const TAGS = [
  {
    tag: '#publisher',
    property: 'pusherOptions',
    attributes: PUSHER_ATTRIBUTES,
    kinds: PUSHER_OPTIONS,
    own: PUSHER_PROPERTIES,
    defaults: PUSHER_DEFAULTS,
  },
  {
    tag: '#player-0',
    property: 'playerOptions',
    attributes: PLAYER_ATTRIBUTES,
    kinds: PLAYER_OPTIONS,
    own: PLAYER_PROPERTIES,
    defaults: PLAYER_DEFAULTS,
  },
]

describe.each(TAGS)('$tag', ({ tag, property, attributes, kinds, own, defaults }) => {
  const options = Object.keys(kinds)

  test('every attribute of the platform is an option or the room’s own, none is both', () => {
    expect([...options, ...Object.keys(own)].sort()).toEqual(camelCased(attributes).sort())
  })

  test.each(options)('%s reaches the tag, and has the platform’s default without it', async (name) => {
    const value = otherThan(defaults[name], kinds[name])
    const room = stage.render()
    await stage.joined(room, memberOf('ann'))
    expect(room.querySelector(tag)?.data[name]).toEqual(defaults[name] ?? false)
    room.setData({ [property]: { [name]: value } })
    await stage.settle()
    expect(room.querySelector(tag)?.data[name]).toEqual(value)
    expect(stage.tagsOf('warning')).toEqual([])
  })

  test.each(Object.entries(own))('%s reaches the tag by the room', async (name, [written, value]) => {
    const room = stage.render(written)
    await stage.joined(room, memberOf('ann'))
    expect(room.querySelector(tag)?.data[name]).toEqual(value)
  })
})

test('options are sent once for all tiles, and not again while they stay the same', async () => {
  const room = stage.render({ template: 'grid' })
  await stage.joined(room, ...['ann', 'bob', 'cat'].map((name) => memberOf(name)))
  stage.commits.length = 0
  room.setData({ playerOptions: { soundMode: 'ear' } })
  await stage.settle()
  room.setData({ playerOptions: { soundMode: 'ear' }, muted: false })
  await stage.settle()
  expect(stage.commits).toEqual([{ 'view.playerOptions.soundMode': 'ear' }])
  for (const slot of [0, 1, 2]) expect(room.querySelector(`#player-${slot}`)?.data.soundMode).toBe('ear')
})

test('an option that the page takes back has the platform’s default again, the others stay', async () => {
  const room = stage.render()
  await stage.joined(room, memberOf('ann'))
  const pusherOptions = { waitingImage: 'https://pictures.test/a.png', autoFocus: false, fps: 20, mirror: true }
  const playerOptions = { pictureInPictureInitPosition: '1, 2, 100, 100', minCache: 2, maxCache: 3, soundMode: 'ear' }
  room.setData({ pusherOptions, playerOptions })
  await stage.settle()
  room.setData({ pusherOptions: { ...pusherOptions, autoFocus: undefined, fps: undefined } })
  room.setData({ playerOptions: { ...playerOptions, minCache: null, soundMode: null } })
  await stage.settle()
  expect(room.querySelector('#publisher')?.data).toMatchObject({ ...pusherOptions, autoFocus: true, fps: 15 })
  expect(room.querySelector('#player-0')?.data).toMatchObject({ ...playerOptions, minCache: 0.2, soundMode: 'speaker' })
})

test('an option that is not there is told once by its name, and the call goes on with the others', async () => {
  expectWarning(/pusher-options: there is no option fsp/)
  const room = stage.render()
  await stage.joined(room, memberOf('ann'))
  room.setData({ pusherOptions: { fsp: 20, filter: 'pink' } })
  room.setData({ beauty: 3 })
  await stage.settle()
  expect(stage.events.filter(({ tag }) => tag === 'warning' || tag === 'error')).toEqual([
    {
      tag: 'warning',
      code: -3,
      detail: 'pusher-options: there is no option fsp',
      error: { code: 'BAD_PARAMETER', recoverable: false, cause: undefined },
    },
  ])
  expect(room.querySelector('#publisher')?.data.filter).toBe('pink')
  expect(room.data.view.phase).toBe('joined')
})

test.each([
  ['RTC', '9:16', 360, 640],
  ['RTC', '3:4', 360, 480],
  ['SD', '9:16', 360, 640],
  ['HD', '9:16', 540, 960],
  ['FHD', '3:4', 720, 960],
])('the size of a picture in %s and %s is %d by %d', async (mode, aspect, videoWidth, videoHeight) => {
  const room = stage.render({ mode, aspect })
  await stage.joined(room)
  expect(room.querySelector('#publisher')?.data).toMatchObject({ videoWidth, videoHeight })
})
