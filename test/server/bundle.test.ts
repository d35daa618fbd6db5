import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import manifest from '../../server/package.json'

it('a bundle of the server needs its declared dependencies and nothing of the core', () => {
  const { metafile } = buildSync({
    entryPoints: ['index.ts', 'main.ts'].map((name) => join(__dirname, '../../server/src', name)),
    outdir: 'out',
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    metafile: true,
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path))
  const packages = imports
    .filter((path) => !path.startsWith('node:') && !builtinModules.includes(path))
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining([...new Set(packages)]))
  expect(packages).toContain('fastify')
})
