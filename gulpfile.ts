import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { devNull } from 'node:os'
import { dirname, join } from 'node:path'
import { dest, parallel, series, src } from 'gulp'
import { bundle } from './build/bundle'
import { ENTRIES } from './build/entries'
import type { CodeBook } from './docs/codes-page'

const { resolve: resolveModule } = createRequire(__filename)

const OUTPUT = 'miniprogram_dist'
/** Where DevTools' "build npm" would put the package for the example app. */
const EXAMPLE_PACKAGE = 'examples/miniprogram/miniprogram_npm/roomlet'
/** How pages name the package; in this repository it is what stands at the top. */
const PACKAGE_PREFIX = 'roomlet/'
const ASSETS = 'components/**/*.{wxml,wxss,wxs,json,png,jpg,gif,svg}'
/** Roots of mini-program sources; paths in messages start with them. */
const SOURCE_ROOTS = ['components', 'examples/miniprogram']

/** Stops the build; the message is what a person has to read, without a stack. */
class BuildError extends Error {
  readonly showStack = false
}

function sources(extension: string): string[] {
  return SOURCE_ROOTS.filter((root) => existsSync(root))
    .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path}`))
    .filter((path) => path.endsWith(`.${extension}`) && !path.includes('miniprogram_npm'))
    .sort()
}

/** WeChat's own compilers. Run directly, because the JS around them swallows what wcsc says. */
function compile(compiler: 'wcc' | 'wcsc', args: readonly string[]): { ok: boolean; said: string; output: string } {
  const folder = { darwin: 'mac', win32: 'windows' }[process.platform as string] ?? 'linux'
  const home = dirname(resolveModule('miniprogram-compiler/package.json'))
  const program = join(home, 'bin', folder, compiler)
  // The package is published without the executable bit.
  if ((statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755)
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (result.error) throw new BuildError(`${compiler} cannot run: ${result.error.message}`)
  return { ok: result.status === 0, said: result.stderr.trim(), output: result.stdout }
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

async function checkWxml(): Promise<void> {
  const files = sources('wxml')
  if (files.length === 0) return
  const { ok, said } = compile('wcc', ['-d', ...files, ...sources('wxs'), '-o', devNull])
  if (!ok) throw new BuildError(said)
  for (const file of files) checkWxmlReferences(file)
}

/** wcc accepts an import of a file that is not there: the page would just stay empty. */
function checkWxmlReferences(file: string): void {
  const text = readFileSync(file, 'utf8').replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  for (const match of text.matchAll(/<(?:import|include)\s[^>]*?src="([^"{]+)"/g)) {
    const path = match[1] ?? ''
    const target = pathFrom(file, path)
    if (!existsSync(target) && !existsSync(`${target}.wxml`)) {
      throw new BuildError(`${file}:${lineOf(text, match.index)}: ${path} not found`)
    }
  }
}

/** A path as written in a source file: `/…` counts from the root of its mini program. */
function pathFrom(file: string, path: string): string {
  const root = SOURCE_ROOTS.find((candidate) => file.startsWith(`${candidate}/`)) ?? '.'
  return path.startsWith('/') ? join(root, path) : join(dirname(file), path)
}

async function checkWxss(): Promise<void> {
  const files = sources('wxss')
  const ofComponents = files.filter((file) => file.startsWith('components/'))
  const ofPages = files.filter((file) => !ofComponents.includes(file))
  if (files.length === 0) return
  const { ok, said, output } = compile('wcsc', ['-db', '-pc', String(ofComponents.length), ...ofComponents, ...ofPages])
  if (!ok) throw new BuildError(positionsOfWcsc(said))
  // Said in the compiled style and shown by DevTools at run time only: WeChat drops such a rule.
  const dropped = /Some selectors are not allowed in component wxss[^(]*\(\.?\/?([^)]+)\)/.exec(output)
  if (dropped) throw new BuildError(`${dropped[1]}: tag, ID and attribute selectors do not work in a component`)
}

/** `ERR: a.wxss(3:1): …` as `a.wxss:3:1: …`, and a line for a missing import, which wcsc does not give. */
function positionsOfWcsc(said: string): string {
  const missing = /path `([^`]+)` not found from `(?:\.\/)?([^`]+)`/.exec(said)
  const [, path, file] = missing ?? []
  if (path !== undefined && file !== undefined) {
    const text = readFileSync(file, 'utf8')
    return `${file}:${lineOf(text, text.indexOf(path))}: ${path} not found`
  }
  return said.replace(/ERR: (?:\.\/)?(.+?)\((\d+):(\d+)\)/g, '$1:$2:$3').replace(/\s*error file count: \d+/, '')
}

async function checkJson(): Promise<void> {
  for (const file of sources('json').filter((path) => !/tsconfig[^/]*\.json$/.test(path))) {
    const text = readFileSync(file, 'utf8')
    checkUsedComponents(file, text, parseJson(file, text))
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const index = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
    throw new BuildError(`${file}:${lineOf(text, index)}: ${message}`)
  }
}

interface ComponentConfig {
  readonly usingComponents?: Readonly<Record<string, string>>
  /** `true` has no default */
  readonly componentGenerics?: Readonly<Record<string, { readonly default?: string }>>
}

/** A component that is not there would be an empty element on the page, without a word. */
function checkUsedComponents(file: string, text: string, json: unknown): void {
  const { usingComponents = {}, componentGenerics = {} } = json as ComponentConfig
  const defaults = Object.values(componentGenerics).flatMap((generic) => generic.default ?? [])
  for (const path of [...Object.values(usingComponents), ...defaults]) {
    const target = path.startsWith(PACKAGE_PREFIX) ? path.slice(PACKAGE_PREFIX.length) : pathFrom(file, path)
    if (!existsSync(`${target}.json`))
      throw new BuildError(`${file}:${lineOf(text, text.indexOf(path))}: ${path} not found`)
  }
}

async function clean(): Promise<void> {
  for (const folder of [OUTPUT, EXAMPLE_PACKAGE]) rmSync(folder, { recursive: true, force: true })
}

/** Types are one file for one source, below the same paths. */
async function emitTypes(): Promise<void> {
  const tsc = resolveModule('typescript/bin/tsc')
  const flags = ['--pretty', 'false', '--emitDeclarationOnly', '--outDir', OUTPUT]
  const result = spawnSync(process.execPath, [tsc, ...flags], { encoding: 'utf8' })
  if (result.status !== 0) throw new BuildError(result.stdout.trim().replace(/^(.+?)\((\d+),(\d+)\): /gm, '$1:$2:$3: '))
  for (const [name, source] of Object.entries(ENTRIES)) {
    const hasDefault = readFileSync(join(OUTPUT, `${source}.d.ts`), 'utf8').includes('export default ')
    const byDefault = hasDefault ? `export { default } from './${source}'\n` : ''
    writeFileSync(join(OUTPUT, `${name}.d.ts`), `export * from './${source}'\n${byDefault}`)
  }
}

async function emitScripts(): Promise<void> {
  for (const { path, text } of await bundle(__dirname)) {
    mkdirSync(join(OUTPUT, dirname(path)), { recursive: true })
    writeFileSync(join(OUTPUT, path), text)
  }
}

function copyAssets(): NodeJS.ReadWriteStream {
  // Without `encoding: false` gulp reads pictures as UTF-8 and breaks them.
  return src(ASSETS, { base: '.', encoding: false }).pipe(dest(OUTPUT))
}

function fillExample(): NodeJS.ReadWriteStream {
  mkdirSync(EXAMPLE_PACKAGE, { recursive: true })
  return src(`${OUTPUT}/**/*`, { encoding: false }).pipe(dest(EXAMPLE_PACKAGE))
}

/** Writes docs/codes.md from docs/codes.json and the shipped tables, the settings of the server into its README, and its APIs. */
export async function docs(): Promise<void> {
  const { codesPage } = await import('./docs/codes-page')
  const book = JSON.parse(readFileSync('docs/codes.json', 'utf8')) as CodeBook
  writeFileSync('docs/codes.md', codesPage(book))
  const { withSettings } = await import('./docs/server-readme')
  const { apiDocuments } = await import('./docs/api/documents')
  for (const [path, text] of Object.entries(await apiDocuments())) writeFileSync(path, text)
  writeFileSync('server/README.md', withSettings(readFileSync('server/README.md', 'utf8')))
}

export const check = parallel(checkWxml, checkWxss, checkJson)
export const build = series(check, clean, emitTypes, emitScripts, copyAssets, fillExample)
export default build
