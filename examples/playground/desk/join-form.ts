import { element } from '../site/element'
import { openCapture } from '../runtime/media/capture'
import { deskIcon, setDeskIcon } from './desk-icon'
import { SoundMeter } from './sound-meter'
import { type Say, wordsOf } from './words'

export interface JoinChoice {
  readonly roomID: string
  readonly name: string
  readonly muted: boolean
  readonly camera: boolean
}

const ROOM = /^[\w-]{1,64}$/
const METER_INTERVAL_MS = 100
/** what a voice close to the microphone reaches */
const LOUD = 0.25

/** Before the call: one's own picture and voice, which room, what name. */
export class JoinForm {
  readonly root = element('main', { class: 'dk-join' })
  private readonly picture = element('video', { class: 'dk-join__video', playsinline: true, muted: true })
  private readonly off = element('p', { class: 'dk-join__off' })
  private readonly mic = this.toggle('mic', () => this.setMuted(!this.muted))
  private readonly camera = this.toggle('camera', () => void this.setCamera(!this.cameraOn))
  private readonly level = element('i')
  private readonly levelWord = element('span')
  private readonly title = element('h2')
  private readonly about = element('p')
  private readonly room = new Field('room')
  private readonly name = new Field('name')
  private readonly go = element('button', { type: 'submit', class: 'go', 'data-testid': 'desk-join' })
  private readonly problem = element('small', { role: 'alert', hidden: true, 'data-testid': 'desk-problem' })
  private readonly meter = new SoundMeter()
  private readonly timer = setInterval(() => this.measure(), METER_INTERVAL_MS)
  private voice: MediaStreamTrack | null = null
  private view: MediaStreamTrack | null = null
  private muted = false
  private cameraOn = true
  /** The camera has been asked for and has not answered yet. */
  private opening = true
  private closed = false
  /** Why the last try failed, in words. */
  private trouble = ''
  private busy = false
  private say: Say = wordsOf('zh')

  constructor(
    given: { readonly roomID: string; readonly name: string },
    private readonly join: (choice: JoinChoice) => void,
  ) {
    this.room.input.value = given.roomID
    this.name.input.value = given.name
    const switches = element('div', { class: 'dk-join__sw' }, this.mic.button, this.camera.button)
    const tile = element('div', { class: 'dk-tile dk-join__pic' }, this.picture, this.off, switches)
    const meter = element(
      'div',
      { class: 'lvl' },
      deskIcon('mic', true),
      this.levelWord,
      element('div', {}, this.level),
    )
    const form = element('form', { class: 'form', novalidate: true }, this.title, this.about)
    form.append(this.room.root, this.name.root, this.problem, this.go)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.submit()
    })
    this.picture.muted = true
    this.root.append(element('div', { class: 'dk-join__me' }, tile, meter), form)
    void this.open()
  }

  render(say: Say, trouble: string, busy: boolean): void {
    this.say = say
    this.trouble = trouble
    this.busy = busy
    this.title.textContent = say('joinTitle')
    this.about.textContent = say('joinSay')
    this.room.word.textContent = say('roomID')
    this.name.word.textContent = say('name')
    this.levelWord.textContent = say('speak')
    this.off.textContent = say(this.cameraOn ? 'lacksCamera' : 'noCamera')
    this.off.hidden = this.cameraOn && (this.opening || this.view !== null)
    this.go.textContent = say(busy ? 'joining' : 'join')
    this.go.disabled = busy
    this.problem.textContent = trouble
    this.problem.hidden = trouble === ''
    for (const [{ button, icon }, on, word] of [
      [this.mic, !this.muted, 'mic'],
      [this.camera, this.cameraOn, 'camera'],
    ] as const) {
      button.setAttribute('aria-pressed', String(!on))
      button.setAttribute('aria-label', say(word === 'mic' ? (on ? 'mute' : 'muted') : on ? 'camera' : 'noCamera'))
      setDeskIcon(icon, on ? word : `${word}-off`)
    }
  }

  close(): void {
    this.closed = true
    clearInterval(this.timer)
    this.meter.close()
    this.voice?.stop()
    this.view?.stop()
    this.root.remove()
  }

  private async open(): Promise<void> {
    await this.setCamera(true)
    const voice = await openCapture('audio').catch(() => null)
    if (this.closed) voice?.stop()
    else this.voice = voice
  }

  private setMuted(muted: boolean): void {
    this.muted = muted
    this.render(this.say, this.trouble, this.busy)
  }

  private async setCamera(on: boolean): Promise<void> {
    this.cameraOn = on
    this.view?.stop()
    this.view = null
    this.opening = on
    const track = on ? await openCapture('video').catch(() => null) : null
    if (this.closed || this.cameraOn !== on) return track?.stop()
    this.view = track
    this.opening = false
    this.picture.srcObject = track && new MediaStream([track])
    this.picture.play().catch(() => undefined)
    this.picture.hidden = !track
    this.render(this.say, this.trouble, this.busy)
  }

  private measure(): void {
    const stream = this.voice && !this.muted ? new MediaStream([this.voice]) : null
    this.level.style.width = `${Math.min(100, Math.round((this.meter.levelOf('me', stream) / LOUD) * 100))}%`
  }

  /** Joins with what stands in the fields, or says what is wrong with it. */
  submit(): void {
    const roomID = this.room.input.value.trim()
    const name = this.name.input.value.trim()
    this.room.complain(ROOM.test(roomID) ? '' : this.say('roomNote'))
    this.name.complain(name ? '' : this.say('nameNote'))
    if (!ROOM.test(roomID) || !name) return
    this.join({ roomID, name, muted: this.muted, camera: this.cameraOn })
  }

  private toggle(name: string, press: () => void): { button: HTMLButtonElement; icon: SVGSVGElement } {
    const icon = deskIcon('mic')
    const button = element('button', { type: 'button', 'data-testid': `join-${name}` }, icon)
    button.addEventListener('click', press)
    return { button, icon }
  }
}

class Field {
  readonly input: HTMLInputElement
  readonly word = element('span')
  readonly root: HTMLElement
  private readonly note = element('small', { hidden: true })

  constructor(name: string) {
    this.input = element('input', { name, maxlength: '64', autocomplete: 'off', 'data-testid': `desk-${name}-input` })
    this.root = element('label', {}, this.word, this.input, this.note)
  }

  complain(text: string): void {
    this.input.classList.toggle('err', text !== '')
    this.input.setAttribute('aria-invalid', String(text !== ''))
    this.note.hidden = text === ''
    this.note.replaceChildren(deskIcon('error', true), text)
  }
}
