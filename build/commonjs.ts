import { posix } from 'node:path'
import ts from 'typescript'

/** A file of a bundle in two parts: what it takes from others and gives them, and the code between, which stays as it is. */
interface Parsed {
  /** [local name, name in the other file] by the path of the other file */
  readonly imports: readonly { readonly from: string; readonly names: readonly (readonly [string, string])[] }[]
  /** [name outside, local name] */
  readonly exports: readonly (readonly [string, string])[]
  readonly body: string
}

/**
 * ES modules as the bundler makes them, as CommonJS that a mini program can require. Not by a transpiler: it would write
 * `(0, other.name)(…)` wherever one file calls another, while these files never assign what they export a second time.
 * What only files of the bundle take from each other has a number in place of a name, which no minifier could shorten later.
 * @param isEntry whether others than the bundle require the file, by its names
 */
export function commonJsFiles(
  files: ReadonlyMap<string, string>,
  isEntry: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const parsed = new Map([...files].map(([path, text]) => [path, parse(path, text)]))
  const nameIn = (path: string, name: string): string => {
    if (isEntry(path)) return name
    const index = parsed.get(path)?.exports.findIndex(([outside]) => outside === name) ?? -1
    if (index < 0) throw new Error(`${path} exports no ${name}`)
    return String(index)
  }
  return new Map(
    [...parsed].map(([path, file]) => {
      const needed = { ...file, imports: withoutIdle(file.imports, parsed) }
      return [path, print(path, needed, nameIn, isEntry(path))]
    }),
  )
}

/** The bundler lets an entry name all files that it reaches: one from which nothing is taken is left out where another brings it. */
function withoutIdle(imports: Parsed['imports'], files: ReadonlyMap<string, Parsed>): Parsed['imports'] {
  const taken = imports.filter(({ names }) => names.length > 0)
  const brought = new Set<string>()
  const bring = (from: string): void => {
    if (brought.has(from)) return
    brought.add(from)
    files.get(from)?.imports.forEach((each) => bring(each.from))
  }
  taken.forEach(({ from }) => bring(from))
  return imports.filter((each) => taken.includes(each) || !brought.has(each.from))
}

function parse(path: string, text: string): Parsed {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const imports: Parsed['imports'][number][] = []
  const exports: (readonly [string, string])[] = []
  let body = ''
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) imports.push(importOf(path, statement))
    else if (ts.isExportDeclaration(statement)) exports.push(...exportsOf(path, statement))
    else body += statement.getFullText(source)
  }
  return { imports, exports, body: body.trim() }
}

function importOf(path: string, statement: ts.ImportDeclaration): Parsed['imports'][number] {
  const { importClause, moduleSpecifier } = statement
  const from = posix.join(posix.dirname(path), (moduleSpecifier as ts.StringLiteral).text)
  const bindings = importClause?.namedBindings
  if (!importClause) return { from, names: [] }
  if (importClause.name || !bindings || !ts.isNamedImports(bindings)) throw new Error(`${path}: ${statement.getText()}`)
  return { from, names: bindings.elements.map(({ name, propertyName }) => [name.text, (propertyName ?? name).text]) }
}

function exportsOf(path: string, statement: ts.ExportDeclaration): (readonly [string, string])[] {
  const { exportClause, moduleSpecifier } = statement
  if (moduleSpecifier || !exportClause || !ts.isNamedExports(exportClause))
    throw new Error(`${path}: ${statement.getText()}`)
  return exportClause.elements.map(({ name, propertyName }) => [name.text, (propertyName ?? name).text])
}

function print(
  path: string,
  { imports, exports, body }: Parsed,
  nameIn: (path: string, name: string) => string,
  isEntry: boolean,
): string {
  const taken = imports.map(({ from, names }) => {
    const required = `require('${relativeTo(path, from)}')`
    const bound = names.map(([local, name]) =>
      nameIn(from, name) === local ? local : `${nameIn(from, name)}: ${local}`,
    )
    return bound.length === 0 ? `${required};` : `const { ${bound.join(', ')} } = ${required};`
  })
  const given = exports.map(([name, local]) => `exports.${name} = ${local};`)
  const named = exports.length > 0 ? ["Object.defineProperty(exports, '__esModule', { value: true });", ...given] : []
  const numbered = [`module.exports = [${exports.map(([, local]) => local).join(', ')}];`]
  return ["'use strict';", ...taken, body, ...(isEntry ? named : numbered), ''].join('\n')
}

function relativeTo(path: string, target: string): string {
  const found = posix.relative(posix.dirname(path), target)
  return found.startsWith('.') ? found : `./${found}`
}
