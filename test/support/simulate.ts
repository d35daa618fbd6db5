import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as simulate from 'miniprogram-simulate'
import type { Component as ComponentNode, RootComponent } from 'j-component'
import { camelCased, PLAYER_ATTRIBUTES, PUSHER_ATTRIBUTES } from './tag-attributes'

const ROOT = path.resolve(__dirname, '../..')
const COMPONENTS = 'components'
const PAGES = 'test/fixtures/manual'
/** Components of a page's own, whose stage is a template. */
export const TEMPLATES = 'examples/miniprogram/components'
/** Components that stand in the place of a generic. */
const OVERLAYS = 'test/fixtures/overlays'

/** Loads what load() does not give out for a definition: the render function that the official compiler makes. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package has no types for it
const { getWxml } = require('miniprogram-simulate/src/compile') as {
  getWxml(path: string, options: typeof COMPILER): unknown
}

/** All in one compilation: the render functions of two would overwrite each other's tables. */
const COMPILER = {
  compiler: 'official',
  rootPath: ROOT,
  compilerOptions: {
    wxmlList: filesBelow('.wxml', COMPONENTS, PAGES, TEMPLATES, OVERLAYS),
    wxsList: filesBelow('.wxs', COMPONENTS),
  },
}

function filesBelow(extension: string, ...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(extension))
      .map((file) => path.posix.join(folder, file)),
  )
}

export type Definition = Record<string, unknown>
/* eslint-disable @typescript-eslint/no-explicit-any -- j-component's own types, which no definition fits */
export type Rendered = RootComponent<any, any, any> & {
  addEventListener(name: string, listener: (event: { detail: any }) => void): void
}
export type Node = ComponentNode<any, any, any>
/* eslint-enable @typescript-eslint/no-explicit-any */

/** A tag of the room tells something: the live-player of `stream`, else the live-pusher. */
export function tagTells(room: Pick<Node, 'instance'>, type: string, detail: object, stream?: string): void {
  const component = room.instance as { onTagEvent(event: object): void }
  component.onTagEvent({ type, detail, currentTarget: { dataset: { stream } } })
}

const TAGS = {
  'live-pusher': camelCased(PUSHER_ATTRIBUTES),
  'live-player': camelCased(PLAYER_ATTRIBUTES),
  image: ['src', 'mode'],
}

/** Whoever uses the component has allowed camera and microphone before. */
Object.assign(wx, { authorize: ({ success }: { success?(): void }) => success?.() })

/** simulate's own tags keep no attributes; these do, under their camelCase names. */
for (const [id, attributes] of Object.entries(TAGS)) {
  const properties = Object.fromEntries(attributes.map((name) => [name, { type: null }]))
  register({ id, tagName: `wx-${id}`, template: '<slot/>', properties })
}

/**
 * Registers a component for rendering: `define` calls Component() as its file does, `wxml` is its path below
 * the folder without the extension. One WXML may so stand over several definitions, which load() cannot do.
 * @param generics what stands for each of its componentGenerics; nothing does where the page names none
 */
export function registerComponent(
  wxml: string,
  define: () => void,
  folder = COMPONENTS,
  generics: Record<string, string> = {},
): string {
  return register({
    ...captured('Component', define),
    tagName: path.basename(wxml),
    template: templateOf(folder, wxml),
    // simulate knows no generics: a name that it finds comes to the same
    usingComponents: generics,
  })
}

/**
 * Registers test/fixtures/manual/<name>/<name>, a page in plain JavaScript, as simulate knows no pages: onLoad and
 * onShow run as it enters the document, onReady when everything is ready, onUnload when it is taken out.
 * @param modules what its require() finds
 */
export function registerPage(name: string, components: Record<string, string>, modules: Definition): string {
  const file = path.join(name, name)
  const source = readFileSync(path.join(ROOT, PAGES, `${file}.js`), 'utf8')
  const page = captured('Page', () => {
    const run = new Function('require', 'Page', source) as (load: unknown, page: unknown) => void
    run((id: string) => modules[id], (globalThis as unknown as Definition).Page)
  })
  return register({
    ...componentOf(page),
    tagName: name,
    template: templateOf(PAGES, file),
    usingComponents: components,
  })
}

function componentOf(page: Definition): Definition {
  const isMethod = ([, value]: [string, unknown]): boolean => typeof value === 'function'
  const methods = Object.fromEntries(Object.entries(page).filter(isMethod))
  const fields = Object.entries(page).filter((entry) => !isMethod(entry) && entry[0] !== 'data')
  const call = (instance: Definition, name: string, ...args: unknown[]): void => {
    const method = instance[name]
    if (typeof method === 'function') method.apply(instance, args)
  }
  return {
    data: page.data ?? {},
    methods,
    lifetimes: {
      created(this: Definition) {
        Object.assign(this, Object.fromEntries(fields))
      },
      attached(this: Definition) {
        call(this, 'onLoad', {})
        call(this, 'onShow')
      },
      ready(this: Definition) {
        call(this, 'onReady')
      },
      detached(this: Definition) {
        call(this, 'onUnload')
      },
    },
  }
}

function templateOf(folder: string, file: string): unknown {
  return getWxml(path.join(ROOT, folder, file), COMPILER)
}

/** Renders into the document, so that attached and ready run. */
export function render(id: string, properties: Definition = {}): Rendered {
  const rendered = simulate.render(id, properties) as Rendered
  const parent = document.createElement('div')
  document.body.append(parent)
  rendered.attach(parent)
  return rendered
}

function captured(name: 'Component' | 'Page', run: () => void): Definition {
  const globals = globalThis as unknown as Definition
  const own = globals[name]
  const calls: Definition[] = []
  globals[name] = (definition: Definition) => void calls.push(definition)
  try {
    run()
  } finally {
    globals[name] = own
  }
  const [definition] = calls
  if (!definition || calls.length > 1) throw new Error(`${name}() was called ${calls.length} times, not once`)
  return definition
}

function register(definition: Definition): string {
  return simulate.load(definition as unknown as Parameters<typeof simulate.load>[0]) as unknown as string
}
