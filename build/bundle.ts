import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { commonJsFiles } from './commonjs'
import { ENTRIES } from './entries'
import { MARKED, markPrivate } from './private-names'

/**
 * Modules that come in one file, with all that they import, to every entry whose name fits. Otherwise there would be a file for each
 * combination of entries that uses something, and what goes from file to file costs bytes. The price is code that an entry gets and
 * does not use: the rows are such that it is little.
 */
const TOGETHER: readonly { readonly entries: RegExp; readonly modules: readonly string[] }[] = [
  {
    entries: /^(?!components\/shared\/)/,
    modules: [
      'components/shared/app-service',
      'src/media/native-call',
      'src/media/quality',
      'src/media/tag-driver',
      'src/media/tag-kind',
      'src/util/answer-both-ways',
      'src/util/deferred',
    ],
  },
  {
    entries: /^(?:index$|components\/\w+-room\/)/,
    modules: ['src/room/call-session', 'src/view/diff-data', 'src/view/select-room-view'],
  },
  {
    entries: /^components\/\w+-room\//,
    modules: ['components/shared/call-sessions', 'components/shared/define-room', 'components/shared/room-settings'],
  },
  {
    entries: /^(?!components\/(?:shared|rtc-room|live-room)\/)/,
    modules: ['src/model', 'src/util/pending-work', 'src/vendor-errors'],
  },
]

export interface Script {
  /** below miniprogram_dist, with `.js` */
  readonly path: string
  readonly text: string
  /** other scripts that it requires, as paths below miniprogram_dist */
  readonly imports: readonly string[]
  /** bytes of this script that come from each source, before anything minifies it */
  readonly sources: Readonly<Record<string, number>>
}

/**
 * Everything that a mini program may require, each by its path in the package: entries, and under their own paths the components
 * and the behaviors for templates of the originals.
 */
function entryPoints(root: string): Record<string, string> {
  const components = readdirSync(join(root, 'components'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json') || path.endsWith('/template.ts'))
    .map((path) => `components/${path.replace(/\.\w+$/, '')}`)
  const entries = Object.entries(ENTRIES).concat(components.map((path) => [path, path]))
  return Object.fromEntries(entries.map(([name, source]) => [name, join(root, `${source}.ts`)]))
}

/**
 * Sources as they are bundled: with their private names marked, and each entry of a row of TOGETHER importing all modules of the row,
 * because the bundler makes one file of what the same entries reach.
 */
function prepared(root: string, entries: Readonly<Record<string, string>>): Plugin {
  const added = new Map(
    Object.entries(entries).map(([name, path]) => [
      path,
      TOGETHER.flatMap((row) => (row.entries.test(name) ? row.modules : []))
        .map((module) => `import ${JSON.stringify(join(root, module))};`)
        .join(''),
    ]),
  )
  return {
    name: 'prepared',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = (added.get(path) ?? '') + markPrivate(path, readFileSync(path, 'utf8'))
        return { contents, loader: 'ts', resolveDir: dirname(path) }
      })
    },
  }
}

/**
 * The scripts of the package. What several entries use is in a file of its own that all of them require, so that a mini program
 * has one copy of it, and one of the state of each module; what an entry does not use is not in any file that it requires.
 * They are left readable: the upload of a mini program minifies.
 * @throws the messages of esbuild, with file and line
 */
export async function bundle(root: string): Promise<readonly Script[]> {
  const entries = entryPoints(root)
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: '.',
    chunkNames: 'shared/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    charset: 'utf8',
    plugins: [prepared(root, entries)],
    mangleProps: MARKED,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const outputs = Object.entries(metafile.outputs)
  const isEntry = (path: string): boolean => metafile.outputs[path]?.entryPoint !== undefined
  const esm = new Map(outputFiles.map(({ path, text }) => [relative(root, path).replaceAll('\\', '/'), text]))
  const texts = commonJsFiles(esm, isEntry)
  return outputs.map(([path, { imports, inputs }]) => ({
    path,
    text: texts.get(path) ?? '',
    imports: imports.map((each) => each.path),
    sources: Object.fromEntries(Object.entries(inputs).map(([source, { bytesInOutput }]) => [source, bytesInOutput])),
  }))
}
