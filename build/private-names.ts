import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const FOLDERS = ['src', 'components']

/**
 * Names of members that are private wherever they are declared, and are reached by `this` alone: nobody outside of the classes
 * can see what they are called, so that the build may give them short names. A name that anybody else uses for anything, in a type,
 * an object or a text, is none of these.
 */
export function privateNames(root: string): readonly string[] {
  const found = { inside: new Set<string>(), outside: new Set<string>() }
  for (const folder of FOLDERS) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts')) continue
      const text = readFileSync(join(root, folder, path), 'utf8')
      collect(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true), found)
    }
  }
  return [...found.inside].filter((name) => !found.outside.has(name)).sort()
}

interface Found {
  readonly inside: Set<string>
  readonly outside: Set<string>
}

function collect(node: ts.Node, found: Found): void {
  // a table of names may be a text with spaces between them
  if (ts.isStringLiteralLike(node)) node.text.split(' ').forEach((word) => found.outside.add(word))
  const name = nameOf(node)
  if (name !== undefined && isDeclaredPrivate(node)) found.inside.add(name)
  else if (name !== undefined && !isReadOfThis(node)) found.outside.add(name)
  ts.forEachChild(node, (child) => collect(child, found))
}

/** The name of a member that a node declares, reads or writes. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  if (ts.isBindingElement(node)) {
    if (!ts.isObjectBindingPattern(node.parent)) return undefined
    const name = node.propertyName ?? node.name
    return ts.isIdentifier(name) ? name.text : undefined
  }
  if (ts.isParameter(node) && !ts.isParameterPropertyDeclaration(node, node.parent)) return undefined
  const isMember = ts.isClassElement(node) || ts.isTypeElement(node) || ts.isObjectLiteralElement(node)
  const name = isMember || ts.isParameter(node) ? node.name : undefined
  return name && ts.isIdentifier(name) ? name.text : undefined
}

function isDeclaredPrivate(node: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false
}

/** `this.name`, or `const { name } = this` */
function isReadOfThis(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.expression.kind === ts.SyntaxKind.ThisKeyword
  const declaration = ts.isBindingElement(node) ? node.parent.parent : undefined
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer?.kind === ts.SyntaxKind.ThisKeyword
  )
}
