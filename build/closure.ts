import { gzipSync } from 'node:zlib'
import { minify as minifyScript } from 'terser'
import type { Script } from './bundle'

/** Bytes of the scripts that something loads. */
export interface Size {
  readonly files: number
  readonly raw: number
  readonly minified: number
  /** of the minified scripts, one after the other */
  readonly gzip: number
}

/** What requiring the entries loads, each script once, in the order of loading. */
export function closureOf(scripts: readonly Script[], entries: readonly string[]): readonly Script[] {
  const byPath = new Map(scripts.map((script) => [script.path, script]))
  const loaded = new Set<Script>()
  const load = (path: string): void => {
    const script = byPath.get(path)
    if (!script) throw new Error(`${path}: not in the package`)
    if (loaded.has(script)) return
    loaded.add(script)
    script.imports.forEach(load)
  }
  entries.forEach((entry) => load(`${entry}.js`))
  return [...loaded]
}

/** Each script minified by itself, as WeChat's tools do it for an upload. */
export async function minify(scripts: readonly Script[]): Promise<readonly string[]> {
  const outputs = await Promise.all(scripts.map(({ text }) => minifyScript(text, { toplevel: true })))
  return outputs.map(({ code = '' }) => code)
}

export const gzipped = (texts: readonly string[]): number => gzipSync(texts.join(''), { level: 9 }).length

export async function sizeOf(scripts: readonly Script[]): Promise<Size> {
  const minified = await minify(scripts)
  const bytes = (texts: readonly string[]): number => Buffer.byteLength(texts.join(''))
  return {
    files: scripts.length,
    raw: bytes(scripts.map(({ text }) => text)),
    minified: bytes(minified),
    gzip: gzipped(minified),
  }
}
