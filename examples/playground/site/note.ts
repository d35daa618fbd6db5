import { wordButton } from './button'
import { element } from './element'
import { icon } from './icon'
import { say } from './language'

/** Camera or microphone refused: what to do about it. */
export function refusedNote(): HTMLElement {
  const text = element('div', {}, say(element('b'), 'refusedTitle'), say(element('p'), 'refusedSay'))
  const reload = wordButton({ icon: 'retry', word: 'reload', testid: 'reload', look: 'bt' }, () => location.reload())
  const attributes = { class: 'note note--danger', role: 'alert', 'data-testid': 'note-refused' }
  return element('div', attributes, icon('camera-off'), text, reload)
}

/** The browser plays no sound yet. The press itself is what it waits for. */
export function soundNote(): HTMLElement {
  const text = element('div', {}, say(element('b'), 'soundTitle'), say(element('p'), 'soundSay'))
  const open = wordButton({ icon: 'play', word: 'soundOn', testid: 'sound-on', look: 'bt' }, () => undefined)
  return element('div', { class: 'note', role: 'status', 'data-testid': 'note-sound' }, icon('speaker-off'), text, open)
}

/** The phones need what only newer browsers have. */
export function oldBrowserNote(): HTMLElement {
  const text = element('div', {}, say(element('b'), 'oldTitle'), say(element('p'), 'oldSay'))
  return element('div', { class: 'note', role: 'alert', 'data-testid': 'note-old-browser' }, icon('info'), text)
}

/** Capturing, encoding and drawing of the phones: WebCodecs and breakout boxes. */
export function hasWebCodecs(scope: object): boolean {
  return ['VideoEncoder', 'VideoDecoder', 'MediaStreamTrackProcessor'].every((name) => name in scope)
}
