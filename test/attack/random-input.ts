import fc from 'fast-check'

/** As much of a JSON schema as the protocol's have. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** Of everything that an object of JavaScript has by itself, and of what somebody may look at. */
const KEYS = ['toString', 'valueOf', 'toJSON', 'length', 'constructor', '__proto__', 'a']

/** Whatever JSON can say. */
export const anyJson: fc.Arbitrary<unknown> = fc.anything({
  maxDepth: 3,
  key: fc.constantFrom(...KEYS),
  values: [fc.string({ unit: 'binary', maxLength: 80 }), fc.double(), fc.boolean(), fc.constant(null)],
})

/** Mostly what a schema asks for, so that more than the check at the door is tried, and now and then something else. @param words texts that mean something */
export function shapedLike(schema: object, words: readonly string[]): fc.Arbitrary<unknown> {
  const fitting = (of: Schema): fc.Arbitrary<unknown> => {
    if (of.anyOf) return fc.oneof(...of.anyOf.map(fitting))
    if (of.const !== undefined) return fc.constant(of.const)
    if (of.type === 'object') return fc.record(membersOf(of), { requiredKeys: [...(of.required ?? [])] })
    if (of.type === 'string') return fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 80 }))
    if (of.type === 'boolean') return fc.boolean()
    if (of.type === 'integer') return fc.oneof(fc.integer(), fc.constantFrom(0, 1, 20, 2 ** 53, 1e300))
    if (of.type === 'number') return fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -1, 1e308))
    return fc.oneof(anyJson, fc.constantFrom(...words))
  }
  const membersOf = ({ properties = {} }: Schema): Record<string, fc.Arbitrary<unknown>> => {
    const members = Object.entries(properties).map(([name, of]) => [name, mostly(fitting(of))] as const)
    return Object.fromEntries(members)
  }
  return fitting(schema as Schema)
}

function mostly(usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: usual, weight: 19 }, anyJson)
}
