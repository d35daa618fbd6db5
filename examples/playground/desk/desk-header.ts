import { element } from '../site/element'
import { deskIcon, setDeskIcon } from './desk-icon'
import { type Say, type Language } from './words'

export interface HeaderPort {
  readonly language: () => Language
  readonly isDark: () => boolean
  chooseLanguage(language: Language): void
  chooseTheme(theme: 'light' | 'dark'): void
  copyRoom(): void
}

export interface HeaderModel {
  readonly title: string
  /** '' = in no room */
  readonly room: string
  /** how long the call has lasted, '' before it */
  readonly time: string
  /** how long the recording is, '' while there is none */
  readonly recorded: string
}

const LOGO = `<svg class="logo" viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="8" fill="var(--accent)"/><path d="M7 20.5V10.2A3.2 3.2 0 0 1 10.2 7h3.3M21 15.5v2.3a3.2 3.2 0 0 1-3.2 3.2H7" fill="none" stroke="var(--on-accent)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/><rect x="16" y="6.5" width="5.5" height="5.5" rx="1.8" fill="var(--on-accent)"/></svg>`

/** The top line: which room, how long, language and theme. */
export class DeskHeader {
  readonly root = element('header', { class: 'dk__hd' })
  private readonly title = element('h1')
  private readonly roomWord = element('span', { class: 'chip__word' })
  private readonly roomID = element('b')
  private readonly room = element('button', { type: 'button', class: 'chip', 'data-testid': 'desk-room' })
  private readonly time = element('div', { class: 'chip chip--net', 'data-testid': 'desk-time' })
  private readonly recorded = element('div', { class: 'chip chip--rec', 'data-testid': 'recording', role: 'status' })
  private readonly recordedWord = element('span', { class: 'chip__word' })
  private readonly recordedTime = element('span')
  private readonly languages = element('div', { class: 'seg', role: 'group' })
  private readonly themeIcon = deskIcon('moon')
  private readonly theme = element('button', { type: 'button', class: 'ib', 'data-testid': 'theme' }, this.themeIcon)

  constructor(private readonly port: HeaderPort) {
    this.room.append(this.roomWord, this.roomID, deskIcon('copy', true))
    this.room.addEventListener('click', () => port.copyRoom())
    this.recorded.append(element('i'), this.recordedWord, this.recordedTime)
    this.theme.addEventListener('click', () => port.chooseTheme(port.isDark() ? 'light' : 'dark'))
    for (const [language, name] of [['zh', '中文'] as const, ['en', 'EN'] as const]) {
      const button = element('button', { type: 'button', 'data-language': language }, name)
      button.lang = language === 'zh' ? 'zh-CN' : 'en'
      button.addEventListener('click', () => port.chooseLanguage(language))
      this.languages.append(button)
    }
    this.root.innerHTML = LOGO
    const space = element('span', { class: 'sp' })
    this.root.append(this.title, this.room, this.time, this.recorded, space, this.languages, this.theme)
  }

  render(model: HeaderModel, say: Say): void {
    const { port } = this
    this.title.textContent = model.title
    this.roomWord.textContent = say('room')
    this.roomID.textContent = model.room
    this.room.hidden = model.room === ''
    this.room.setAttribute('aria-label', `${say('copyRoom')} ${model.room}`)
    this.time.textContent = model.time
    this.time.hidden = model.time === ''
    this.recordedWord.textContent = say('recording')
    this.recordedTime.textContent = model.recorded
    this.recorded.hidden = model.recorded === ''
    this.languages.setAttribute('aria-label', say('language'))
    for (const button of this.languages.querySelectorAll('button'))
      button.setAttribute('aria-pressed', String(button.dataset.language === port.language()))
    this.theme.title = say(port.isDark() ? 'toLight' : 'toDark')
    this.theme.setAttribute('aria-label', this.theme.title)
    setDeskIcon(this.themeIcon, port.isDark() ? 'sun' : 'moon')
  }
}
