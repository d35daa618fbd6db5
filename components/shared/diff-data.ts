type Data = Readonly<Record<string, unknown>>

/**
 * The smallest payload for setData that turns one plain object into another: path → value. Lists keep their elements by
 * place; one that got shorter is sent whole, because setData cannot take elements away.
 */
export function diffData(before: Data, after: Data): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  for (const key of Object.keys(after)) Object.assign(patch, diffValue(key, before[key], after[key]))
  return patch
}

function diffValue(path: string, before: unknown, after: unknown): Record<string, unknown> {
  if (before === after || JSON.stringify(before) === JSON.stringify(after)) return {}
  const single = Array.isArray(after) ? diffList(path, before, after) : diffFields(path, before, after)
  const whole = { [path]: after }
  return single && JSON.stringify(single).length < JSON.stringify(whole).length ? single : whole
}

function diffList(path: string, before: unknown, after: readonly unknown[]): Record<string, unknown> | null {
  if (!Array.isArray(before) || after.length < before.length) return null
  return Object.assign({}, ...after.map((value, index) => diffValue(`${path}[${index}]`, before[index], value)))
}

function diffFields(path: string, before: unknown, after: unknown): Record<string, unknown> | null {
  if (!isObject(before) || !isObject(after)) return null
  if (Object.keys(before).some((key) => !(key in after))) return null
  return Object.assign({}, ...Object.keys(after).map((key) => diffValue(`${path}.${key}`, before[key], after[key])))
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
