import { makePressable, makeUnpressable } from './keyboard-press'
import { livePlayer } from './live-player'
import { livePusher } from './live-pusher'
import { hostOf, type NativeDefinition, type NativeElement } from './native-element'
import { plainElements } from './plain-elements'

/** Attributes for assistive technology, which every built-in component passes on to the DOM. */
const ARIA: Readonly<Record<string, string>> = {
  role: 'role',
  ariaRole: 'role',
  ariaLabel: 'aria-label',
  ariaHidden: 'aria-hidden',
  ariaLive: 'aria-live',
  ariaPressed: 'aria-pressed',
  ariaChecked: 'aria-checked',
  ariaSelected: 'aria-selected',
  ariaExpanded: 'aria-expanded',
  ariaDisabled: 'aria-disabled',
}

function accessible(definition: NativeDefinition): NativeDefinition {
  const properties = Object.fromEntries(Object.keys(ARIA).map((property) => [property, { type: null, value: '' }]))
  const observers = Object.fromEntries(
    Object.entries(ARIA).map(([property, attribute]) => [
      property,
      function (this: NativeElement) {
        const host = hostOf(this)
        host.setAttribute(attribute, String(this.data[property]))
        if (attribute !== 'role') return
        if (host.role === 'button') makePressable(host)
        else makeUnpressable(host)
      },
    ]),
  )
  return {
    ...definition,
    properties: { ...properties, ...definition.properties },
    observers: { ...observers, ...definition.observers },
  }
}

const definitions: Readonly<Record<string, NativeDefinition>> = {
  ...plainElements,
  'live-pusher': livePusher,
  'live-player': livePlayer,
}

/** Every tag a program may use without `usingComponents`; each has its template beside this file. */
export const nativeElements: Readonly<Record<string, NativeDefinition>> = Object.fromEntries(
  Object.entries(definitions).map(([tag, definition]) => [tag, accessible(definition)]),
)
