/** A payload for setData: path → value. */
export type ViewPatch = Record<string, unknown>

type Fields = Readonly<Record<string, unknown>>

/**
 * The smallest payload for setData that turns one JSON object into another with the same fields; {} = nothing to do. A part of which much has
 * changed is sent whole when that is shorter than its single paths. Lists keep their elements by place.
 */
export function diffData(before: Fields, after: Fields): ViewPatch {
  const patch: ViewPatch = {}
  for (const name of Object.keys(after)) addShorter(patch, name, before[name], after[name])
  return patch
}

function addShorter(patch: ViewPatch, path: string, before: unknown, after: unknown): void {
  if (before === after) return
  const whole = { [path]: after }
  const single = singlePaths(path, before, after)
  Object.assign(patch, single && size(single) <= size(whole) ? single : whole)
}

/** null where there is nothing but the whole. */
function singlePaths(path: string, before: unknown, after: unknown): ViewPatch | null {
  if (!isObject(before) || !isObject(after)) return null
  const isList = Array.isArray(after)
  // setData cannot take elements away from a list
  if (isList ? !Array.isArray(before) || before.length > after.length : Array.isArray(before)) return null
  const patch: ViewPatch = {}
  for (const key of Object.keys({ ...before, ...after })) {
    // nor can it remove a field, and null reads the same in WXML
    addShorter(patch, isList ? `${path}[${key}]` : `${path}.${key}`, before[key] ?? null, after[key] ?? null)
  }
  return patch
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function size(patch: ViewPatch): number {
  return JSON.stringify(patch).length
}
