import ts from 'typescript'

/** What marks a private name for the bundler, which gives it a short one: no other name of the sources ends so. */
export const MARKED = /\w\$$/
const MARK = '$'

/** Text to put in at a place, in place of nothing. */
type Insertion = readonly [at: number, text: string]

/**
 * The same source, with a mark behind the name of every private member of its classes. Nobody outside of a class can see how its
 * private members are called, whatever others of that name there are; inside they are reached by `this` alone, which a test holds.
 * Lines stay where they are.
 * @throws Error for a name that is declared again below a constructor's `private` parameter
 */
export function markPrivate(path: string, text: string): string {
  const insertions: Insertion[] = []
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true), (node) => {
    if (ts.isClassLike(node)) insertions.push(...marksOf(node))
  })
  const sorted = insertions.sort(([one], [other]) => other - one)
  return sorted.reduce((marked, [at, added]) => marked.slice(0, at) + added + marked.slice(at), text)
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}

function marksOf(node: ts.ClassLikeDeclaration): readonly Insertion[] {
  const parameters = node.members.flatMap((member) =>
    ts.isConstructorDeclaration(member) ? member.parameters.filter(isPrivate) : [],
  )
  const declared = [...node.members.filter(isPrivate), ...parameters].flatMap(({ name }) =>
    name && ts.isIdentifier(name) ? name : [],
  )
  const names = new Set(declared.map(({ text }) => text))
  const marks = declared.map(behind)
  for (const member of node.members) collectReads(member, names, marks)
  for (const { name, parent } of parameters) if (ts.isIdentifier(name)) collectUses(parent, name, marks)
  return marks
}

function isPrivate(node: ts.Node): boolean {
  const modifiers = (ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined) ?? []
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some((each) => each.kind === kind)
  return has(ts.SyntaxKind.PrivateKeyword) && !has(ts.SyntaxKind.StaticKeyword)
}

const behind = (name: ts.Identifier): Insertion => [name.end, MARK]

/** `this.name`, and `{ name }` taken from `this`, as long as `this` is the object of the class. */
function collectReads(node: ts.Node, names: ReadonlySet<string>, marks: Insertion[]): void {
  if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) {
    if (ts.isIdentifier(node.name) && names.has(node.name.text)) marks.push(behind(node.name))
  }
  if (ts.isBindingElement(node) && isTakenFromThis(node)) {
    const name = node.propertyName ?? node.name
    if (ts.isIdentifier(name) && names.has(name.text)) {
      marks.push(node.propertyName ? behind(name) : [name.getStart(), `${name.text}${MARK}: `])
    }
  }
  ts.forEachChild(node, (child) => {
    if (!hasOwnThis(child)) collectReads(child, names, marks)
  })
}

function isTakenFromThis({ parent }: ts.BindingElement): boolean {
  const declaration = parent.parent
  return ts.isVariableDeclaration(declaration) && declaration.initializer?.kind === ts.SyntaxKind.ThisKeyword
}

/** Below a member of the class: an arrow function has the same `this`. */
function hasOwnThis(node: ts.Node): boolean {
  const isFunction = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)
  return isFunction || ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isClassLike(node)
}

/** A parameter that is a member has one name for both: its uses in the constructor carry the mark as well. */
function collectUses(constructor: ts.Node, declared: ts.Identifier, marks: Insertion[]): void {
  visit(constructor, (node) => {
    if (!ts.isIdentifier(node) || node === declared || node.text !== declared.text || isName(node)) return
    if (isDeclared(node)) throw new Error(`${node.getSourceFile().fileName}: ${node.text} is declared again`)
    const { parent } = node
    const isShort = ts.isShorthandPropertyAssignment(parent)
    marks.push(isShort ? [node.getStart(), `${node.text}: `] : behind(node))
    if (isShort) marks.push(behind(node))
  })
}

/** Of a member or a type, not of a variable. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isBindingElement(parent)) return parent.propertyName === node
  return (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isTypeNode(parent) || ts.isTypeElement(parent)
}

function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node
  const declares = ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)
  return declares && parent.name === node
}
