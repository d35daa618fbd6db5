import { textOf, type RoomError } from '../../../src/errors'
import { hub } from '../runtime/phone-hub'
import { copyText } from '../site/copy-text'
import { element } from '../site/element'
import { Chat } from './chat'
import type { DeskCall } from './desk-call'
import { LINK_LOOKS, LinkOffers } from './link-offers'
import { nameOf } from './name-of'
import { isRaisedHand } from './raised-hand'
import { saveRecording, sceneOf } from './recorded-call'
import { CallRecorder } from './recorder'
import { Stage } from './stage'
import { ScreenShare } from './screen-share'
import { showToast } from './toast'
import { Toolbar } from './toolbar'
import { type Say, type Language, wordsOf } from './words'

/** Narrower than this the chat would cover the pictures: it begins closed. */
const CHAT_BESIDE_PX = 960

/** A call on the page: stage, chat and buttons. */
export class CallScreen {
  readonly main = element('main', { class: 'dk__main' })
  private readonly bar = new Toolbar()
  private readonly corner = element('div', { class: 'dk-corner' })
  private readonly stage: Stage
  private readonly chat: Chat
  private readonly links: LinkOffers
  private recorder: CallRecorder | null = null
  private chatOpen = innerWidth > CHAT_BESIDE_PX
  private say: Say = wordsOf('zh')
  private joinedAt = 0
  private forgetDevices: () => void = () => undefined

  constructor(
    private readonly call: DeskCall,
    private readonly port: { readonly language: () => Language; changed(): void; leave(): void },
  ) {
    const kick = (userID: string): void => {
      call.answerLink('kick', userID).catch((error: RoomError) => this.complain(error))
    }
    this.stage = new Stage(call, () => port.changed(), kick)
    this.chat = new Chat({
      send: (text) => call.send(text),
      raiseHand: () => this.raiseHand(),
      isOffline: () => call.room?.phase === 'reconnecting',
      close: () => this.toggleChat(),
    })
    this.links = new LinkOffers(call, {
      corner: this.corner,
      say: () => this.say,
      complain: (error) => this.complain(error),
    })
    this.stage.root.append(this.corner)
    this.main.append(this.stage.root)
    this.addButtons()
    this.follow()
  }

  get footer(): HTMLElement {
    return this.bar.root
  }

  /** ms since one has joined, and of the recording; -1 while there is neither */
  get times(): { readonly call: number; readonly recording: number } {
    const now = performance.now()
    return {
      call: this.joinedAt ? now - this.joinedAt : -1,
      recording: this.recorder ? now - this.recorder.startedAt : -1,
    }
  }

  joined(): void {
    this.joinedAt = performance.now()
    if (this.stage.isSilenced) showToast(this.corner, { icon: 'speaker-off', title: this.say('soundOff') })
    const { unsupported } = this.call.parameters
    for (const feature of unsupported) {
      const title = this.say(feature === 'beauty' ? 'noBeauty' : 'noCloudRecording')
      showToast(this.corner, { icon: 'info', title, detail: `NOT_SUPPORTED · ${feature}` })
    }
    this.port.changed()
  }

  render(say: Say): void {
    this.say = say
    const { call, bar, chat } = this
    if (this.chatOpen !== chat.root.isConnected) {
      if (this.chatOpen) this.main.append(chat.root)
      else chat.root.remove()
    }
    if (this.chatOpen) chat.unread = 0
    this.stage.render(say)
    chat.render(say, call.people)
    this.renderDevices(say)
    bar.render('link', LINK_LOOKS[call.link], say)
    const recording = this.recorder !== null
    bar.render('record', { icon: 'record', word: recording ? 'stopRecording' : 'record', pressed: recording }, say)
    bar.render('layout', { icon: 'layout', word: 'layout', pressed: this.stage.isFocused }, say)
    bar.render('chat', { icon: 'chat', word: 'chat', pressed: this.chatOpen, badge: chat.unread }, say)
    bar.render('hangup', { icon: 'hangup', word: 'leave' }, say)
  }

  /** What a viewer has only while it is linked. */
  private renderDevices(say: Say): void {
    const { bar, call } = this
    const { isMuted, isCameraOn, screen } = call
    const hidden = call.parameters.role === 'audience' && !call.isPublishing
    const mic = isMuted ? ({ icon: 'mic-off', word: 'muted' } as const) : ({ icon: 'mic', word: 'mute' } as const)
    bar.render('mic', { ...mic, pressed: isMuted, hidden }, say)
    const camera = isCameraOn
      ? ({ icon: 'camera', word: 'camera' } as const)
      : ({ icon: 'camera-off', word: 'cameraOff' } as const)
    bar.render('camera', { ...camera, pressed: !isCameraOn, hidden }, say)
    bar.render(
      'share',
      { icon: 'share', word: screen.isOn ? 'stopSharing' : 'share', pressed: screen.isOn, hidden },
      say,
    )
  }

  /** Ends the recording as well: its file is saved. */
  close(): void {
    this.forgetDevices()
    void this.stopRecording()
    this.stage.close()
    this.main.remove()
    this.bar.root.remove()
  }

  private addButtons(): void {
    const { bar, call } = this
    if (call.parameters.role === 'audience') bar.add('link', '', () => this.links.step())
    bar.add('mic', 'db--off', () => call.setMuted(!call.isMuted))
    bar.add('camera', 'db--off', () => call.setCamera(!call.isCameraOn))
    bar.divide()
    if (ScreenShare.isSupported) bar.add('share', '', () => this.toggleScreen())
    bar.add('record', 'db--rec', () => void (this.recorder ? this.stopRecording() : this.startRecording()))
    bar.add('layout', '', () => this.stage.toggleFocus())
    bar.divide()
    bar.add('chat', '', () => this.toggleChat())
    bar.add('hangup', 'db--end', () => this.port.leave())
  }

  /** What the devices have to say, such as that a test picture stands in for a camera. */
  private followDevices(): void {
    this.forgetDevices = hub.on('event', (event) => {
      if (event.type === 'log' && event.level === 'warn') showToast(this.corner, { icon: 'info', title: event.message })
    })
  }

  private follow(): void {
    this.followDevices()
    const { events } = this.call
    events.on('messageReceived', (message) => {
      const { kind, from, data, time } = message
      if (from.userID === this.call.parameters.userID) return
      const text = kind === 'text' ? String(data) : JSON.stringify(data)
      if (isRaisedHand(message)) this.chat.news((say) => say('raisesHand', { name: nameOf(from) }))
      else this.chat.received(nameOf(from), text, time)
      this.port.changed()
    })
    events.on('memberJoined', (member) => this.chat.news((say) => say('joined', { name: nameOf(member) })))
    events.on('memberLeft', (member) => this.chat.news((say) => say('left', { name: nameOf(member) })))
    events.on('complained', (error) => this.complain(error))
  }

  private complain(error: RoomError): void {
    showToast(this.corner, { icon: 'warn', title: textOf(error, this.port.language()), detail: error.code })
  }

  private raiseHand(): void {
    this.call.raiseHand().then(
      () => this.chat.news((say) => say('raisesHand', { name: say('me') })),
      (error: RoomError) => this.complain(error),
    )
  }

  private toggleScreen(): void {
    const { screen } = this.call
    if (screen.isOn) return screen.stop()
    screen.start().catch((error: RoomError) => {
      // whoever has thought better of it needs no explanation
      if (error.code === 'CANCELLED') showToast(this.corner, { icon: 'info', title: this.say('notShared') })
      else this.complain(error)
    })
  }

  private toggleChat(): void {
    this.chatOpen = !this.chatOpen
    this.port.changed()
  }

  private startRecording(): void {
    this.recorder = new CallRecorder(sceneOf(this.call, this.stage))
    this.port.changed()
  }

  private async stopRecording(): Promise<void> {
    const { recorder } = this
    if (!recorder) return
    this.recorder = null
    this.port.changed()
    const { url, name, megabytes } = saveRecording(await recorder.stop(), this.call.room?.roomId ?? '')
    showToast(this.corner, {
      icon: 'check',
      title: this.say('saved'),
      detail: `${name} · ${megabytes.toFixed(1)} MB`,
      actions: [{ word: this.say('open'), testid: 'recording-open', press: () => void open(url) }],
    })
  }

  copyRoom(): void {
    const roomID = this.call.room?.roomId ?? ''
    void copyText(roomID).then((copied) => {
      if (copied) showToast(this.corner, { icon: 'check', title: this.say('copied'), detail: roomID })
    })
  }
}
