import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../..')
const SKIPPED = new Set(['node_modules', 'miniprogram_npm', 'miniprogram_dist', 'dist', '.git', '.build', 'coverage'])
/** tsc is bound by the processor and holds some 300 MB each. */
const PARALLEL = 2

function projectsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : projectsBelow(path)
    return /^tsconfig(?!\.base).*\.json$/.test(entry.name) ? [path] : []
  })
}

function check(project: string): Promise<boolean> {
  return new Promise((done) => {
    const tsc = resolve(ROOT, 'node_modules/typescript/bin/tsc')
    const child = spawn(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', project], { cwd: ROOT })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      process.stdout.write(`tsc ${relative(ROOT, project)}: ${code === 0 ? 'ok' : 'FAILED'}\n${output}`)
      done(code === 0)
    })
  })
}

async function checkAll(): Promise<void> {
  const waiting = projectsBelow(ROOT)
  const work = async (): Promise<void> => {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      if (!(await check(project))) process.exitCode = 1
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
}

void checkAll()
