import type { GeneralComponent } from 'glass-easel'

/** Methods of a context, by name. What is not there fails as unsupported, as on a phone that lacks it. */
export type MediaCommands = Readonly<Record<string, (options?: object) => object | void | Promise<object | void>>>

const registry = new WeakMap<GeneralComponent, MediaCommands>()

/** Makes an element obey the context that wx.createLive…Context() hands out for it. */
export function registerMediaCommands(component: GeneralComponent, commands: MediaCommands): void {
  registry.set(component, commands)
}

/** Throws when the element does not know the method. */
export function mediaCommands(component: GeneralComponent, method: string, options?: object) {
  const command = registry.get(component)?.[method]
  if (!command) throw new Error(`not supported in the playground`)
  return command(options)
}
