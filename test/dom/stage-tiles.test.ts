import { NEEDED_BASE_LIBRARY } from '../../components/shared/base-library'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LAYOUTS, placesOf } from '../../src/view/layouts'
import type { LayoutName } from '../../src/view/layouts'
import { RoomError } from '../../src/errors'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { memberOf, snapshotOf, streamOf } from '../support/fake-provider'
import { RtcRoomStage, textsOf } from '../support/rtc-room-stage'
import type { Node, Rendered } from '../support/simulate'

const ANN = memberOf('ann')
const BOB = memberOf('bob')
const CAMERA_REFUSED = { errCode: 10001, errMsg: 'camera permission denied' }

let stage: RtcRoomStage
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts()
  stage = new RtcRoomStage()
})

afterEach(() => native.restore())

function found(room: Rendered, selector: string): Node {
  const node = room.querySelector(selector)
  if (!node) throw new Error(`Nothing on the stage is ${selector}`)
  return node
}

async function says(room: Rendered, tag: string, ...codes: number[]): Promise<void> {
  for (const code of codes) found(room, tag).instance.triggerEvent('statechange', { code, message: '' })
  await stage.settle()
}

test('changing the template keeps every tag, and sends places only', async () => {
  const room = stage.render({ template: '1v3' })
  await stage.joined(room, ANN, BOB)
  const tags = (): (HTMLElement | undefined)[] =>
    ['#publisher', '#player-0', '#player-1'].map((selector) => found(room, selector).dom)
  const before = tags()
  for (const template of ['grid', 'float', 'bigsmall', '1v3']) {
    stage.commits.length = 0
    room.setData({ template })
    await stage.settle()
    expect(found(room, `.rl-${template}`)).toBeDefined()
    expect(tags()).toEqual(before)
    expect(tags().every((dom, index) => dom === before[index])).toBe(true)
    expect(stage.commits).toHaveLength(1)
    expect(JSON.stringify(stage.commits)).not.toContain('rtmp')
  }
})

test('a leave empties its slot and keeps the others, the next join fills it', async () => {
  const room = stage.render({ template: 'grid' })
  const session = await stage.joined(room, ANN, BOB)
  const bob = found(room, '#player-1').dom
  stage.commits.length = 0
  session.events.emit('memberLeft', 'ann', 'left')
  await stage.settle()
  expect(room.querySelector('#player-0')).toBeUndefined()
  expect(found(room, '#player-1').dom).toBe(bob)
  expect(stage.commits).toEqual([expect.objectContaining({ 'view.players[0]': { slot: 0 } })])
  session.events.emit('memberJoined', memberOf('cat'))
  await stage.settle()
  expect(found(room, '#player-0').data.src).toBe('rtmp://play/cat?v=1')
  expect(found(room, '#player-1').dom).toBe(bob)
})

test('a shared screen has a tile that says so, is never cropped, and goes alone', async () => {
  const screen = { ...streamOf('ann'), streamId: 'ann_aux', kind: 'aux' as const }
  const room = stage.render({ template: 'bigsmall' })
  const session = await stage.joined(room, ANN)
  session.events.emit('memberUpdated', memberOf('ann', { streams: [streamOf('ann'), screen] }))
  await stage.settle()
  expect(textsOf(room, '.rl-tag__name')).toEqual(['我', 'name of ann', 'name of ann的屏幕'])
  expect(found(room, '#player-1').data.objectFit).toBe('contain')
  expect(found(room, '#player-0').data.objectFit).toBe('fillCrop')
  const face = found(room, '#player-0').dom
  session.events.emit('memberUpdated', ANN)
  await stage.settle()
  expect(textsOf(room, '.rl-tag__name')).toEqual(['我', 'name of ann'])
  expect(found(room, '#player-0').dom).toBe(face)
})

test('the tags carry what a page asks for and whose picture they are', async () => {
  const room = stage.render({ beauty: '7', devicePosition: 'back', userName: 'Mei' })
  await stage.joined(room, ANN)
  expect(found(room, '#publisher').data).toMatchObject({
    url: 'rtmp://push/me?v=1',
    mode: 'RTC',
    autopush: false,
    muted: false,
    enableCamera: true,
    beauty: 7,
    whiteness: 0,
    aspect: '3:4',
    minBitrate: 200,
    maxBitrate: 400,
    devicePosition: 'back',
    orientation: 'vertical',
  })
  expect(found(room, '#player-0').data).toMatchObject({ src: 'rtmp://play/ann?v=1', mode: 'RTC', autoplay: true })
  expect(found(room, '#player-0').dom?.dataset).toMatchObject({ userId: 'ann', state: 'loading', remote: '1' })
  expect(found(room, '#publisher').dom?.dataset).toMatchObject({ userId: 'me', state: 'loading' })
})

test('a tile says what its picture waits for, and nothing while it plays', async () => {
  const room = stage.render()
  await stage.joined(room, ANN)
  const cover = (): string[] => textsOf(room, '#window-player0 .rl-cover__text')
  expect(cover()).toEqual(['正在加载画面…'])
  await says(room, '#player-0', 2003, 2004)
  expect(cover()).toEqual([])
  await says(room, '#player-0', 2007)
  expect(cover()).toEqual(['对方网络不稳定'])
  expect(found(room, '#player-0').dom?.dataset.state).toBe('stalled')
  await says(room, '#player-0', -2301)
  expect(cover()).toEqual(['重新连接中…'])
  expect(found(room, '#player-0').dom?.dataset.state).toBe('stalled')
})

test('a tile that reconnects counts the seconds by its style, so that no data is set for them', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  await says(room, '#player-0', 2004)
  session.urlError = new RoomError('NETWORK')
  await says(room, '#player-0', -2301)
  expect(textsOf(room, '#window-player0 .rl-wait').join('').replace(/\s/g, '')).toBe('已等待1234567890123456789秒')
  const counted = found(room, '#window-player0 .rl-wait').dom
  await stage.clock.advance(400)
  stage.commits.length = 0
  await stage.clock.advance(5_000)
  // tries are made meanwhile, which a tile does not tell
  expect(JSON.stringify(stage.commits)).not.toContain('"view.players[0].state"')
  expect(found(room, '#window-player0 .rl-wait').dom).toBe(counted)
  expect(stage.commits.length).toBeLessThan(5)
})

test('the room tells its tries in a line, and for two seconds in how long it came back', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  session.events.emit('connectionLost', new RoomError('NETWORK'))
  await stage.clock.advance(1_000)
  expect(textsOf(room, '.rl-line')).toEqual(['重新连接中…第 1 次'])
  session.events.emit('connectionRestored')
  await stage.clock.advance(250)
  session.resumes.at(-1)?.resolve(snapshotOf(ANN))
  stage.commits.length = 0
  await stage.settle()
  expect(textsOf(room, '.rl-line--ok')).toEqual(['已恢复1.3 秒'])
  // its style hides it again: no timer, no further payload
  expect(stage.commits).toHaveLength(1)
  await stage.clock.advance(10_000)
  expect(stage.commits).toHaveLength(1)
})

test('a picture that was given up offers another try', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  await says(room, '#player-0', 2004)
  session.urlError = new RoomError('FORBIDDEN')
  await says(room, '#player-0', -2301)
  await stage.clock.advance(1)
  expect(textsOf(room, '#window-player0 .rl-cover__text')).toEqual(['画面中断'])
  expect(stage.tagsOf('error')).toHaveLength(1)
  session.urlError = null
  native.calls.length = 0
  found(room, '#window-player0 .rl-cover').dispatchEvent('tap')
  await stage.settle()
  expect(native.calls).toContain('player-0.play')
  expect(found(room, '#player-0').data.src).toBe('rtmp://play/ann?v=2')
})

test("one's own picture that was given up offers another try, too", async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  await says(room, '#publisher', 1002)
  session.urlError = new RoomError('FORBIDDEN')
  await says(room, '#publisher', -1307)
  await stage.clock.advance(1)
  expect(textsOf(room, '#window-publisher .rl-cover__text')).toEqual(['画面中断'])
  session.urlError = null
  native.calls.length = 0
  found(room, '#window-publisher .rl-cover').dispatchEvent('tap')
  await stage.settle()
  expect(native.calls).toContain('publisher.start')
})

test("one's own camera off is an avatar as well, with a name or without", async () => {
  const room = stage.render({ enableCamera: 'false' })
  await stage.joined(room, ANN)
  expect(textsOf(room, '#window-publisher .rl-avatar')).toEqual(['我'])
  room.setData({ userName: 'mei' })
  await stage.settle()
  expect(textsOf(room, '#window-publisher .rl-avatar')).toEqual(['M'])
})

test('a member without a camera is an avatar in a colour of their own, without a microphone an icon', async () => {
  const room = stage.render()
  const off = memberOf('bob', { streams: [{ ...streamOf('bob'), hasVideo: false, hasAudio: false }] })
  await stage.joined(room, ANN, off)
  await says(room, '#player-1', 2004)
  expect(textsOf(room, '#window-player1 .rl-avatar')).toEqual(['N'])
  expect(found(room, '#window-player1 .rl-avatar').dom?.className).toMatch(/rl-av--[0-5]/)
  expect(room.querySelector('#window-player1 .rl-i-mic-off')).toBeDefined()
  expect(room.querySelector('#window-player0 .rl-i-mic-off')).toBeUndefined()
})

test("DevTools' simulator is told that it has no pictures", async () => {
  const { getDeviceInfo } = wx
  Object.assign(wx, { getDeviceInfo: () => ({ platform: 'devtools' }) })
  const inDevTools = new RtcRoomStage()
  const room = inDevTools.render()
  await inDevTools.joined(room, ANN)
  expect(textsOf(room, '.rl-cover__text')).toEqual(['模拟器没有画面', '模拟器没有画面'])
  Object.assign(wx, { getDeviceInfo })
})

test('a WeChat that is too old is told so, with the version that is needed', async () => {
  const { getAppBaseInfo } = wx
  Object.assign(wx, { getAppBaseInfo: () => ({ SDKVersion: '2.9.0' }) })
  const room = stage.render()
  await expect(room.instance.start()).rejects.toMatchObject({ code: 'WECHAT_TOO_OLD' })
  await stage.settle()
  expect(textsOf(room, '.rl-notice__text').join()).toContain(NEEDED_BASE_LIBRARY)
  expect(stage.tagsOf('error').join()).toContain(NEEDED_BASE_LIBRARY)
  expect(room.querySelector('.rl-notice__act')).toBeUndefined()
  expect(stage.provider.sessions).toEqual([])
  Object.assign(wx, { getAppBaseInfo })
})

test('figures stand on the tiles while debug is on', async () => {
  const room = stage.render({ debug: 'true' })
  const session = await stage.joined(room, ANN)
  expect(textsOf(room, '.rl-debug')).toHaveLength(2)
  expect(textsOf(room, '.rl-debug').join()).not.toContain('rtt')
  session.roundTrip = 42
  found(room, '#publisher').instance.triggerEvent('netstatus', { info: { videoFPS: 15 } })
  await stage.settle()
  expect(textsOf(room, '.rl-debug').filter((text) => text.includes('rtt 42 ms'))).toHaveLength(1)
  room.setData({ debug: 'false' })
  await stage.settle()
  expect(textsOf(room, '.rl-debug')).toEqual([])
})

test.each([
  ['zh', '没有摄像头权限', '去设置', -4],
  ['en', 'No access to the camera', 'Open settings', -4],
])(
  'a refused camera (%s) is an error event and a notice that says what to do',
  async (language, title, button, code) => {
    const room = stage.render({ language })
    await stage.joined(room, ANN)
    found(room, '#publisher').instance.triggerEvent('error', CAMERA_REFUSED)
    await stage.settle()
    expect(stage.events.filter(({ tag }) => tag === 'error')).toMatchObject([
      { code, error: { code: 'CAMERA_DENIED' } },
    ])
    expect(textsOf(room, '.rl-notice__title')).toEqual([title])
    expect(textsOf(room, '.rl-notice__act')).toEqual([button])
    expect(textsOf(room, '.rl-notice__step')).toHaveLength(3)
  },
)

test('the call goes on by itself once the settings allow camera and microphone', async () => {
  const answers = [{ 'scope.camera': false }, { 'scope.camera': true, 'scope.record': true }]
  const { openSetting } = wx
  Object.assign(wx, {
    openSetting: (option: WechatMiniprogram.OpenSettingOption) =>
      option.success?.({ authSetting: answers.shift() ?? {}, errMsg: 'openSetting:ok' } as never),
  })
  const room = stage.render()
  await stage.joined(room, ANN)
  found(room, '#publisher').instance.triggerEvent('error', CAMERA_REFUSED)
  await stage.settle()
  const button = found(room, '.rl-notice__act')
  native.calls.length = 0
  button.dispatchEvent('tap')
  await stage.settle()
  expect(native.calls).toEqual([])
  button.dispatchEvent('tap')
  await stage.clock.advance(100)
  expect(native.calls).toContain('publisher.start')
  expect(stage.provider.sessions).toHaveLength(1)
  expect(room.data.view.notice).toBeNull()
  Object.assign(wx, { openSetting })
})

test('a full room is a notice whose button tries again', async () => {
  const room = stage.render()
  const started = room.instance.start()
  await stage.settle()
  stage.session.joins[0]?.reject(new RoomError('ROOM_FULL'))
  await expect(started).rejects.toMatchObject({ code: 'ROOM_FULL' })
  await stage.settle()
  expect(textsOf(room, '.rl-notice__title')).toEqual(['房间已满'])
  found(room, '.rl-notice__act').dispatchEvent('tap')
  await stage.settle()
  expect(stage.provider.sessions).toHaveLength(2)
  expect(room.data.view).toMatchObject({ phase: 'joining', notice: null })
})

test('windows of float follow the finger and stay on the stage', async () => {
  const room = stage.render({ template: 'float' })
  await stage.joined(room, ANN)
  const rects: Record<string, object> = {
    '#window-player0': { left: 250, top: 10, right: 350, bottom: 150 },
    '.rl-stage': { left: 0, top: 0, right: 375, bottom: 600 },
  }
  room.instance.createSelectorQuery = () => {
    const asked: string[] = []
    return {
      select: (selector: string) => ({ boundingClientRect: () => void asked.push(selector) }),
      exec: (done: (found: unknown[]) => void) => done(asked.map((selector) => rects[selector])),
    }
  }
  const finger = (x: number, y: number): object => ({
    touches: [{ clientX: x, clientY: y }],
    currentTarget: { dataset: { window: 'player0', draggable: true } },
  })
  room.instance.onWindowTouch(finger(300, 50))
  room.instance.onWindowMove(finger(290, 80))
  await stage.settle()
  const style = (): string | undefined => found(room, '#window-player0').dom?.getAttribute('style') ?? undefined
  expect(style()).toContain('translate(-10px, 30px)')
  expect(room.querySelector('#window-player0 .rl-grip')).toBeDefined()
  expect(room.querySelector('#window-publisher .rl-grip')).toBeUndefined()
  room.instance.onWindowMove(finger(2000, 2000))
  await stage.settle()
  expect(style()).toContain('translate(25px, 450px)')
  room.setData({ template: 'grid' })
  await stage.settle()
  expect(style()).not.toContain('translate')
})

test('every layout has its WXSS, which places every seat it has', () => {
  for (const name of Object.keys(LAYOUTS) as LayoutName[]) {
    const wxss = readFileSync(path.resolve(__dirname, `../../components/shared/layouts/${name}.wxss`), 'utf8')
    for (let count = 1; count <= LAYOUTS[name].seats; count += 1) {
      const others = Array.from({ length: count - 1 }, (_, slot) => ({ self: false, creator: false, slot }))
      for (const place of placesOf(name, [{ self: true, creator: true, slot: -1 }, ...others])) {
        const [seat = ''] = place.split(' ')
        expect(wxss).toMatch(new RegExp(`\\.rl-${name} \\.${seat}[ ,]`))
      }
    }
  }
})
