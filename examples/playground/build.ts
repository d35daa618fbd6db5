import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundle, bundleProgram } from './compiler/program-bundle'

const PLAYGROUND = __dirname
const REPOSITORY = path.join(PLAYGROUND, '../..')

export interface BuildOptions {
  /** folder of the mini program's app.json; the demo pages by default */
  readonly program?: string
  /** receives everything that is served; emptied first */
  readonly out: string
}

/** Compiles the mini program for phone.html and the site around the phones. Throws CompileError for mistakes in them. */
export async function buildPlayground({
  program = path.join(REPOSITORY, 'examples/miniprogram'),
  out,
}: BuildOptions): Promise<void> {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  await bundleProgram({ program, package: REPOSITORY, out })
  for (const file of ['phone.html', 'phone.css']) cpSync(path.join(PLAYGROUND, 'runtime', file), path.join(out, file))
  // pictures and sounds that a program brings: `/assets/…` on its pages
  const assets = path.join(program, 'assets')
  if (existsSync(assets)) cpSync(assets, path.join(out, 'assets'), { recursive: true })
  await buildSite(out)
  await buildDesk(out)
}

async function buildSite(out: string): Promise<void> {
  const site = path.join(PLAYGROUND, 'site')
  const entry = path.join(site, 'main.ts')
  await bundle({ entryPoints: [entry], entryNames: '[name]' }, out)
  // everything beside the scripts is served as it is
  cpSync(site, out, { recursive: true, filter: (file) => !file.endsWith('.ts') && !file.endsWith('.md') })
}

/** desk.html, and start-desk.js for pages of one's own that open a desk. */
async function buildDesk(out: string): Promise<void> {
  const desk = path.join(PLAYGROUND, 'desk')
  const entryPoints = ['desk.ts', 'start-desk.ts'].map((file) => path.join(desk, file))
  await bundle({ entryPoints, entryNames: '[name]' }, out)
  await bundle({ entryPoints: [path.join(desk, 'css/desk.css')], entryNames: 'css/[name]', sourcemap: false }, out)
  cpSync(path.join(desk, 'desk.html'), path.join(out, 'desk.html'))
}
