import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CompileError } from './compile-error'

const PACKAGE_PREFIX = 'roomlet/'

/** What the compiler reads of a page's or component's JSON; the rest is handed on untouched. */
export interface ComponentJson {
  component?: boolean
  styleIsolation?: string
  usingComponents: Record<string, string>
  componentGenerics?: Record<string, boolean | { default?: string }>
  [key: string]: unknown
}

export interface AppJson {
  pages: string[]
  window?: Record<string, unknown>
  usingComponents?: Record<string, string>
}

/**
 * The mini program's files by their virtual path: as on a phone after "build npm", `roomlet/…` is the package, which in this
 * repository is the root folder; everything else belongs to the program. Paths carry no leading slash.
 */
export class SourceTree {
  constructor(
    readonly programRoot: string,
    readonly packageRoot: string,
  ) {}

  fileOf(virtualPath: string): string {
    return virtualPath.startsWith(PACKAGE_PREFIX)
      ? path.join(this.packageRoot, virtualPath.slice(PACKAGE_PREFIX.length))
      : path.join(this.programRoot, virtualPath)
  }

  has(virtualPath: string): boolean {
    return existsSync(this.fileOf(virtualPath))
  }

  /** The text of a file; `from` is the file that asked for it and is blamed when there is none. */
  read(virtualPath: string, from: string): string {
    const file = this.fileOf(virtualPath)
    if (!existsSync(file)) throw new CompileError(this.fileOf(from), 1, `${file} does not exist`)
    return readFileSync(file, 'utf8')
  }

  readJson<T>(virtualPath: string, from: string): T {
    const text = this.read(virtualPath, from)
    try {
      return JSON.parse(text) as T
    } catch (error) {
      const message = (error as Error).message
      const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0)
      throw new CompileError(this.fileOf(virtualPath), text.slice(0, position).split('\n').length, message)
    }
  }

  /** The script of a page, component or app: TypeScript first; undefined when it has none. */
  scriptOf(virtualPath: string): string | undefined {
    return ['.ts', '.js'].map((ext) => this.fileOf(virtualPath + ext)).find((file) => existsSync(file))
  }

  /** Resolves a `usingComponents` path of the component at `from`: relative to it first, then from the package. */
  resolveComponent(reference: string, from: string): string {
    if (reference.startsWith('/')) return reference.slice(1)
    const relative = path.posix.join(path.posix.dirname(from), reference)
    const resolved = [relative, reference].find((candidate) => this.scriptOf(candidate) !== undefined)
    if (resolved === undefined)
      throw new CompileError(this.fileOf(`${from}.json`), 1, `no component at "${reference}" (usingComponents)`)
    return resolved
  }
}

export interface Program {
  readonly app: AppJson
  /** every page and component that a page reaches, by virtual path; `usingComponents` in absolute form */
  readonly components: ReadonlyMap<string, ComponentJson>
}

/** Reads app.json and follows its pages through usingComponents and the defaults of componentGenerics. */
export function collectProgram(tree: SourceTree): Program {
  const app = tree.readJson<AppJson>('app.json', 'app.json')
  const components = new Map<string, ComponentJson>()

  function visit(is: string, from: string): void {
    if (components.has(is)) return
    if (tree.scriptOf(is) === undefined) throw new CompileError(tree.fileOf(from), 1, `"${is}" has no .ts or .js`)
    const source = tree.has(`${is}.json`) ? tree.readJson<Partial<ComponentJson>>(`${is}.json`, from) : {}
    const json: ComponentJson = { ...source, usingComponents: {} }
    components.set(is, json)
    const using = {
      ...prefixed(app.usingComponents, tree, 'app'),
      ...prefixed(source.usingComponents, tree, is),
      ...genericDefaults(json, tree, is),
    }
    for (const [name, target] of Object.entries(using)) {
      json.usingComponents[name] = `/${target}`
      visit(target, `${is}.json`)
    }
  }

  for (const page of app.pages) visit(page, 'app.json')
  return { app, components }
}

function prefixed(using: Record<string, string> | undefined, tree: SourceTree, from: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(using ?? {}).map(([name, reference]) => [name, tree.resolveComponent(reference, from)]),
  )
}

/**
 * glass-easel collects a generic's default component, and so inserts its style sheet, only if it stands in
 * usingComponents too: lists it there under a name of its own.
 */
function genericDefaults(json: ComponentJson, tree: SourceTree, is: string): Record<string, string> {
  const defaults: Record<string, string> = {}
  for (const [name, generic] of Object.entries(json.componentGenerics ?? {})) {
    if (typeof generic !== 'object' || !generic.default) continue
    const target = tree.resolveComponent(generic.default, is)
    generic.default = `/${target}`
    defaults[`generic-default-${name}`] = target
  }
  return defaults
}
