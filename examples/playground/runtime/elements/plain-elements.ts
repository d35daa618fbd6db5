import { makePressable } from './keyboard-press'
import { hostOf, type NativeDefinition, type NativeElement } from './native-element'

const hoverable = { hoverClass: String, hoverStopPropagation: Boolean, hoverStartTime: Number, hoverStayTime: Number }

/** The built-in components without media, as far as the library and its demo pages use them. */
export const plainElements: Record<string, NativeDefinition> = {
  view: { properties: hoverable },
  'cover-view': { properties: { scrollTop: Number } },
  text: { properties: { selectable: Boolean, userSelect: Boolean, space: String, decode: Boolean } },
  button: {
    properties: {
      ...hoverable,
      size: String,
      type: String,
      plain: Boolean,
      disabled: Boolean,
      loading: Boolean,
      openType: String,
    },
    observers: {
      disabled() {
        hostOf(this).toggleAttribute('disabled', Boolean(this.data.disabled))
      },
    },
    lifetimes: {
      attached() {
        const host = hostOf(this)
        host.setAttribute('role', 'button')
        makePressable(host)
      },
    },
  },
  image: picture({ mode: { type: String, value: 'scaleToFill' }, lazyLoad: Boolean, webp: Boolean }),
  'cover-image': picture({ mode: { type: String, value: 'scaleToFill' } }),
  'scroll-view': {
    properties: {
      scrollX: Boolean,
      scrollY: Boolean,
      scrollTop: Number,
      scrollIntoView: String,
      scrollWithAnimation: Boolean,
    },
    observers: {
      'scrollX, scrollY'() {
        hostOf(this).style.overflow =
          `${this.data.scrollX ? 'auto' : 'hidden'} ${this.data.scrollY ? 'auto' : 'hidden'}`
      },
      scrollTop() {
        hostOf(this).scrollTop = Number(this.data.scrollTop)
      },
      scrollIntoView() {
        const id = String(this.data.scrollIntoView)
        if (id)
          hostOf(this)
            .querySelector(`[id$="--${CSS.escape(id)}"]`)
            ?.scrollIntoView({ block: 'nearest' })
      },
    },
  },
  input: {
    properties: {
      value: String,
      placeholder: String,
      password: Boolean,
      maxlength: { type: Number, value: 140 },
      disabled: Boolean,
      confirmType: String,
      focus: Boolean,
      type: String,
      cursorSpacing: Number,
      adjustPosition: Boolean,
      confirmHold: Boolean,
      placeholderClass: String,
    },
    observers: {
      focus() {
        if (this.data.focus) inputOf(this).focus()
      },
    },
    lifetimes: {
      attached() {
        followText(this)
      },
    },
  },
  slider: {
    properties: {
      min: Number,
      max: { type: Number, value: 100 },
      step: { type: Number, value: 1 },
      value: Number,
      disabled: Boolean,
      showValue: Boolean,
      activeColor: String,
      blockSize: Number,
      backgroundColor: String,
      blockColor: String,
    },
    observers: {
      activeColor() {
        inputOf(this).style.accentColor = String(this.data.activeColor)
      },
    },
    lifetimes: {
      attached() {
        followRange(this)
      },
    },
  },
  switch: {
    properties: { checked: Boolean, disabled: Boolean, color: String, type: String },
    observers: {
      color() {
        hostOf(this).style.setProperty('--switch-colour', String(this.data.color))
      },
    },
    lifetimes: {
      attached() {
        const input = controlOf(this)
        input.addEventListener('change', () => {
          this.setData({ checked: input.checked })
          this.triggerEvent('change', { value: input.checked })
        })
      },
    },
  },
}

function picture(properties: Record<string, unknown>): NativeDefinition {
  return {
    properties: { src: String, ...properties },
    observers: {
      mode() {
        hostOf(this).setAttribute('mode', String(this.data.mode))
      },
    },
    lifetimes: {
      attached() {
        const image = hostOf(this).querySelector('img')
        image?.addEventListener('load', () =>
          this.triggerEvent('load', { width: image.naturalWidth, height: image.naturalHeight }),
        )
        image?.addEventListener('error', () => this.triggerEvent('error', { errMsg: 'the picture cannot be loaded' }))
      },
    },
  }
}

function inputOf(element: NativeElement): HTMLInputElement {
  const input = hostOf(element).querySelector('input')
  if (!input) throw new Error('the template has an input')
  return input
}

/**
 * The control inside an element that has just been attached. The element says `input` and `change` in its own words, with
 * `detail.value`: the browser's end here. The page names the element: the control has the same name, for whoever reads with it.
 */
function controlOf(element: NativeElement): HTMLInputElement {
  const input = inputOf(element)
  for (const type of ['input', 'change']) input.addEventListener(type, (event) => event.stopPropagation())
  const host = hostOf(element)
  const takeName = (): void => input.setAttribute('aria-label', host.getAttribute('aria-label') ?? '')
  takeName()
  new MutationObserver(takeName).observe(host, { attributeFilter: ['aria-label'] })
  return input
}

function followText(element: NativeElement): void {
  const input = controlOf(element)
  const value = (): { value: string } => ({ value: input.value })
  input.addEventListener('input', () => {
    element.setData(value())
    element.triggerEvent('input', value())
  })
  input.addEventListener('focus', () => element.triggerEvent('focus', value()))
  input.addEventListener('blur', () => element.triggerEvent('blur', value()))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) element.triggerEvent('confirm', value())
  })
}

function followRange(element: NativeElement): void {
  const input = controlOf(element)
  const value = (): { value: number } => ({ value: Number(input.value) })
  input.addEventListener('input', () => element.triggerEvent('changing', value()))
  input.addEventListener('change', () => {
    element.setData(value())
    element.triggerEvent('change', value())
  })
}
