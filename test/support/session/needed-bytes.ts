/**
 * Bytes of the smallest payload for setData that turns `before` into `after`: each changed part goes by its own path or
 * whole within a parent, whichever is shorter. A field that is absent and one that is null are the same to WXML. Worked
 * out anew here, so that the library's own differences are not measured by themselves.
 */
export function neededBytes(before: object, after: object): number {
  const entries = Object.keys(after).map((key) => cheapest(key, read(before, key), read(after, key)))
  const bytes = entries.reduce((sum, each) => sum + each, 0)
  // each entry was counted with a comma, which the last one has not; two braces come to it
  return bytes === 0 ? 0 : bytes + 1
}

/** Bytes of the entries below `path`, a comma with each. */
function cheapest(path: string, before: unknown, after: unknown): number {
  if (JSON.stringify(before) === JSON.stringify(after)) return 0
  const whole = jsonBytes(path) + 1 + jsonBytes(after ?? null) + 1
  if (!isNode(before) || !isNode(after) || Array.isArray(before) !== Array.isArray(after)) return whole
  // setData takes no element away from an array
  if (Array.isArray(before) && before.length > Object.keys(after).length) return whole
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  let parts = 0
  for (const key of keys) {
    const below = Array.isArray(after) ? `${path}[${key}]` : `${path}.${key}`
    const [from, to] = [read(before, key) ?? null, read(after, key) ?? null]
    parts += cheapest(below, from, to)
  }
  return Math.min(whole, parts)
}

function isNode(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function read(node: object, key: string): unknown {
  return (node as Record<string, unknown>)[key]
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
