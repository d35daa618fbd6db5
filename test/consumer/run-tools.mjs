import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ci from 'miniprogram-ci'

/*
 * Builds npm of a mini program, analyses, checks and compiles it with WeChat's tools, without an account.
 *   node run-tools.mjs <folder of the mini program> <folder for the results>
 * Writes report.json, and the compiled files below es2018 (as the package is) and es5 (as DevTools uploads by default).
 */
const [projectPath, results] = process.argv.slice(2)

// What can be asked without an account is on this machine: a refused connection is a quick no.
ci.proxy('http://127.0.0.1:9')

const project = new ci.Project({
  appid: 'wx0123456789abcdef',
  type: 'miniProgram',
  projectPath,
  privateKey: 'offline',
  attr: async () => ci.DefaultProjectAttr,
  ignores: ['node_modules/**/*'],
})

async function compile(name, setting) {
  const files = await ci.getCompiledResult({
    project,
    version: '1.0.0',
    desc: name,
    setting: { minified: true, minifyJS: true, minifyWXML: true, minifyWXSS: true, ...setting },
    onProgressUpdate: () => undefined,
  })
  for (const [path, content] of Object.entries(files)) {
    const target = join(results, name, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

const warnings = await ci.packNpm(project)
const { modules } = await ci.analyseCode(project, { silent: true })
const quality = await ci.checkCodeQuality(project)
await compile('es5', { es6: true, enhance: true })
await compile('es2018', { es6: false })

const problems = modules.flatMap(({ path, errors = [], warnings = [], buildError, deps }) => [
  ...[buildError ?? [], errors, warnings].flat().map((problem) => `${path}: ${problem}`),
  ...deps.filter(({ error }) => error).map(({ request, error }) => `${path}: ${request}: ${error}`),
])
writeFileSync(join(results, 'report.json'), JSON.stringify({ warnings, problems, quality }))
// the tools leave handles open
process.exit(0)
