import { wordButton } from './button'
import type { Role } from './demos'
import { element } from './element'
import { icon } from './icon'
import type { IconName } from './icon-shapes'
import { label, say } from './language'
import type { LinkPhase, PhoneLink } from './phone-link'
import type { Word } from './words'

const LINK_LOOKS: Readonly<Record<LinkPhase, readonly [IconName, Word]>> = {
  off: ['link', 'doRequest'],
  requesting: ['close', 'doCancel'],
  invited: ['check', 'doAccept'],
  linking: ['close', 'doCancel'],
  on: ['unlink', 'doEnd'],
}

/** What a person does in a broadcast, beside the phone. */
export class LiveActions {
  readonly root = element('div', { class: 'acts' })
  private readonly link: HTMLButtonElement

  constructor(role: Role, phone: PhoneLink) {
    const act = (iconName: IconName, word: Word, testid: string, press: () => void): HTMLButtonElement =>
      wordButton({ icon: iconName, word, testid, look: 'bt' }, press)
    this.link = act('link', 'doRequest', 'act-link', () => phone.tapLink())
    if (role === 'presenter') {
      this.root.append(
        act('user-plus', 'invite', 'act-invite', () => phone.openSheet('invite')),
        act('kick', 'kick', 'act-kick', () => phone.kickLastGuest()),
        act('hangup', 'endLive', 'act-end', () => phone.hangUp()),
      )
    } else {
      this.root.append(
        act('chat', 'comment', 'act-comment', () => phone.openSheet('chat')),
        act('heart', 'like', 'act-like', () => phone.like()),
        this.link,
      )
    }
    this.enable(false)
  }

  /** Outside a broadcast there is nothing to do. */
  enable(enabled: boolean): void {
    for (const button of this.root.querySelectorAll('button')) button.disabled = !enabled
  }

  showLink(phase: LinkPhase): void {
    const [iconName, word] = LINK_LOOKS[phase]
    this.link.replaceChildren(icon(iconName, true), say(element('span'), word))
    label(this.link, word)
  }
}
