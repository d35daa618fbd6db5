import { iconButton } from './button'
import { element } from './element'
import { say } from './language'

/** A phone's navigation bar: the title that the page in front has given it, and an arrow that leads to the page before. */
export class NavigationBar {
  readonly back: HTMLButtonElement
  readonly title = say(element('div', { class: 'ph__title' }), 'onePhone')

  constructor(goBack: () => void) {
    this.back = iconButton({ icon: 'back', word: 'goBack', testid: 'go-back' }, goBack)
    this.back.className = 'ph__back'
    this.back.disabled = true
  }

  show(title: string, canGoBack: boolean): void {
    // the page's own words: they follow its language, not this one's
    delete this.title.dataset.word
    this.title.textContent = title
    this.back.disabled = !canGoBack
  }
}
