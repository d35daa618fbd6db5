import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { memberOf } from '../support/fake-provider'
import { RtcRoomStage, textsOf } from '../support/rtc-room-stage'
import type { Rendered } from '../support/simulate'

interface Asked {
  readonly scope?: string
  success?(): void
  fail?(failure: { errMsg: string }): void
}

let stage: RtcRoomStage
let native: NativeCalls
let asked: string[]
/** Words of refusals by what is asked for; nothing = allowed, null = the dialogue stays open. */
let refusals: Record<string, string | null>
let waiting: (() => void)[]
let settings: Record<string, boolean>
const own = { ...wx } as unknown as Record<string, unknown>

beforeEach(() => {
  native = fakeNativeContexts()
  stage = new RtcRoomStage()
  asked = []
  refusals = {}
  waiting = []
  settings = { 'scope.camera': true, 'scope.record': true }
  const ask = (what: string, { success, fail }: Asked): void => {
    asked.push(what)
    const errMsg = refusals[what]
    if (errMsg === null) waiting.push(() => success?.())
    else if (errMsg) fail?.({ errMsg })
    else success?.()
  }
  Object.assign(wx, {
    requirePrivacyAuthorize: (options: Asked) => ask('privacy', options),
    authorize: (options: Asked) => ask(String(options.scope), options),
    openSetting: ({ success }: { success(answer: object): void }) => success({ authSetting: settings }),
  })
})

afterEach(() => {
  native.restore()
  const { authorize, openSetting, requirePrivacyAuthorize } = own
  Object.assign(wx, { authorize, openSetting, requirePrivacyAuthorize })
})

/** start() is refused with this code, before anything is joined or any tag is made. */
async function refused(room: Rendered, code: string): Promise<void> {
  await expect(room.instance.start()).rejects.toMatchObject({ code })
  await stage.settle()
  expect(stage.provider.sessions).toEqual([])
  expect(room.querySelector('#publisher')).toBeUndefined()
  expect(native.calls).toEqual([])
}

test('privacy policy, microphone and camera are asked for before the tag is made', async () => {
  const room = stage.render()
  refusals = { 'scope.camera': null }
  const started = room.instance.start()
  await stage.settle()
  expect(asked).toEqual(['privacy', 'scope.record', 'scope.camera'])
  expect(stage.provider.sessions).toEqual([])
  refusals = {}
  waiting.forEach((allow) => allow())
  await stage.joined(room, memberOf('ann'))
  await started
  expect(room.querySelector('#publisher')).toBeDefined()
})

test('without a camera to publish only the microphone is asked for', async () => {
  const room = stage.render({ enableCamera: false })
  await stage.joined(room)
  expect(asked).toEqual(['privacy', 'scope.record'])
})

test.each([
  ['privacy', 'PRIVACY_REFUSED', -7, '请先同意隐私保护指引', 'try-again'],
  ['scope.record', 'MICROPHONE_DENIED', -5, '无法使用麦克风，请在设置中允许后重试', 'open-settings'],
  ['scope.camera', 'CAMERA_DENIED', -4, '无法使用摄像头，请在设置中允许后重试', 'open-settings'],
])('%s refused: %s, once as an event with a text to show, and on the stage', async (what, code, number, text, help) => {
  const room = stage.render()
  refusals = { [what]: `${what}:fail auth deny` }
  await refused(room, code)
  expect(stage.events).toEqual([
    {
      tag: 'error',
      code: number,
      detail: text,
      error: { code, recoverable: false, cause: undefined },
    },
  ])
  expect(textsOf(room, '.rl-notice__text')).toEqual([text])
  expect(room.querySelector('.rl-notice__act')?.dom?.dataset.testid).toBe(help)
})

test('what is allowed in the settings brings the call about', async () => {
  const room = stage.render()
  refusals = { 'scope.camera': 'authorize:fail auth deny' }
  await refused(room, 'CAMERA_DENIED')
  settings = { 'scope.record': true }
  expect(await room.instance.openSetting()).toEqual({ camera: false, microphone: true })
  await stage.settle()
  expect(stage.provider.sessions).toEqual([])
  refusals = {}
  settings = { 'scope.camera': true, 'scope.record': true }
  expect(await room.instance.openSetting()).toEqual({ camera: true, microphone: true })
  await stage.settle()
  expect(stage.session.joins).toHaveLength(1)
})

test('openSetting() starts no call that nobody asked for', async () => {
  const room = stage.render()
  await room.instance.openSetting()
  await stage.settle()
  expect(stage.provider.sessions).toEqual([])
})

test('where a permission cannot be asked for beforehand, the tag asks', async () => {
  const room = stage.render()
  refusals = {
    privacy: 'requirePrivacyAuthorize:fail not supported',
    'scope.camera': 'authorize:fail not supported',
    'scope.record': 'authorize:fail not supported',
  }
  await stage.joined(room)
  expect(room.data.view.phase).toBe('joined')
})

test('an old WeChat that knows neither question goes on without them', async () => {
  Object.assign(wx, { requirePrivacyAuthorize: undefined, authorize: undefined })
  const room = stage.render()
  await stage.joined(room)
  expect(room.data.view.phase).toBe('joined')
})

test('stop() while the user is being asked ends the start', async () => {
  const room = stage.render()
  refusals = { 'scope.record': null }
  const started = room.instance.start()
  await stage.settle()
  await room.instance.stop()
  waiting.forEach((allow) => allow())
  await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(stage.provider.sessions).toEqual([])
})

test('a start() after a stop() does not wait for a question that is never answered', async () => {
  const room = stage.render()
  refusals = { 'scope.record': null }
  const first = room.instance.start()
  await stage.settle()
  await room.instance.stop()
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' })
  refusals = {}
  await stage.joined(room)
  expect(room.data.view.phase).toBe('joined')
  waiting.forEach((allow) => allow())
  await stage.settle()
  expect(stage.provider.sessions).toHaveLength(1)
})

test('a second start() asks nothing twice, and none in a call', async () => {
  const room = stage.render()
  refusals = { 'scope.record': null }
  void room.instance.start()
  void room.instance.start()
  await stage.settle()
  expect(asked).toEqual(['privacy', 'scope.record'])
  waiting.forEach((allow) => allow())
  await stage.settle()
  await stage.joined(room)
  expect(stage.provider.sessions).toHaveLength(1)
  expect(asked).toEqual(['privacy', 'scope.record', 'scope.camera'])
})

test('a pause while the user is being asked holds in the call', async () => {
  const room = stage.render()
  refusals = { 'scope.record': null }
  void room.instance.start()
  await stage.settle()
  await room.instance.pause()
  waiting.forEach((allow) => allow())
  await stage.joined(room)
  room.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: 1002 })
  expect(native.calls.slice(-2)).toEqual(['publisher.start', 'publisher.pause'])
})

test('a second start() while the user is being asked gets the same answer', async () => {
  const room = stage.render()
  const answers: (() => void)[] = []
  Object.assign(wx, {
    requirePrivacyAuthorize: ({ fail }: Asked) => {
      asked.push('privacy')
      answers.push(() => fail?.({ errMsg: 'requirePrivacyAuthorize:fail user disagree' }))
    },
  })
  const starts = [room.instance.start(), room.instance.start()]
  await stage.settle()
  answers.forEach((refuse) => refuse())
  await stage.settle()
  expect(asked).toEqual(['privacy'])
  for (const start of starts) await expect(start).rejects.toMatchObject({ code: 'PRIVACY_REFUSED' })
})
