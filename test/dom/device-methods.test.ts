import { PLAYER_METHODS } from '../../src/media/player-methods'
import { PUBLISHER_METHODS } from '../../src/media/publisher-methods'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { memberOf } from '../support/fake-provider'
import { RtcRoomStage } from '../support/rtc-room-stage'
import type { Node, Rendered } from '../support/simulate'

const ANN = memberOf('ann')
const BOB = memberOf('bob')

let stage: RtcRoomStage
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts({ publisher: Object.keys(PUBLISHER_METHODS), player: Object.keys(PLAYER_METHODS) })
  stage = new RtcRoomStage()
})

afterEach(() => native.restore())

async function inCall(...members: (typeof ANN)[]): Promise<Rendered> {
  const room = stage.render()
  await stage.joined(room, ...members)
  native.calls.length = 0
  native.given.length = 0
  stage.events.length = 0
  return room
}

function tag(room: Rendered, selector: string): Node['instance'] {
  const node = room.querySelector(selector)
  if (!node) throw new Error(`Nothing on the stage is ${selector}`)
  return node.instance
}

const OWN: [string, object][] = [
  ['switchCamera', {}],
  ['toggleTorch', {}],
  ['setZoom', { zoom: 2 }],
  ['getMaxZoom', {}],
  ['playBGM', { url: 'https://music.test/a.mp3' }],
  ['pauseBGM', {}],
  ['resumeBGM', {}],
  ['stopBGM', {}],
  ['setBGMVolume', { volume: 0.5 }],
  ['setMICVolume', { volume: 0 }],
  ['applyFilter', { path: 'filter.zip', alpha: 1 }],
  ['clearFilters', {}],
  ['applySticker', { type: 'headwear', stickers: [] }],
  ['clearStickers', {}],
  ['applyBlusherStickMakeup', { path: 'a', alpha: 1, blendMode: 'normal' }],
  ['applyEyeBrowMakeup', { path: 'a', alpha: 1, blendMode: 'normal', shrinkRate: 1 }],
  ['applyEyeShadowMakeup', { path: 'a', alpha: 1, blendMode: 'normal' }],
  ['applyFaceContourMakeup', { path: 'a', alpha: 1 }],
  ['applyLipStickMakeup', { path: 'a', alpha: 1 }],
  ['clearMakeups', {}],
  ['snapshot', { quality: 'raw' }],
]

test.each(OWN)('%s reaches one’s own tag and answers by callbacks and by promise', async (name, options) => {
  const room = await inCall()
  const heard: string[] = []
  const answer = await room.instance[name]({
    ...options,
    success: ({ errMsg }: { errMsg: string }) => heard.push(`success ${errMsg}`),
    complete: () => heard.push('complete'),
  })
  expect(answer).toEqual({ errMsg: `publisher.${name}:ok` })
  expect(heard).toEqual([`success publisher.${name}:ok`, 'complete'])
  expect(native.calls).toEqual([`publisher.${name}`])
  expect(native.given).toEqual([options])
})

test('before anything is published every one of them is refused, and nothing reaches a tag', async () => {
  const room = stage.render()
  for (const [name, options] of OWN) {
    await expect(room.instance[name](options)).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  }
  expect(native.calls).toEqual([])
})

test('a method that this version of WeChat lacks is a coded error that names it, by both ways', async () => {
  native.restore()
  native = fakeNativeContexts()
  const room = await inCall(ANN)
  const failures: unknown[] = []
  for (const name of ['setZoom', 'requestPictureInPicture']) {
    const calling = room.instance[name]({ fail: (failure: unknown) => failures.push(failure) })
    await expect(calling).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: `${name} is not there in this version of WeChat`,
    })
  }
  expect(failures).toEqual(
    ['setZoom', 'requestPictureInPicture'].map((name) => ({
      errMsg: `${name} is not there in this version of WeChat`,
      error: expect.objectContaining({ code: 'NOT_SUPPORTED' }),
    })),
  )
})

test('what the phone refuses is told in its own words', async () => {
  const room = await inCall()
  native.refusals.set('publisher.toggleTorch', 'toggleTorch:fail no torch')
  await expect(room.instance.toggleTorch()).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
    message: 'toggleTorch:fail no torch',
  })
})

test.each([
  ['ann', 'player-0.snapshot'],
  ['bob', 'player-1.snapshot'],
  ['me', 'publisher.snapshot'],
])('snapshot of %s is taken of %s', async (userID, call) => {
  const room = await inCall(ANN, BOB)
  await room.instance.snapshot({ userID, quality: 'raw' })
  expect(native.calls).toEqual([call])
  expect(native.given).toEqual([{ quality: 'raw' }])
})

test('nobody of that name, or nobody at all, is a wrong parameter', async () => {
  const room = await inCall(ANN)
  await expect(room.instance.snapshot({ userID: 'cat' })).rejects.toMatchObject({
    code: 'BAD_PARAMETER',
    message: 'snapshot: cat is not played',
  })
  const alone = await inCall()
  await expect(alone.instance.requestFullScreen()).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
  expect(native.calls).toEqual([])
})

test('full screen is the picture that was named last, the first one before any was', async () => {
  const room = await inCall(ANN, BOB)
  await room.instance.requestFullScreen({ direction: 90 })
  await room.instance.exitFullScreen()
  await room.instance.requestFullScreen({ userID: 'bob' })
  await room.instance.exitFullScreen()
  await room.instance.requestPictureInPicture({ userID: 'ann' })
  await room.instance.exitPictureInPicture()
  expect(native.calls).toEqual([
    'player-0.requestFullScreen',
    'player-0.exitFullScreen',
    'player-1.requestFullScreen',
    'player-1.exitFullScreen',
    'player-0.requestPictureInPicture',
    'player-0.exitPictureInPicture',
  ])
  expect(native.given[0]).toEqual({ direction: 90 })
})

test('a page that ignores every promise causes no unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  const room = stage.render()
  for (const [name] of OWN) room.instance[name]()
  await stage.clock.advance(1_000)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('volumes and zoom are set again whenever one’s own stream starts anew', async () => {
  const room = await inCall()
  const publisher = tag(room, '#publisher')
  publisher.triggerEvent('statechange', { code: 1002 })
  await room.instance.setMICVolume({ volume: 0.4 })
  await room.instance.setMICVolume({ volume: 0.3 })
  await room.instance.setBGMVolume({ volume: 0.2 })
  await room.instance.setZoom({ zoom: 2 })
  native.calls.length = 0
  native.given.length = 0
  publisher.triggerEvent('statechange', { code: -1307 })
  await stage.clock.advance(1_000)
  publisher.triggerEvent('statechange', { code: 1002 })
  expect(native.calls).toEqual([
    'publisher.stop',
    'publisher.start',
    'publisher.setMICVolume',
    'publisher.setBGMVolume',
    'publisher.setZoom',
  ])
  expect(native.given.slice(2)).toEqual([{ volume: 0.3 }, { volume: 0.2 }, { zoom: 2 }])
})

test('the zoom is not set again on the other camera, nor anything in the next call', async () => {
  const room = await inCall()
  await room.instance.setZoom({ zoom: 2 })
  await room.instance.switchCamera()
  native.calls.length = 0
  tag(room, '#publisher').triggerEvent('statechange', { code: 1002 })
  expect(native.calls).toEqual([])
  await room.instance.setMICVolume({ volume: 0.3 })
  await room.instance.stop()
  await stage.joined(room)
  native.calls.length = 0
  tag(room, '#publisher').triggerEvent('statechange', { code: 1002 })
  expect(native.calls).toEqual([])
})

test('another mode restarts the live-pusher once it stands on the tag', async () => {
  const room = await inCall()
  tag(room, '#publisher').triggerEvent('statechange', { code: 1002 })
  room.setData({ mode: 'HD' })
  expect(native.calls).toEqual([])
  await stage.settle()
  expect(room.querySelector('#publisher')?.data.mode).toBe('HD')
  expect(native.calls).toEqual(['publisher.stop', 'publisher.start'])
})
