import { SPEAKER_MS } from '../../src/media/speaker-meter'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { memberOf } from '../support/fake-provider'
import { RtcRoomStage } from '../support/rtc-room-stage'
import type { Rendered } from '../support/simulate'

let stage: RtcRoomStage
let native: NativeCalls
let room: Rendered

beforeEach(async () => {
  native = fakeNativeContexts()
  stage = new RtcRoomStage()
  room = stage.render()
  await stage.joined(room, memberOf('ann'), memberOf('bob'))
  stage.events.length = 0
  stage.commits.length = 0
})

afterEach(() => native.restore())

function says(selector: string, event: string, detail: object): void {
  const node = room.querySelector(selector)
  if (!node) throw new Error(`Nothing on the stage is ${selector}`)
  node.instance.triggerEvent(event, detail)
}

const volume = (selector: string, level: number | string): void =>
  says(selector, 'audiovolumenotify', { volume: level })

test('the loudest of all is told and shown, once in a while', async () => {
  for (let tick = 0; tick < 20; tick += 1) {
    volume('#publisher', 10)
    volume('#player-0', '60')
    volume('#player-1', 30)
    await stage.clock.advance(SPEAKER_MS / 10)
  }
  expect(stage.events).toEqual([{ tag: 'activeSpeaker', code: 0, detail: { userID: 'ann', volume: 60 } }])
  expect(stage.commits).toEqual([{ 'view.speaker': { userID: 'ann', volume: 60 } }])
})

test('another speaker is told, and silence', async () => {
  volume('#player-0', 60)
  await stage.clock.advance(SPEAKER_MS)
  volume('#publisher', 20)
  await stage.clock.advance(SPEAKER_MS)
  await stage.clock.advance(SPEAKER_MS)
  volume('#player-1', 0)
  await stage.clock.advance(5 * SPEAKER_MS)
  expect(stage.events.map(({ detail }) => detail)).toEqual([
    { userID: 'ann', volume: 60 },
    { userID: 'me', volume: 20 },
    { userID: '', volume: 0 },
  ])
})

test('a microphone that is off is no speaker', async () => {
  room.setData({ muted: true })
  await stage.settle()
  stage.events.length = 0
  volume('#publisher', 90)
  await stage.clock.advance(SPEAKER_MS)
  expect(stage.events).toEqual([])
})

test('after stop() nothing more is told, and no timer is left', async () => {
  volume('#player-0', 60)
  await room.instance.stop()
  stage.events.length = 0
  await stage.clock.advance(60_000)
  expect(stage.events).toEqual([])
  expect(stage.platform.armedTimers).toBe(0)
})

test.each([
  ['#publisher', 'bgmstart', {}, 'bgmStart', { userID: 'me' }],
  [
    '#publisher',
    'bgmprogress',
    { progress: 500, duration: 9000 },
    'bgmProgress',
    { progress: 500, duration: 9000, userID: 'me' },
  ],
  ['#publisher', 'bgmcomplete', {}, 'bgmComplete', { userID: 'me' }],
  ['#publisher', 'enterpictureinpicture', {}, 'enterPictureInPicture', { userID: 'me' }],
  ['#publisher', 'leavepictureinpicture', {}, 'leavePictureInPicture', { userID: 'me' }],
  ['#player-1', 'enterpictureinpicture', {}, 'enterPictureInPicture', { userID: 'bob' }],
  ['#player-1', 'leavepictureinpicture', {}, 'leavePictureInPicture', { userID: 'bob' }],
  [
    '#player-0',
    'fullscreenchange',
    { fullScreen: 'true', direction: 'vertical' },
    'fullScreenChange',
    { fullScreen: true, direction: 'vertical', userID: 'ann' },
  ],
  ['#player-0', 'castinguserselect', { state: 'success' }, 'castingUserSelect', { state: 'success', userID: 'ann' }],
  [
    '#player-0',
    'castingstatechange',
    { type: 'x', state: 'fail' },
    'castingStateChange',
    { type: 'x', state: 'fail', userID: 'ann' },
  ],
  ['#player-0', 'castinginterrupt', {}, 'castingInterrupt', { userID: 'ann' }],
  ['#player-0', 'metadatachange', { metadata: 'm' }, 'metadataChange', { metadata: 'm', userID: 'ann' }],
])('%s %s with %j is told as %s', (selector, event, detail, tag, told) => {
  says(selector, event, detail)
  expect(stage.events).toEqual([{ tag, code: 0, detail: told }])
})
