import * as glassEasel from 'glass-easel'
import { MiniProgramEnv, type AssociatedBackend, type CodeSpace } from 'glass-easel-miniprogram-adapter'
import { PhoneBackend } from './dom-backend'
import { GenericWarnings } from './generic-warnings'
import { nativeElements } from './elements/native-elements'
import { SITE_BASE } from './network'
import { nextFrame } from './next-frame'
import { PageStack, type PageWindow } from './page-stack'
import { publishChannel } from './publish-channel'
import { hub } from './phone-hub'
import { rawQuery } from './raw-query'
import { programGlobals, type AppDefinition, type ComponentDefinition } from './program-globals'
import { observeInstance, type ObservedInstance } from './observe-instance'
import { createWx } from './wx/create-wx'

interface ProgramConfig {
  readonly app: {
    readonly pages: readonly string[]
    readonly window?: Readonly<Record<string, unknown>>
  }
  readonly appStyle: string
}

interface ComponentConfig {
  readonly is: string
  readonly json: Record<string, unknown>
  readonly style: string
  /** prefix of the component's classes; absent for a page */
  readonly scope?: string
}

/** What compileTemplates() generated: a template per path. */
type Templates = Record<string, unknown>

const NATIVE_PREFIX = 'native/'

/** One mini program in one document. Built by the script that the compiler generates: define each component, then launch. */
export class MiniProgram {
  private readonly space: CodeSpace
  private readonly backend: AssociatedBackend
  private readonly pages: PageStack
  private readonly genericWarnings = new GenericWarnings()
  /** JSON of what is defined. */
  private readonly json = new Map<string, Record<string, unknown>>()

  constructor(
    private readonly config: ProgramConfig,
    private readonly templates: Templates,
  ) {
    glassEasel.globalOptions.throwGlobalError = false
    glassEasel.globalOptions.writeIdToDOM = true
    const env = new MiniProgramEnv()
    this.backend = env.associateBackend(new PhoneBackend())
    this.space = env.createCodeSpace('', true)
    this.fireReady()
    this.space.addStyleSheet('app', 'app')
    this.backend.registerStyleSheetContent('app', config.appStyle)
    this.defineNatives()
    this.pages = new PageStack(
      config.app.pages,
      (path) => this.backend.createRoot('page', this.space, `/${path}`),
      (path) => this.windowOf(path),
    )
    programGlobals.wx = createWx(this.pages)
    programGlobals.getCurrentPages = () => this.pages.instances
  }

  define({ is, json, style, scope }: ComponentConfig, load: () => unknown): void {
    this.json.set(is, json)
    this.space.addComponentStaticConfig(is, json)
    this.genericWarnings.add(json)
    this.addTemplate(is, true)
    this.space.addStyleSheet(is, style ? is : undefined, scope)
    if (style) this.backend.registerStyleSheetContent(is, style)
    this.space.globalComponentEnv(globalThis, is, () => {
      acceptWechatOptions(json)
      load()
    })
  }

  /** Runs the app and opens the page that the document's address names. */
  launch(loadApp: () => void): void {
    if (new URLSearchParams(location.search).get('lang') === 'en') document.documentElement.lang = 'en'
    let app: AppDefinition = {}
    programGlobals.App = (definition) => {
      app = definition
    }
    programGlobals.getApp = () => app
    loadApp()
    const { path, query } = addressedPage(this.config.app.pages)
    app.onLaunch?.({ path, query })
    app.onShow?.({ path, query })
    hub.on('foregroundChanged', (foreground) => (foreground ? app.onShow?.({ path, query }) : app.onHide?.()))
    publishChannel(this.pages)
    this.pages.open(path, query)
  }

  /** A page's own window, and for what it leaves open the app's. */
  private windowOf(path: string): PageWindow {
    const { navigationBarTitleText = '', enablePullDownRefresh } = { ...this.config.app.window, ...this.json.get(path) }
    return { title: String(navigationBarTitleText), pullsDown: enablePullDownRefresh === true }
  }

  /** glass-easel leaves `ready` to the embedder; this must stand before any component is registered. */
  private fireReady(): void {
    const behavior = this.space.getComponentSpace().defineBehavior({
      lifetimes: {
        created(this: unknown) {
          observeInstance(this as ObservedInstance)
        },
        attached(this: unknown) {
          const component = (this as ObservedInstance)._$
          nextFrame(() => component.triggerLifetime('ready', []))
        },
      },
    })
    this.space.setOverallBehavior(behavior as unknown as glassEasel.GeneralBehavior)
  }

  private defineNatives(): void {
    const components = this.space.getComponentSpace()
    for (const [name, definition] of Object.entries(nativeElements)) {
      const is = NATIVE_PREFIX + name
      this.space.addComponentStaticConfig(is, { component: true, usingComponents: {} })
      this.addTemplate(is, false)
      this.space.componentEnv(is, ({ Component }) => Component(definition as never))
      components.setGlobalUsingComponent(name, components.getComponentByUrl(is, ''))
    }
  }

  private addTemplate(is: string, fallbackListenerOnNativeNode: boolean): void {
    const template = { groupList: this.templates, content: this.templates[is], fallbackListenerOnNativeNode }
    this.space.addCompiledTemplate(is, template as unknown as glassEasel.template.ComponentTemplate)
  }
}

/** The adapter reads some options from JSON only and trips over behaviours given as strings (`wx://form-field`). */
function acceptWechatOptions(json: Record<string, unknown>): void {
  const define = programGlobals.Component
  programGlobals.Component = (definition?: ComponentDefinition) => {
    if (!definition) return define?.()
    if (definition.options?.styleIsolation) json.styleIsolation = definition.options.styleIsolation
    if (definition.options?.addGlobalClass) json.addGlobalClass = true
    const behaviors = definition.behaviors?.filter((behavior) => typeof behavior !== 'string')
    return define?.({ ...definition, ...(behaviors && { behaviors }) })
  }
}

/** The page that the document's address names; without `page` and `demo` the program's first. */
function addressedPage(pages: readonly string[]): { path: string; query: Record<string, string> } {
  const query = { server: encodeURIComponent(location.origin + SITE_BASE), ...rawQuery(location.search) }
  const { page, demo } = Object.fromEntries(new URLSearchParams(location.search))
  return { path: page ?? (demo ? `pages/${demo}/${demo}` : (pages[0] ?? '')), query }
}
