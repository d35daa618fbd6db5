import { TmplGroup } from 'glass-easel-template-compiler'
import { CompileError } from './compile-error'
import type { SourceTree } from './source-tree'

/** What addTmpl reports; the package types it as any. Lines and columns count from 0. */
interface TemplateProblem {
  readonly isError: boolean
  readonly message: string
  readonly path: string
  readonly startLine: number
  readonly startColumn: number
}

export interface NativeTemplate {
  readonly path: string
  readonly wxml: string
}

/** Compiles the WXML of all components, with what they import, include and require as wxs, into one JS expression. */
export function compileTemplates(
  tree: SourceTree,
  components: Iterable<string>,
  natives: readonly NativeTemplate[],
): string {
  const group = new TmplGroup()
  const seen = new Set<string>()

  function add(path: string, from: string): void {
    if (seen.has(path)) return
    seen.add(path)
    reject(group.addTmpl(path, tree.read(`${path}.wxml`, from)) as TemplateProblem[], tree)
    for (const dependency of group.getDirectDependencies(path) as string[]) add(dependency, `${path}.wxml`)
    for (const script of group.getScriptDependencies(path) as string[]) addScript(script, `${path}.wxml`)
  }

  /** `name` is how the compiled code will ask for it: a tag's src loses its extension, a require keeps what it wrote. */
  function addScript(name: string, from: string): void {
    if (seen.has(`wxs ${name}`)) return
    seen.add(`wxs ${name}`)
    const file = `${name.replace(/\.wxs$/, '')}.wxs`
    const source = tree.read(file, from)
    group.addScript(name, source)
    for (const match of source.matchAll(/require\(\s*['"]([^'"]+)['"]\s*\)/g))
      addScript(joinPath(name, match[1] ?? ''), file)
  }

  try {
    for (const component of components) add(component, `${component}.wxml`)
    for (const native of natives) group.addTmpl(native.path, native.wxml)
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}

function joinPath(from: string, reference: string): string {
  if (reference.startsWith('/')) return reference.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const part of reference.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function reject(problems: readonly TemplateProblem[], tree: SourceTree): void {
  const worst = problems.find((problem) => problem.isError)
  if (!worst) return
  const file = tree.fileOf(`${worst.path}.wxml`)
  throw new CompileError(file, worst.startLine + 1, `${worst.message} (column ${worst.startColumn + 1})`)
}
