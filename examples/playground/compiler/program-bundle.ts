import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { build, type BuildFailure, type Plugin } from 'esbuild'
import { ENTRIES } from '../../../build/entries'
import { CompileError } from './compile-error'
import { collectProgram, SourceTree, type ComponentJson, type Program } from './source-tree'
import { compileTemplates, type NativeTemplate } from './wxml'
import { compileStyle } from './wxss'

const RUNTIME = path.join(__dirname, '../runtime')

export interface ProgramPaths {
  /** folder of app.json */
  readonly program: string
  /** folder that `roomlet/…` stands for */
  readonly package: string
  /** folder that receives program.js, phone.html and phone.css */
  readonly out: string
}

/** Compiles a mini program and the runtime it needs into `out`. Mistakes in it are thrown as {@link CompileError}. */
export async function bundleProgram(paths: ProgramPaths): Promise<void> {
  const tree = new SourceTree(paths.program, paths.package)
  const program = collectProgram(tree)
  mkdirSync(paths.out, { recursive: true })
  await bundle(
    {
      stdin: {
        contents: entryScript(tree, program),
        resolveDir: RUNTIME,
        sourcefile: 'program-entry.js',
        loader: 'js',
      },
      entryNames: 'program',
      plugins: [packagePlugin(paths.package)],
    },
    paths.out,
  )
}

/** esbuild with the options common to phone and site; its first error becomes a {@link CompileError}. */
export async function bundle(options: Parameters<typeof build>[0], outdir: string): Promise<void> {
  try {
    await build({
      bundle: true,
      format: 'esm',
      splitting: true,
      sourcemap: true,
      target: 'chrome116',
      logLevel: 'silent',
      outdir,
      chunkNames: 'chunk-[hash]',
      ...options,
    })
  } catch (error) {
    const first = (error as Partial<BuildFailure>).errors?.[0]
    if (!first) throw error
    throw new CompileError(first.location?.file ?? 'esbuild', first.location?.line ?? 1, first.text)
  }
}

/** `roomlet`, `roomlet/rtcroom` and `roomlet/<path>` as the package's exports map them once it is built. */
function packagePlugin(packageRoot: string): Plugin {
  return {
    name: 'roomlet-package',
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /^roomlet(\/|$)/ }, ({ path: request }) => {
        const name = request.slice('roomlet/'.length)
        const base = path.join(packageRoot, ENTRIES[name || 'index'] ?? name)
        const file = ['', '.ts', '.js'].map((ext) => base + ext).find((candidate) => existsSync(candidate))
        return file ? { path: file } : { errors: [{ text: `the package has no "${request}"` }] }
      })
    },
  }
}

/** The script that registers everything with the runtime, in the order the runtime needs it. */
function entryScript(tree: SourceTree, program: Program): string {
  const natives = nativeTemplates()
  const appScript = tree.scriptOf('app')
  const appStyle = tree.has('app.wxss') ? compileStyle(tree, 'app.wxss', '') : ''
  const definitions = [...program.components].map(([is, json], index) => definition(tree, is, json, index))
  return [
    `import { MiniProgram } from ${JSON.stringify(path.join(RUNTIME, 'mini-program.ts'))}`,
    WXS_LIBRARY,
    `const templates = ${compileTemplates(tree, program.components.keys(), natives)}`,
    `const program = new MiniProgram(${JSON.stringify({ app: program.app, appStyle })}, templates)`,
    ...definitions,
    `program.launch(() => { ${appScript ? `require(${JSON.stringify(appScript)})` : ''} })`,
  ].join('\n')
}

/** What WXS has instead of the constructors of JavaScript, in the scope of the compiled templates. */
const WXS_LIBRARY = [
  'const getRegExp = (pattern, flags) => new RegExp(pattern, flags)',
  'const getDate = (...parts) => new Date(...parts)',
].join('\n')

function definition(tree: SourceTree, is: string, json: ComponentJson, index: number): string {
  // a page's classes are global as on a phone; so are those of a component that asks for it
  const scope = json.component && json.styleIsolation !== 'shared' ? `c${index}` : ''
  const style = tree.has(`${is}.wxss`) ? compileStyle(tree, `${is}.wxss`, scope) : ''
  const script = tree.scriptOf(is)
  const config = JSON.stringify({ is, json, style, scope: scope || undefined })
  return `program.define(${config}, () => require(${JSON.stringify(script)}))`
}

function nativeTemplates(): NativeTemplate[] {
  const folder = path.join(RUNTIME, 'elements')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.wxml'))
    .map((file) => ({
      path: `native/${file.slice(0, -'.wxml'.length)}`,
      wxml: readFileSync(path.join(folder, file), 'utf8'),
    }))
}
