import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'

/** How each kind of file names others; the first group is the path. */
const REFERENCES: Readonly<Record<string, RegExp>> = {
  '.js': /require\(["'](\.[^"']+)["']\)/g,
  '.wxml': /<(?:import|include|wxs)\b[^>]*?\bsrc=["']?([^"'\s>]+)/g,
  '.wxss': /@import\s+["']([^"']+)["']/g,
}

interface ComponentConfig {
  readonly usingComponents?: Readonly<Record<string, string>>
  readonly componentGenerics?: Readonly<Record<string, { readonly default?: string }>>
}

const extensionOf = (path: string): string => posix.extname(path)

/**
 * Files of a package in a mini program that its entries load, by their paths in the package, as they are reached: names of shared
 * scripts are hashes, and in their order a package would weigh more or less by chance.
 * @param entries paths without extension; a component brings its JSON, WXML and WXSS
 */
export function loadedBy(folder: string, entries: readonly string[]): readonly string[] {
  const loaded = new Set<string>()
  const load = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    const extension = extensionOf(path)
    const text = readFileSync(join(folder, path), 'utf8')
    if (extension === '.json') {
      const { usingComponents = {}, componentGenerics = {} } = JSON.parse(text) as ComponentConfig
      const defaults = Object.values(componentGenerics).flatMap((generic) => generic.default ?? [])
      for (const component of [...Object.values(usingComponents), ...defaults])
        loadEntry(posix.join(posix.dirname(path), component))
    }
    for (const [, target = ''] of text.matchAll(REFERENCES[extension] ?? /$^/g)) {
      const found = posix.join(posix.dirname(path), target)
      load(extensionOf(found) === '' ? found + extension : found)
    }
  }
  const loadEntry = (entry: string): void => {
    const files = ['.js', '.json', '.wxml', '.wxss'].map((extension) => entry + extension)
    files.filter((file) => existsSync(join(folder, file))).forEach(load)
  }
  entries.forEach(loadEntry)
  return [...loaded]
}

export interface Weight {
  readonly bytes: number
  /** of the files one after the other */
  readonly gzip: number
}

export function weigh(folder: string, paths: readonly string[], extension: string): Weight {
  const text = paths
    .filter((path) => extensionOf(path) === extension)
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('')
  return { bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length }
}
