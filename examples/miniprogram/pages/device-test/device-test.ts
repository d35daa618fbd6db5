import { roundTripMs, uploadKbps } from '../../server/network-test'
import { serverOf } from '../../server/server-choice'
import { langOf } from '../../words'
import type { Lang } from '../../words'
import { networkTypeText, uploadText } from './device-texts'
import { DEVICE_WORDS } from './device-words'
import { levelOf } from './sound-level'

/** idle: not tried yet · on: being tried · good: it works · refused: not allowed · bad: it fails */
type Trial = 'idle' | 'on' | 'good' | 'refused' | 'bad'
type Device = 'camera' | 'microphone'
type TagEvent = { readonly detail: { readonly code?: number; readonly errCode?: number } }

const FIRST_PICTURE = 1007
const CAMERA_REFUSED = [10001, -1301]
/** Sound in each piece, so that the bar moves some ten times a second. */
const FRAME_KB = 3
const SAMPLE_RATE = 16_000
const LISTEN_MS = 60_000
/** A level that a quiet room does not reach. */
const HEARD_LEVEL = 20
const BARS = 20

const isTried = (trial: Trial): boolean => trial === 'on' || trial === 'good'

/** Camera, microphone, speaker and network, one by one. */
Page({
  data: {
    lang: 'zh' as Lang,
    t: DEVICE_WORDS.zh,
    camera: 'idle' as Trial,
    microphone: 'idle' as Trial,
    level: 0,
    /** Pieces of the level's bar, by the level at which they are lit. */
    bars: Array.from({ length: BARS }, (_unused, index) => ((index + 1) * 100) / BARS),
    speaker: 'idle' as Trial,
    network: 'idle' as Trial,
    networkType: '',
    roundTrip: '',
    upload: '',
    isSimulator: false,
  },
  server: '',
  /** Rises with every measuring, so that what is overtaken is dropped. */
  measureCount: 0,
  sound: null as WechatMiniprogram.InnerAudioContext | null,

  onLoad(query) {
    this.server = serverOf(query)
    this.setData({ isSimulator: wx.getDeviceInfo().platform === 'devtools' })
    this.useLanguage(query.lang)
    this.listenToRecorder()
  },

  /** Also back from the settings of the phone, or of the app. */
  onShow() {
    this.server = serverOf()
    this.forgive()
    void this.measure()
  },

  onHide() {
    this.stopAll()
  },

  onUnload() {
    this.measureCount += 1
    this.stopAll()
    this.sound?.destroy()
    this.sound = null
  },

  useLanguage(asked: unknown) {
    const lang = langOf(asked)
    const t = DEVICE_WORDS[lang]
    this.setData({ lang, t })
    void wx.setNavigationBarTitle({ title: t.title })
  },

  stopAll() {
    this.stopCamera()
    this.stopMicrophone()
    this.stopSpeaker()
  },

  startCamera() {
    this.setData({ camera: 'on' })
    wx.createLivePusherContext().startPreview({
      fail: () => {
        if (this.data.camera === 'on') this.setData({ camera: 'bad' })
      },
    })
  },

  stopCamera() {
    if (!isTried(this.data.camera)) return
    wx.createLivePusherContext().stopPreview()
    this.setData({ camera: 'idle' })
  },

  flip() {
    wx.createLivePusherContext().switchCamera()
  },

  onCameraState({ detail }: TagEvent) {
    const code = detail.code ?? detail.errCode ?? 0
    if (CAMERA_REFUSED.includes(code)) this.setData({ camera: 'refused' })
    else if (code === FIRST_PICTURE && this.data.camera === 'on') this.setData({ camera: 'good' })
  },

  /** There is one recorder in an app: it tells the page that was opened last. */
  listenToRecorder() {
    const recorder = wx.getRecorderManager()
    recorder.onFrameRecorded(({ frameBuffer }) => {
      if (!isTried(this.data.microphone)) return
      const level = levelOf(frameBuffer)
      const isHeard = this.data.microphone === 'good' || level >= HEARD_LEVEL
      this.setData({ level, microphone: isHeard ? 'good' : 'on' })
    })
    recorder.onStop(() => {
      if (isTried(this.data.microphone)) this.silence('idle')
    })
    recorder.onError(({ errMsg }) => this.silence(/den(y|ied)|auth|permission/i.test(errMsg) ? 'refused' : 'bad'))
  },

  startMicrophone() {
    this.setData({ microphone: 'on' })
    wx.getRecorderManager().start({
      duration: LISTEN_MS,
      sampleRate: SAMPLE_RATE,
      numberOfChannels: 1,
      format: 'PCM',
      frameSize: FRAME_KB,
    })
  },

  stopMicrophone() {
    if (isTried(this.data.microphone)) wx.getRecorderManager().stop()
  },

  silence(microphone: Trial) {
    this.setData({ microphone, level: 0 })
  },

  startSpeaker() {
    const sound = (this.sound ??= this.newSound())
    this.setData({ speaker: 'on' })
    sound.play()
  },

  newSound(): WechatMiniprogram.InnerAudioContext {
    const sound = wx.createInnerAudioContext()
    sound.src = '/assets/melody.mp3'
    sound.onEnded(() => this.setData({ speaker: 'good' }))
    sound.onError(() => this.setData({ speaker: 'bad' }))
    return sound
  },

  stopSpeaker() {
    if (this.data.speaker !== 'on') return
    this.sound?.stop()
    this.setData({ speaker: 'idle' })
  },

  async measure() {
    const measure = (this.measureCount += 1)
    const isOver = (): boolean => measure !== this.measureCount
    const { t } = this.data
    this.setData({ network: 'on', networkType: '', roundTrip: '', upload: '' })
    wx.getNetworkType({
      success: ({ networkType }) => this.setData({ networkType: networkTypeText(networkType, t) }),
    })
    try {
      const ms = await roundTripMs(this.server)
      if (isOver()) return
      this.setData({ roundTrip: `${ms} ms` })
      const kbps = await uploadKbps(this.server)
      if (!isOver()) this.setData({ network: 'good', upload: uploadText(kbps, t) })
    } catch {
      if (!isOver()) this.setData({ network: 'bad' })
    }
  },

  /** What was refused and is allowed by now may be tried again. */
  forgive() {
    const scopes: readonly (readonly [Device, string])[] = [
      ['camera', 'scope.camera'],
      ['microphone', 'scope.record'],
    ]
    const refused = scopes.filter(([device]) => this.data[device] === 'refused')
    if (refused.length === 0) return
    wx.getSetting({
      success: ({ authSetting }) => {
        const allowed = authSetting as Readonly<Record<string, boolean | undefined>>
        for (const [device, scope] of refused) if (allowed[scope] !== false) this.setData({ [device]: 'idle' })
      },
    })
  },

  openSetting() {
    wx.openSetting({ success: () => this.forgive() })
  },

  openServerSettings() {
    void wx.navigateTo({ url: `/pages/settings/settings?lang=${this.data.lang}` })
  },
})
