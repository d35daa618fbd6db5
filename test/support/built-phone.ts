import type { BuiltPackage } from './built-package'
import { registerComponent, render, tagTells, TEMPLATES } from './simulate'
import type { Rendered } from './simulate'
import { until } from './until'
import type { VirtualClock } from './virtual-clock'

const STEP_MS = 100

interface ToldEvent {
  readonly tag: string
  readonly code: number
  readonly detail: unknown
}

/** One component of the built package on a page: its own time is the real one, its surroundings have a virtual one. */
export class BuiltPhone {
  /** Details of `onRoomEvent` and `onIMEvent`, oldest first. */
  readonly told: ToldEvent[] = []
  private readonly room: Rendered

  /** @param kind name of a component; `rtc-template` and the like are components of a page over a template of the originals */
  constructor(
    built: BuiltPackage,
    private readonly clock: VirtualClock,
    kind: string,
    properties: Record<string, unknown>,
  ) {
    const room = kind.replace('-template', '-room')
    const id =
      room === kind
        ? registerComponent(`${kind}/${kind}`, () => void built.require(`components/${kind}/${kind}.js`))
        : registerComponent(`${kind}/${kind}`, () => Component({ behaviors: [templateOf(built, room)] }), TEMPLATES)
    this.room = render(id, properties)
    for (const name of ['onRoomEvent', 'onIMEvent']) {
      this.room.addEventListener(name, ({ detail }) => this.told.push(detail as ToldEvent))
    }
  }

  /** Calls a method of the component. */
  call<T>(method: string, ...args: unknown[]): Promise<T> {
    return (this.room.instance[method] as (...args: unknown[]) => Promise<T>)(...args)
  }

  /** The tag of a stream tells something, else the live-pusher. */
  tagTells(code: number, message = '', stream?: string): void {
    tagTells(this.room, 'statechange', { code, message }, stream)
  }

  /** As a tag in a template does, by the handler that stands there. */
  templateTells(handler: string, id: string, code: number): void {
    ;(this.room.instance[handler] as (event: object) => void)({
      detail: { code, message: '' },
      currentTarget: { id, dataset: {} },
    })
  }

  /** Attributes of a tag of that id, null while it is not on the page. */
  tag(id: string): Record<string, unknown> | null {
    return this.room.querySelector(`#${id}`)?.data ?? null
  }

  /** Details of the events of one tag, oldest first. */
  detailsOf(tag: string): unknown[] {
    return this.told.filter((event) => event.tag === tag).map(({ detail }) => detail)
  }

  /** Waits for the component, and lets the time of its surroundings pass meanwhile. */
  until<T>(what: string, probe: () => T | null | undefined | false): Promise<T> {
    return until(what, async () => {
      await this.clock.advance(STEP_MS)
      return probe()
    })
  }

  /** Waits for a promise likewise. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const settled = (): void => void (isSettled = true)
    promise.then(settled, settled)
    await this.until('the promise', () => isSettled)
    return promise
  }

  detach(): void {
    this.room.detach()
  }
}

function templateOf(built: BuiltPackage, room: string): string {
  return (built.require(`components/${room}/template.js`) as { readonly roomTemplate: string }).roomTemplate
}
