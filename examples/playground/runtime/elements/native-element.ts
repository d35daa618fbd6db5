import type { GeneralComponent } from 'glass-easel'

/** `this` of a native element's definition. */
export interface NativeElement {
  readonly data: Readonly<Record<string, unknown>>
  readonly _$: GeneralComponent
  setData(data: Record<string, unknown>): void
  triggerEvent(name: string, detail?: unknown, options?: { bubbles?: boolean; composed?: boolean }): void
}

/** A definition for glass-easel's Component(), written with {@link NativeElement} as `this`. */
export interface NativeDefinition {
  properties?: Record<string, unknown>
  observers?: Record<string, (this: NativeElement) => void>
  lifetimes?: Partial<Record<'attached' | 'detached', (this: NativeElement) => void>>
}

/** The element of the DOM that stands for it. */
export function hostOf(element: NativeElement): HTMLElement {
  return element._$.$$ as unknown as HTMLElement
}
