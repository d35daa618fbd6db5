import { DEMOS } from './demos'
import type { Demo } from './demos'
import { element } from './element'
import { icon } from './icon'
import { label, language, say } from './language'
import type { Language } from './language'
import type { Theme } from './preferences'

export interface HeaderActions {
  chooseLanguage(language: Language): void
  chooseTheme(theme: Theme): void
}

const LOGO = `<rect width="28" height="28" rx="8" fill="var(--accent)"/><path d="M7 20.5V10.2A3.2 3.2 0 0 1 10.2 7h3.3M21 15.5v2.3a3.2 3.2 0 0 1-3.2 3.2H7" fill="none" stroke="var(--on-accent)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/><rect x="16" y="6.5" width="5.5" height="5.5" rx="1.8" fill="var(--on-accent)"/>`

/** The top line of the page: name, demos, language, theme. */
export function header(current: Demo, actions: HeaderActions): HTMLElement {
  const end = element('div', { class: 'hd__end' }, languageSwitch(actions), themeSwitch(actions), docsLink())
  const slogan = say(element('p', { class: 'hd__say' }), 'say')
  return element('header', { class: 'hd' }, brand(), slogan, tabRow(current), end)
}

function brand(): HTMLElement {
  const logo = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  logo.setAttribute('class', 'logo')
  logo.setAttribute('viewBox', '0 0 28 28')
  logo.setAttribute('aria-hidden', 'true')
  logo.innerHTML = LOGO
  return element('a', { class: 'brand', href: './', 'data-testid': 'brand' }, logo, 'Roomlet')
}

/** One tab for each demo, and one for the first of those that share it. */
function tabRow(current: Demo): HTMLElement {
  const demos = Object.values(DEMOS)
  const first = demos.find(({ customUi }) => customUi)
  const tabs = demos
    .filter((demo) => !demo.customUi || demo === first)
    .map(({ name, customUi, tab: word }) => {
      const tab = element('a', { class: 'tab', href: `?demo=${name}`, 'data-testid': `tab-${name}` }, name)
      if (word) say(tab, word)
      if (customUi ? current.customUi : name === current.name) tab.setAttribute('aria-current', 'page')
      return tab
    })
  return label(element('nav', { class: 'tabs' }, ...tabs), 'demos')
}

function docsLink(): HTMLElement {
  return element('a', { class: 'ib', href: 'docs/', 'data-testid': 'docs' }, icon('book'), say(element('span'), 'docs'))
}

function languageSwitch(actions: HeaderActions): HTMLElement {
  const group = label(element('div', { class: 'seg', role: 'group' }), 'language')
  const buttons = (['zh', 'en'] as const).map((choice) => {
    const button = element('button', {
      type: 'button',
      lang: choice === 'zh' ? 'zh-CN' : 'en',
      'data-testid': `lang-${choice}`,
    })
    button.textContent = choice === 'zh' ? '中文' : 'EN'
    button.addEventListener('click', () => {
      actions.chooseLanguage(choice)
      press()
    })
    return { choice, button }
  })
  const press = () => {
    for (const { choice, button } of buttons) button.setAttribute('aria-pressed', String(choice === language()))
  }
  press()
  group.append(...buttons.map(({ button }) => button))
  return group
}

function themeSwitch(actions: HeaderActions): HTMLElement {
  const root = document.documentElement
  const button = element('button', { class: 'ib', type: 'button', 'data-testid': 'theme', title: 'theme' })
  const show = () => {
    const dark = root.dataset.theme === 'dark'
    label(button, dark ? 'toLight' : 'toDark')
    button.replaceChildren(icon(dark ? 'sun' : 'moon'))
  }
  button.addEventListener('click', () => {
    actions.chooseTheme(root.dataset.theme === 'dark' ? 'light' : 'dark')
    show()
  })
  show()
  return button
}
