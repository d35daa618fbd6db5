import type { GeneralComponent } from 'glass-easel'
import { hub } from './phone-hub'

/** A page or component as its own code sees `this`. */
export interface ObservedInstance {
  readonly _$: GeneralComponent
  setData(data: Record<string, unknown>, callback?: () => void): void
  triggerEvent(name: string, detail?: unknown, options?: unknown): unknown
}

/** Reports the setData calls and events of the program's own components; native elements report for themselves. */
export function observeInstance(instance: ObservedInstance): void {
  const component = instance._$.is
  if (component.startsWith('native/')) return
  const { setData, triggerEvent } = instance
  instance.setData = (data, callback) => {
    hub.report({ type: 'setData', component, keys: Object.keys(data), bytes: JSON.stringify(data).length })
    setData.call(instance, data, callback)
  }
  instance.triggerEvent = (name, detail = {}, options = {}) => {
    hub.report({ type: 'component', component, name, detail })
    return triggerEvent.call(instance, name, detail, options)
  }
}
