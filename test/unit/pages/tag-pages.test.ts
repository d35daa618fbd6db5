import { FakeWx } from '../../support/fake-wx'
import { pageOfApp } from '../../support/page-of-app'
import type { PageOfApp } from '../../support/page-of-app'

/** Longer than any try takes to begin. */
const A_WHILE_MS = 1000
const PUSHED = 1002
const CAPTURING = 1003
const PUSH_GAVE_UP = -1307
const PLAYED = 2004
const CAMERA_REFUSED = 10001
const MUSIC_FAILED = 10003

const native: string[] = []
/** Of the microphone. */
const volumes: unknown[] = []
const refused = new Map<string, string>()
const context = new Proxy({} as Record<string, unknown>, {
  get:
    (_target, name: string) =>
    (options: { volume?: number; success?(result: object): void; fail?(error: object): void } = {}): void => {
      native.push(name)
      if (name === 'setMICVolume') volumes.push(options.volume)
      const errMsg = refused.get(name)
      const result = { errMsg: `${name}:ok`, tempImagePath: 'blob:shot', width: '360', height: '640' }
      setTimeout(() => (errMsg === undefined ? options.success?.(result) : options.fail?.({ errMsg })))
    },
})
const nothing = (): void => undefined
const phone = new FakeWx({
  createLivePusherContext: () => context,
  createLivePlayerContext: () => context,
  onNetworkStatusChange: nothing,
  offNetworkStatusChange: nothing,
  onAppShow: nothing,
  offAppShow: nothing,
  scanCode: ({ success }: { success(result: { result: string }): void }) =>
    success({ result: ' rtmp://a.test/live/b ' }),
})

let page: PageOfApp

beforeEach(() => {
  jest.useFakeTimers()
  phone.install()
  native.length = 0
  volumes.length = 0
  refused.clear()
  let asked = 0
  phone.answers = () => {
    asked += 1
    return { statusCode: 200, data: { url_push: `rtmp://h/push?${asked}`, url_play_acc: `rtmp://h/play?${asked}` } }
  }
})

afterEach(() => {
  page.call('onUnload')
  phone.uninstall()
  jest.useRealTimers()
})

/** In steps: chains of promises go on between timers only. */
const STEP_MS = 25

async function wait(ms = A_WHILE_MS): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) await jest.advanceTimersByTimeAsync(STEP_MS)
}

const says = (code: number): unknown => page.call('onState', { detail: { code } })

async function open(which: 'push' | 'play', query: Record<string, string> = {}): Promise<void> {
  page = pageOfApp(() => jest.requireActual(`../../../examples/miniprogram/pages/${which}/${which}`))
  page.call('onLoad', { server: encodeURIComponent('http://h.test'), ...query })
  await wait()
}

describe('the push page', () => {
  test('publishes the stream of its name to the URL that the server has signed', async () => {
    await open('push', { roomId: 'one', autostart: '1' })
    expect(phone.requests.map(({ url }) => url)).toEqual(['http://h.test/weapp/utils/get_test_pushurl?userID=one'])
    expect(page.data).toMatchObject({ stage: 'call', url: 'rtmp://h/push?1', phase: 'starting', tone: 'warn' })
    expect(native).toEqual(['start'])
    says(PUSHED)
    expect(page.data).toMatchObject({ phase: 'running', phaseText: '推流中', tone: 'on' })
  })

  test('asks for a fresh URL after a break, counts the try, and says when it is back', async () => {
    await open('push', { roomId: 'one', autostart: '1' })
    says(PUSHED)
    await wait()
    says(PUSH_GAVE_UP)
    expect(page.data).toMatchObject({ phase: 'retrying', tries: 1, phaseText: '重新连接中，第 1 次' })
    await wait()
    expect(page.data.url).toBe('rtmp://h/push?2')
    expect(native).toEqual(['start', 'stop', 'start'])
    says(PUSHED)
    expect(page.data).toMatchObject({ phase: 'running', tries: 1 })
  })

  test('publishes to a scanned address, and asks no server', async () => {
    await open('push')
    page.call('scan')
    expect(page.data).toMatchObject({ source: 'own', address: 'rtmp://a.test/live/b' })
    page.call('join')
    await wait()
    expect(page.data.url).toBe('rtmp://a.test/live/b')
    expect(phone.requests).toEqual([])
  })

  test.each([
    ['test', '', '', '流名只能'],
    ['test', 'a b', '', '流名只能'],
    ['own', '', 'http://a.test/live/b', 'rtmp://'],
  ])('says what is wrong with %s %p %p, and does not start', async (source, stream, address, said) => {
    await open('push')
    page.tap('chooseSource', { source })
    page.call('onInput', { currentTarget: { dataset: { field: 'stream' } }, detail: { value: stream } })
    page.call('onInput', { currentTarget: { dataset: { field: 'address' } }, detail: { value: address } })
    page.call('join')
    expect(page.data.stage).toBe('form')
    expect(page.data.toast).toContain(said)
    await wait(10_000)
    expect(page.data.toast).toBe('')
  })

  test('shows the figures of netstatus', async () => {
    await open('push', { autostart: '1' })
    const info = { videoBitrate: 700.4, audioBitrate: 48, videoFPS: 15, videoWidth: 360, videoHeight: 640 }
    page.call('onNetStatus', { detail: { info } })
    expect(page.data).toMatchObject({ bitrate: '748', frames: '15', size: '360×640', cache: '–' })
  })

  test('says what to do when the camera is refused', async () => {
    await open('push', { autostart: '1', lang: 'en' })
    page.call('onError', { detail: { errCode: CAMERA_REFUSED, errMsg: 'no' } })
    expect(page.data).toMatchObject({ phase: 'failed', tone: 'bad' })
    expect(page.data.toast).toContain('allow it in the settings')
  })

  test('begins anew with another mode, whose size of picture is settled at a start', async () => {
    await open('push', { autostart: '1' })
    says(CAPTURING)
    says(PUSHED)
    page.tap('chooseMode', { value: 'HD' })
    await wait()
    expect(page.data).toMatchObject({ mode: 'HD', url: 'rtmp://h/push?2', tries: 0 })
    expect(native).toEqual(['start', 'stop', 'start'])
  })

  test('keeps the lower bitrate below the upper one', async () => {
    await open('push')
    const change = (field: string, value: number) =>
      page.call('chooseBitrate', { currentTarget: { dataset: { field } }, detail: { value } })
    change('minBitrate', 1500)
    expect(page.data).toMatchObject({ minBitrate: 1500, maxBitrate: 1500 })
    change('maxBitrate', 800)
    expect(page.data).toMatchObject({ minBitrate: 800, maxBitrate: 800 })
  })

  test('shows a snapshot for a while, large when it is tapped', async () => {
    await open('push', { autostart: '1' })
    void page.call('takeSnapshot')
    await wait()
    expect(page.data.shot).toBe('blob:shot')
    page.call('previewShot')
    expect(phone.calls).toContainEqual(['previewImage', { urls: ['blob:shot'] }])
    await wait(10_000)
    expect(page.data.shot).toBe('')
  })

  test('says that the light is not there, and does not show it as lit', async () => {
    refused.set('toggleTorch', 'toggleTorch:fail not supported')
    await open('push', { autostart: '1' })
    void page.call('toggleTorch')
    await wait()
    expect(page.data).toMatchObject({ torch: false, toast: '暂不支持' })
  })

  test('plays, pauses and stops the music', async () => {
    await open('push', { autostart: '1' })
    void page.call('toggleMusic')
    expect(page.data.bgm).toBe('loading')
    void page.call('toggleMusic')
    await wait()
    expect(page.data.bgm).toBe('playing')
    page.call('onBgmProgress', { detail: { progress: 1600, duration: 6000 } })
    expect(page.data).toMatchObject({ bgmText: '2 / 6 s', bgmPercent: 27 })
    void page.call('toggleMusic')
    await wait()
    expect(page.data.bgm).toBe('paused')
    void page.call('stopMusic')
    await wait()
    expect(page.data).toMatchObject({ bgm: 'off', bgmText: '' })
    expect(native.slice(1)).toEqual(['playBGM', 'setBGMVolume', 'pauseBGM', 'stopBGM'])
  })

  test.each([
    ['the call is refused', 'playBGM:fail the music cannot be loaded: HTTP 404', undefined],
    ['the tag says so later', undefined, { errCode: MUSIC_FAILED, errMsg: 'HTTP 404' }],
  ])('says that music cannot be played, and does not show it as playing: %s', async (_when, refusal, later) => {
    if (refusal) refused.set('playBGM', refusal)
    await open('push', { autostart: '1' })
    void page.call('toggleMusic')
    await wait()
    if (later) page.call('onError', { detail: later })
    expect(page.data).toMatchObject({ bgm: 'off', toast: '音乐无法播放，请检查地址', phase: 'starting' })
  })

  test('sets the microphone’s volume, and again when the tag runs anew', async () => {
    await open('push', { autostart: '1' })
    says(PUSHED)
    expect(native).not.toContain('setMICVolume')
    page.call('chooseMicVolume', { detail: { value: 40 } })
    await wait()
    expect(page.data.micVolume).toBe(40)
    says(PUSH_GAVE_UP)
    await wait(2 * A_WHILE_MS)
    says(PUSHED)
    await wait()
    page.tap('chooseMode', { value: 'HD' })
    await wait()
    says(PUSHED)
    await wait()
    expect(volumes).toEqual([0.4, 0.4, 0.4])
  })

  test.each([
    ['stopped', () => page.call('stopMusic')],
    ['hung up', () => page.call('hangUp')],
  ])('says nothing of music that was %s before it was loaded', async (_how, end) => {
    refused.set('playBGM', 'playBGM:fail stopped before the music was loaded')
    await open('push', { autostart: '1' })
    void page.call('toggleMusic')
    void end()
    await wait()
    expect(page.data).toMatchObject({ bgm: 'off', toast: '' })
  })

  test.each([
    ['a break', () => says(PUSH_GAVE_UP)],
    ['another mode', () => page.tap('chooseMode', { value: 'HD' })],
  ])('after %s there is no music and no light, and neither is shown', async (_what, happen) => {
    await open('push', { autostart: '1' })
    says(PUSHED)
    void page.call('toggleTorch')
    void page.call('toggleMusic')
    await wait()
    page.call('onBgmProgress', { detail: { progress: 1600, duration: 6000 } })
    expect(page.data).toMatchObject({ bgm: 'playing', torch: true })
    happen()
    await wait()
    expect(page.data).toMatchObject({ bgm: 'off', bgmText: '', bgmPercent: 0, torch: false })
  })

  test('stops everything with the page', async () => {
    await open('push', { autostart: '1' })
    page.call('onUnload')
    await wait()
    expect(native.at(-1)).toBe('stop')
    expect(phone.calls.at(-1)).toEqual(['setKeepScreenOn', { keepScreenOn: false }])
    expect(jest.getTimerCount()).toBe(0)
  })
})

describe('the play page', () => {
  test('plays the stream of its name, and its own way of playing', async () => {
    await open('play', { roomId: 'one', mode: 'RTC', autostart: '1' })
    expect(page.data).toMatchObject({ stage: 'call', mode: 'RTC', url: 'rtmp://h/play?1' })
    expect(native).toEqual(['play'])
    says(PLAYED)
    expect(page.data).toMatchObject({ phase: 'running', phaseText: '播放中' })
  })

  test('takes a flv address, and none of a page', async () => {
    await open('play', { url: encodeURIComponent('https://cdn.test/live/b.flv?sign=1') })
    page.call('join')
    await wait()
    expect(page.data.url).toBe('https://cdn.test/live/b.flv?sign=1')
    void page.call('hangUp')
    await wait()
    page.call('onInput', { currentTarget: { dataset: { field: 'address' } }, detail: { value: 'https://cdn.test/' } })
    page.call('join')
    expect(page.data.stage).toBe('form')
  })

  test('pauses and goes on; begun anew, it is not paused', async () => {
    await open('play', { autostart: '1' })
    void page.call('togglePause')
    await wait()
    expect(page.data.paused).toBe(true)
    page.call('chooseCache', { currentTarget: { dataset: { field: 'minCache' } }, detail: { value: 5 } })
    await wait()
    expect(page.data).toMatchObject({ paused: false, minCache: 5, maxCache: 5 })
    expect(native).toEqual(['play', 'pause', 'stop', 'play'])
  })

  test('knows when it fills the screen, and when it is a small window', async () => {
    await open('play', { autostart: '1' })
    page.call('enterFullScreen')
    page.call('onFullScreen', { detail: { fullScreen: true, direction: 'vertical' } })
    expect(page.data.fullScreen).toBe(true)
    page.call('onEnterPip')
    page.call('togglePip')
    page.call('onLeavePip')
    expect(page.data.inPip).toBe(false)
    await wait()
    expect(native).toEqual(['play', 'requestFullScreen', 'exitPictureInPicture'])
  })

  test('back in its form it can play again', async () => {
    await open('play', { autostart: '1' })
    void page.call('hangUp')
    await wait()
    expect(page.data).toMatchObject({ stage: 'form', phase: 'idle' })
    page.call('join')
    await wait()
    expect(native).toEqual(['play', 'stop', 'play'])
  })
})
