import { callNative, withMethod } from './native-call'
import type { NativeCallbacks } from './native-call'

/** How a native method answers: by callbacks in its `options`, or `plain`, by returning. */
export type CallStyle = 'options' | 'plain'

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

/** The callbacks in a method's last argument; the other arguments, and what else is in the last, go to the platform. */
export function splitCallbacks(args: readonly unknown[]): [readonly unknown[], NativeCallbacks<unknown>] {
  const last = args[args.length - 1]
  if (typeof last !== 'object' || last === null) return [args, {}]
  const { success, fail, complete, ...options } = last as NativeCallbacks<unknown>
  return [[...args.slice(0, -1), options], { success, fail, complete }]
}

/** Calls a native method in its style. @throws as {@link callNative} does */
export function callInStyle(
  context: object,
  name: string,
  style: CallStyle,
  args: readonly unknown[],
): Promise<unknown> {
  if (style === 'options') return callNative(context, name, args[0])
  return withMethod(context, name, (method) => method(...args))
}
