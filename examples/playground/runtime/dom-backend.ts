import {
  CurrentWindowBackendContext,
  Event as MiniEvent,
  type EventBubbleStatus,
  type Element as MiniElement,
} from 'glass-easel'
import { HTML_PREFIX, RENAMED_TAGS, rpxToCss } from './dom-dialect'
import { nextFrame } from './next-frame'

/** A finger as mini programs see it. */
export interface MiniTouch {
  readonly identifier: number
  readonly clientX: number
  readonly clientY: number
  readonly pageX: number
  readonly pageY: number
}

const MOUSE_FINGER = 0

/** glass-easel's DOM backend, bent to what mini programs expect of a phone's screen. */
export class PhoneBackend extends CurrentWindowBackendContext {
  constructor() {
    super()
    this.document = {
      createElement: (tag: string) => createHost(tag),
      createTextNode: (text: string) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    } as unknown as CurrentWindowBackendContext['document']
    this.onEvent((target, type, detail, options) => dispatch(target, type, detail, originalOf(options)))
    emulateTouches()
  }

  override render(callback: (error: Error | null) => void): void {
    nextFrame(() => callback(null))
  }
}

function createHost(tag: string): HTMLElement {
  const htmlTag = tag.startsWith(HTML_PREFIX)
    ? tag.slice(HTML_PREFIX.length)
    : RENAMED_TAGS.has(tag)
      ? `wx-${tag}`
      : tag
  const element = document.createElement(htmlTag)
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => {
    // inline styles are written by the template at run time, so no compiler has seen their rpx
    setAttribute(name, name === 'style' ? rpxToCss(String(value)) : value)
  }
  const idOf = Object.getOwnPropertyDescriptor(Element.prototype, 'id')
  Object.defineProperty(element, 'id', {
    ...idOf,
    set(value: string) {
      idOf?.set?.call(element, value)
      // the framework prefixes ids, so what finds an element goes by the id its page gave it
      element.dataset.testid = value.split('--').pop() ?? ''
    },
  })
  return element
}

function originalOf(options: unknown): Event | undefined {
  return (options as { originalEvent?: Event }).originalEvent
}

/** glass-easel 0.12 leaves building the event and sending it through the tree to the embedder. */
function dispatch(target: MiniElement, type: string, detail: unknown, original: Event | undefined): EventBubbleStatus {
  const touches = original ? touchesOf(original) : undefined
  const event = new MiniEvent(type, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    ...(original && { originalEvent: original }),
    ...(touches && { extraFields: touches }),
  })
  MiniEvent.dispatchEvent(target, event)
  return event.getEventBubbleStatus()
}

interface TouchFields extends Record<string, unknown> {
  touches: MiniTouch[]
  changedTouches: MiniTouch[]
}

function touchesOf(event: Event): TouchFields | undefined {
  if (event instanceof MouseEvent) {
    const finger = mouseFinger(event)
    return { touches: event.type === 'mouseup' ? [] : [finger], changedTouches: [finger] }
  }
  if (typeof TouchEvent === 'undefined' || !(event instanceof TouchEvent)) return undefined
  return {
    touches: Array.from(event.touches, plainTouch),
    changedTouches: Array.from(event.changedTouches, plainTouch),
  }
}

function plainTouch({ identifier, clientX, clientY, pageX, pageY }: Touch): MiniTouch {
  return { identifier, clientX, clientY, pageX, pageY }
}

function mouseFinger({ clientX, clientY, pageX, pageY }: MouseEvent): MiniTouch {
  return { identifier: MOUSE_FINGER, clientX, clientY, pageX, pageY }
}

/** A pressed mouse is a finger, so that windows can be dragged on a computer. Like a finger it stays with where it went down. */
function emulateTouches(): void {
  let held: MiniElement | null = null
  const send = (type: string, event: MouseEvent): void => {
    if (held) dispatch(held, type, {}, event)
  }
  document.addEventListener('mousedown', (event) => {
    held = miniElementAt(event.target)
    send('touchstart', event)
  })
  document.addEventListener('mousemove', (event) => send('touchmove', event))
  document.addEventListener('mouseup', (event) => {
    send('touchend', event)
    held = null
  })
}

function miniElementAt(target: EventTarget | null): MiniElement | null {
  for (let node = target as Node | null; node; node = node.parentNode) {
    const element = (node as Node & { __wxElement?: MiniElement }).__wxElement
    if (element) return element
  }
  return null
}
