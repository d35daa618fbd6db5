import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { bundle } from '../../build/bundle'

/** Writes the scripts of the package below a folder: `node --import tsx write-scripts.ts <folder>`. */
async function main([folder = '']: readonly string[]): Promise<void> {
  for (const { path, text } of await bundle(resolve(__dirname, '../..'))) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

void main(process.argv.slice(2))
