import { resolve } from 'node:path'
import ts from 'typescript'
import { MARKED, markPrivate } from '../../../build/private-names'

const ROOT = resolve(__dirname, '../../..')
/** The whole of src and components is read and checked. */
const CHECK_TIMEOUT_MS = 120_000

const mark = (text: string): string => markPrivate('call.ts', text)
const inClass = (members: string): string => `class Call { private seats = 1; ${members} }`

describe('a private name is marked', () => {
  test.each([
    ['where a property is declared', 'private left?: number', 'private left$?: number'],
    ['where a method is declared', 'private begin(): void {}', 'private begin$(): void {}'],
    ['where an accessor is declared', 'private get size() { return 1 }', 'private get size$() { return 1 }'],
    ['where it is read', 'left() { return this.seats + 1 }', 'left() { return this.seats$ + 1 }'],
    ['where it is written', 'take() { this.seats -= 1 }', 'take() { this.seats$ -= 1 }'],
    ['below an arrow function', 'f = () => () => this.seats', 'f = () => () => this.seats$'],
    [
      'in an arrow function of an object',
      'f = () => ({ of: () => this.seats })',
      'f = () => ({ of: () => this.seats$ })',
    ],
    ['where it is taken apart', 'f() { const { seats } = this }', 'f() { const { seats$: seats } = this }'],
    ['where it gets another name', 'f() { const { seats: n } = this }', 'f() { const { seats$: n } = this }'],
    ['in a text with holes', 'f() { return `${this.seats}` }', 'f() { return `${this.seats$}` }'],
  ])('%s', (_where, written, marked) => {
    expect(mark(inClass(written))).toBe(inClass(marked).replace('seats = 1', 'seats$ = 1'))
  })

  test('as a parameter of the constructor, with its uses there', () => {
    const written =
      'class A { constructor(private port: P, private readonly n = port.n) { use(port, { port, port: 1 }, x.port) } }'
    const marked =
      'class A { constructor(private port$: P, private readonly n$ = port$.n) { use(port$, { port: port$, port: 1 }, x.port) } }'
    expect(mark(written)).toBe(marked)
  })

  test('in each class by itself', () => {
    const written = 'class A { private n = 1; f() { return this.n } }; class B { n = 2; f() { return this.n } }'
    expect(mark(written)).toBe(
      'class A { private n$ = 1; f() { return this.n$ } }; class B { n = 2; f() { return this.n } }',
    )
  })
})

test.each([
  ['of somebody else', 'f(other: Other) { return other.seats }'],
  ['of an object', 'f() { return { seats: 1 } }'],
  ['taken from somebody else', 'f({ seats }: Other) { return seats }'],
  ['of an object that is `this` of its own method', 'f() { return { g() { return this.seats } } }'],
  ['that a function finds on what it is called on', 'f() { return function () { return this.seats } }'],
  ['of a type', 'f(of: { seats: number }) { return of }'],
  ['in a text', "f() { return 'seats' }"],
  ['that is protected', 'protected left = 1; f() { return this.left }'],
  ['that is static', 'private static left = 1'],
])('the same name %s is not', (_whose, written) => {
  expect(mark(inClass(written))).toBe(inClass(written).replace('seats = 1', 'seats$ = 1'))
})

test('a parameter whose name is declared again below its constructor stops the build', () => {
  const written = 'class A { constructor(private port: P) { use((port: P) => port) } }'
  expect(() => mark(written)).toThrow('call.ts: port is declared again')
})

test('no line moves', () => {
  const written = 'class A {\n  private n = 1\n  f() {\n    const { n } = this\n  }\n}\n'
  expect(mark(written).split('\n')).toHaveLength(written.split('\n').length)
})

describe('the sources of the package', () => {
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    ROOT,
  )
  const isOwn = (path: string): boolean => fileNames.includes(path) && !path.endsWith('.d.ts')

  test(
    'hold with their private names marked: whoever reached one by anything but `this` would find nothing',
    () => {
      const host = ts.createCompilerHost(options)
      const read = host.readFile.bind(host)
      let marks = 0
      host.readFile = (path) => {
        const text = read(path)
        if (text === undefined || !isOwn(path)) return text
        const marked = markPrivate(path, text)
        marks += marked.length - text.length
        return marked
      }
      const program = ts.createProgram(fileNames, { ...options, noEmit: true }, host)
      const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => [file?.fileName, messageText])
      expect(errors).toEqual([])
      expect(marks).toBeGreaterThan(1000)
    },
    CHECK_TIMEOUT_MS,
  )

  test('have no name of their own that ends as a marked one', () => {
    const names = fileNames.filter(isOwn).flatMap((path) => identifiersOf(ts.sys.readFile(path) ?? ''))
    expect(names.length).toBeGreaterThan(10_000)
    expect(names.filter((name) => MARKED.test(name))).toEqual([])
  })
})

function identifiersOf(text: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022))
  return found
}
