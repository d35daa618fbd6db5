import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { BUDGETS } from '../../build/budget'
import { loadedBy, weigh } from './compiled-files'
import { writeExampleApp, writeMiniProgram } from './mini-program'
import { pageSnippets } from './snippets'
import { checkServerPackage } from './server-package'
import type { Snippet } from './snippets'

const ROOT = resolve(__dirname, '../..')
/** Files whose snippets a reader copies into a mini program. */
const READMES = [
  'README.md',
  'README.zh-CN.md',
  ...['rtc-room', 'live-room', 'webrtc-room'].map((name) => `components/${name}/README.md`),
]
const PACKAGE = 'miniprogram_npm/roomlet'
/** What the package may contain beside its manifest. */
const PACKED =
  /^(?:miniprogram_dist\/.+\.(?:js|d\.ts|json|wxml|wxss|wxs)|README(?:\.zh-CN)?\.md|CHANGELOG\.md|LICENSE|package\.json)$/
/** Of the code check: says what an upload drops by itself, because the package has more than one mini program uses. */
const DROPPED_BY_UPLOAD = new Set(['CONTAINS_UNUSED_CODES', 'CONTAINS_UNUSED_COMPONENTS'])

/** Characters of a column of the report. */
const COLUMN = 15

interface Report {
  readonly warnings: readonly unknown[]
  readonly problems: readonly string[]
  readonly quality: readonly { readonly name: string; readonly success: boolean; readonly text: string }[]
}

const failures: string[] = []
const fail = (what: string): void => void failures.push(what)

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The tools are as they are locked: installed when they are not there, or are others. */
function installTools(): void {
  const installed = join(__dirname, 'node_modules/.package-lock.json')
  const isFresh =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(__dirname, 'package-lock.json')).mtimeMs
  if (!isFresh) run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], __dirname)
}

/** As `npm publish` would send it, built anew. */
function pack(folder: string): string {
  run('npm', ['pack', '--loglevel=error', '--pack-destination', folder], ROOT)
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new Error('npm pack has made no package')
  return join(folder, name)
}

function snippetPages(): ReadonlyMap<string, Snippet> {
  const pages = READMES.flatMap((path) => {
    const found = pageSnippets(readFileSync(join(ROOT, path), 'utf8'))
    if (found.length === 0) fail(`${path} shows no page`)
    const name = path.toLowerCase().replace(/[^a-z]+/g, '-')
    return found.map((snippet, index): [string, Snippet] => [`${name}-${index + 1}`, snippet])
  })
  return new Map(pages)
}

function checkPacked(program: string): void {
  const folder = join(program, 'node_modules/roomlet')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'))
  for (const path of files) {
    if (statSync(join(folder, path)).isFile() && !PACKED.test(path)) fail(`the package holds ${path}`)
  }
}

/** The analysis reads JavaScript alone: a script that it misses as such may be there in TypeScript, which the compilation reads. */
function isTypeScript(program: string, problem: string): boolean {
  const [, script] = /Couldn't resolve the Js file "([^"]+)\.js"/.exec(problem) ?? []
  return script !== undefined && existsSync(join(program, `${script}.ts`))
}

function useTools(program: string, results: string, cwd: string): void {
  mkdirSync(results)
  mkdirSync(cwd)
  const tools = join(__dirname, 'run-tools.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [tools, program, results], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`WeChat's tools: ${stderr.trim() || stdout.trim()}`)
  const { warnings, problems, quality } = JSON.parse(readFileSync(join(results, 'report.json'), 'utf8')) as Report
  for (const warning of warnings) fail(`build npm: ${JSON.stringify(warning)}`)
  for (const problem of problems) if (!isTypeScript(program, problem)) fail(`analysis: ${problem}`)
  for (const { name, success, text } of quality) {
    if (!success && !DROPPED_BY_UPLOAD.has(name)) fail(`code check: ${name}: ${text}`)
  }
}

/** @param pages paths without extension */
function checkPages(results: string, pages: readonly string[]): void {
  for (const page of pages) {
    for (const extension of ['js', 'wxml', 'json']) {
      const path = `${page}.${extension}`
      if (!existsSync(join(results, 'es5', path))) fail(`${path} was not compiled`)
    }
  }
}

function install(program: string): void {
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error'], program)
}

/** The example app, as DevTools compiles it. */
function checkExampleApp(folder: string, tarball: string): void {
  const [program, results] = [join(folder, 'example'), join(folder, 'example-results')]
  const pages = writeExampleApp(program, tarball, ROOT)
  install(program)
  useTools(program, results, join(folder, 'example-cwd'))
  checkPages(results, pages)
  console.log(`${pages.length} pages of the example app compiled`)
}

/** Bytes as `minified (gzip)`. */
function reportSizes(program: string, results: string): void {
  const heads = ['JS raw', 'JS minified', 'gzip', 'at most', 'as ES5', 'WXML', 'WXS', 'WXSS']
  console.log(''.padEnd(22) + heads.map((head) => head.padStart(COLUMN)).join(''))
  const upload = join(results, 'es2018', PACKAGE)
  for (const { name, entries, maxGzip } of BUDGETS) {
    const paths = loadedBy(upload, entries)
    const of = (folder: string, extension: string) => weigh(folder, paths, extension)
    const both = (folder: string, extension: string): string => {
      const { bytes, gzip } = of(folder, extension)
      return `${bytes} (${gzip})`
    }
    const js = of(upload, '.js')
    const cells = [
      of(join(program, PACKAGE), '.js').bytes,
      js.bytes,
      js.gzip,
      maxGzip,
      both(join(results, 'es5', PACKAGE), '.js'),
      ...['.wxml', '.wxs', '.wxss'].map((extension) => both(upload, extension)),
    ]
    console.log(name.padEnd(22) + cells.map((cell) => String(cell).padStart(COLUMN)).join(''))
    if (js.gzip > maxGzip) fail(`${name}: ${js.gzip} bytes of gzipped JavaScript, at most ${maxGzip}`)
  }
}

/**
 * The package in the hands of a stranger: packed, installed into a new mini program whose pages are the snippets of the README
 * files, built, analysed, checked and compiled by WeChat's tools, and weighed against the budgets. The example app is compiled
 * likewise, and the server's package installed and run.
 */
async function main(): Promise<void> {
  installTools()
  const folder = mkdtempSync(join(tmpdir(), 'roomlet-consumer-'))
  try {
    const [program, results] = [join(folder, 'program'), join(folder, 'results')]
    const pages = snippetPages()
    const tarball = pack(folder)
    writeMiniProgram(program, tarball, pages)
    install(program)
    checkPacked(program)
    useTools(program, results, join(folder, 'cwd'))
    checkPages(
      results,
      [...pages.keys()].map((page) => `pages/${page}/${page}`),
    )
    reportSizes(program, results)
    console.log(`${pages.size} pages of README files compiled`)
    checkExampleApp(folder, tarball)
    await checkServerPackage(join(folder, 'server'))
    console.log('roomlet-server runs after its installation')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  for (const failure of failures) console.error(`FAILED: ${failure}`)
  if (failures.length > 0) process.exitCode = 1
}

void main()
