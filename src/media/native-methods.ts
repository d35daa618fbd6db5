import type { CallStyle } from './native-call'

export type NativeCaller = (name: string, style: CallStyle, args: readonly unknown[]) => Promise<unknown>

/** Methods of the native context, each handed on to `call`: one row of the table a method. */
export function nativeMethods<Methods>(
  styles: Readonly<Record<keyof Methods & string, CallStyle>>,
  call: NativeCaller,
): Methods {
  const methods: Record<string, (...args: unknown[]) => Promise<unknown>> = {}
  for (const [name, style] of Object.entries<CallStyle>(styles)) {
    methods[name] = (...args) => call(name, style, args)
  }
  return methods as Methods
}
