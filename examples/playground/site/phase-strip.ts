import { NEXT_PHASES } from '../../../src/room/phases'
import type { Phase } from '../../../src/room/phases'
import { element } from './element'
import { label, say } from './language'
import type { LinkPhase } from './phone-link'
import type { Word } from './words'

interface StripLook<State extends string> {
  readonly testid: string
  readonly label: Word
  /** In the order in which they usually follow each other, the first one lit. */
  readonly states: readonly (readonly [State, Word])[]
  /** States that are amber. */
  readonly warns: readonly State[]
  /** What may follow each: those stand out. */
  readonly next?: Readonly<Record<State, readonly State[]>>
  /** Further class names. */
  readonly look?: string
}

/** The states of something, one of them lit. */
export class StateStrip<State extends string> {
  readonly root: HTMLElement

  constructor(private readonly look: StripLook<State>) {
    this.root = label(element('ol', { class: look.look ?? 'fsm', 'data-testid': look.testid }), look.label)
    for (const [state, word] of look.states) {
      this.root.append(element('li', { 'data-phase': state }, say(element('b'), word)))
    }
    const [first] = look.states
    if (first) this.show(first[0])
  }

  show(current: State): void {
    this.root.dataset.current = current
    const next: readonly string[] = this.look.next?.[current] ?? []
    for (const item of this.root.querySelectorAll('li')) {
      const isCurrent = item.dataset.phase === current
      item.classList.toggle('warn', isCurrent && this.look.warns.includes(current))
      item.toggleAttribute('data-next', next.includes(item.dataset.phase ?? ''))
      if (isCurrent) item.setAttribute('aria-current', 'step')
      else item.removeAttribute('aria-current')
    }
  }
}

/** The six phases of a room; which may follow, the table says by which the room itself goes. */
export function phaseStrip(): StateStrip<Phase> {
  return new StateStrip<Phase>({
    testid: 'phase',
    label: 'phase',
    states: [
      ['idle', 'idle'],
      ['joining', 'joining'],
      ['joined', 'joined'],
      ['reconnecting', 'reconnecting'],
      ['leaving', 'leaving'],
      ['closed', 'closed'],
    ],
    warns: ['reconnecting'],
    next: NEXT_PHASES,
  })
}

/** Where somebody of the audience stands with link-mic. */
export function linkStrip(): StateStrip<LinkPhase> {
  return new StateStrip<LinkPhase>({
    testid: 'link-phase',
    look: 'fsm fsm--all',
    label: 'linkPhase',
    states: [
      ['off', 'linkOff'],
      ['requesting', 'linkRequesting'],
      ['invited', 'linkInvited'],
      ['linking', 'linkLinking'],
      ['on', 'linkOn'],
    ],
    warns: ['requesting', 'invited'],
  })
}
