type Handler = (...args: unknown[]) => unknown

/** A page of the example app, without its WXML: what setData sets, its handlers and its lifecycle. */
export interface PageOfApp {
  readonly data: Readonly<Record<string, unknown>>
  /** Calls a handler or a lifecycle function. */
  call(name: string, ...args: unknown[]): unknown
  /** Taps what has these data attributes. */
  tap(handler: string, dataset?: Readonly<Record<string, unknown>>): unknown
}

type Definition = Record<string, unknown> & { data: Record<string, unknown> }

/**
 * Makes an instance of what a page's file hands to Page(), as a phone does. `load` requires the file; `component` is what
 * the page finds in its WXML, whatever it looks for.
 */
export function pageOfApp(load: () => unknown, component: object | null = null): PageOfApp {
  let definition: Definition | undefined
  Object.assign(globalThis, { Page: (given: Definition) => (definition = given) })
  jest.isolateModules(load)
  if (!definition) throw new Error('The file calls Page() not once')
  const instance: Definition & { setData: Handler } = {
    ...definition,
    data: structuredClone(definition.data),
    selectComponent: () => component,
    setData(changed: unknown, done?: unknown) {
      Object.assign(instance.data, changed)
      if (typeof done === 'function') void Promise.resolve().then(() => (done as Handler)())
    },
  }
  const call = (name: string, ...args: unknown[]): unknown => {
    const method = instance[name]
    if (typeof method !== 'function') throw new Error(`The page has no ${name}`)
    return (method as Handler).apply(instance, args)
  }
  return {
    data: instance.data,
    call,
    tap: (handler, dataset = {}) => call(handler, { currentTarget: { dataset } }),
  }
}
