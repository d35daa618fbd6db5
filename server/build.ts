import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** Bundles what the server shares with the core, so that the published package does not depend on it. */
const root = __dirname
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
buildSync({
  entryPoints: [join(root, 'src/index.ts'), join(root, 'src/main.ts')],
  outdir: dist,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
})

// declarations keep the layout of the repository, because they refer to the core's types
const tsc = require.resolve('typescript/bin/tsc')
const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', join(root, '..')]
execFileSync(process.execPath, [tsc, '-p', root, ...flags, '--outDir', join(dist, 'types')], { stdio: 'inherit' })
writeFileSync(join(dist, 'index.d.ts'), "export * from './types/server/src/index'\n")
