import { element } from './element'
import { icon } from './icon'
import type { IconName } from './icon-shapes'
import { label, say } from './language'
import type { PhoneSettings } from './phone-link'
import type { Word } from './words'

export interface ControlActions {
  change(settings: Partial<PhoneSettings>): void
  flip(): void
}

interface ToggleLook {
  readonly icon: IconName
  readonly word: Word
  readonly testid: string
}

/** The switches below a phone's log. They show what the demo page says, whoever changed it. */
export class Controls {
  readonly root: HTMLElement
  private settings: PhoneSettings
  private readonly templates = new Map<string, HTMLButtonElement>()
  private readonly mute: HTMLButtonElement
  private readonly camera: HTMLButtonElement
  private readonly debug: HTMLButtonElement
  private readonly slider = label(
    element('input', { type: 'range', min: '0', max: '9', step: '1', 'data-testid': 'beauty' }),
    'beauty',
  )
  private readonly beauty = element('output', { 'data-testid': 'beauty-value' })

  constructor(
    private readonly actions: ControlActions,
    initial: PhoneSettings,
    private readonly names: readonly string[],
  ) {
    this.settings = initial
    this.mute = toggle({ icon: 'mic', word: 'mute', testid: 'mute' }, () =>
      actions.change({ muted: !this.settings.muted }),
    )
    this.camera = toggle({ icon: 'camera', word: 'camera', testid: 'camera' }, () =>
      actions.change({ camera: !this.settings.camera }),
    )
    this.debug = toggle({ icon: 'bug', word: 'debug', testid: 'debug' }, () =>
      actions.change({ debug: !this.settings.debug }),
    )
    const flip = toggle({ icon: 'flip', word: 'flip', testid: 'flip' }, () => actions.flip())
    this.slider.addEventListener('input', () => actions.change({ beauty: Number(this.slider.value) }))
    this.root = element(
      'div',
      { class: 'ctl' },
      this.templateRow(),
      element('div', { class: 'ctl__row ctl__switches' }, this.mute, this.camera, flip, this.debug),
      element('div', { class: 'ctl__row ctl__beauty' }, say(element('span'), 'beauty'), this.slider, this.beauty),
    )
    this.show(initial)
  }

  show(settings: PhoneSettings): void {
    this.settings = settings
    for (const [name, button] of this.templates) {
      button.setAttribute('aria-pressed', String(name === settings.template))
    }
    showToggle(this.mute, settings.muted, settings.muted ? 'mic-off' : 'mic', settings.muted ? 'muted' : 'mute')
    showToggle(
      this.camera,
      !settings.camera,
      settings.camera ? 'camera' : 'camera-off',
      settings.camera ? 'camera' : 'cameraOff',
    )
    this.debug.setAttribute('aria-pressed', String(settings.debug))
    this.slider.value = String(settings.beauty)
    this.beauty.textContent = String(settings.beauty)
  }

  private templateRow(): HTMLElement {
    const group = label(element('div', { class: 'seg', role: 'group' }), 'template')
    for (const name of this.names) {
      const button = element('button', { type: 'button', 'data-testid': `template-${name}` }, name)
      button.addEventListener('click', () => this.actions.change({ template: name }))
      this.templates.set(name, button)
      group.append(button)
    }
    return element('div', { class: 'ctl__row ctl__layouts' }, say(element('span'), 'template'), group)
  }
}

function toggle(look: ToggleLook, press: () => void): HTMLButtonElement {
  const word = say(element('span'), look.word)
  const button = element(
    'button',
    { class: 'tg', type: 'button', 'data-testid': look.testid },
    icon(look.icon, true),
    word,
  )
  button.addEventListener('click', press)
  return button
}

/** A switched-off microphone or camera is amber, with its own icon and word: colour never stands alone. */
function showToggle(button: HTMLButtonElement, off: boolean, iconName: IconName, word: Word): void {
  button.classList.toggle('tg--off', off)
  button.setAttribute('aria-pressed', String(off))
  button.replaceChildren(icon(iconName, true), say(element('span'), word))
}
