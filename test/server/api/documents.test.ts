import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Parser } from '@asyncapi/parser'
import { apiDocuments } from '../../../docs/api/documents'

const ROOT = path.resolve(__dirname, '../../..')
/** The validators load slowly on a machine that is busy. */
const TIMEOUT_MS = 120_000

const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8')

it('the API documents are as `npm run docs` writes them', async () => {
  for (const [name, text] of Object.entries(await apiDocuments())) {
    // a difference of thousands of lines would be no help
    if (read(name) !== text) throw new Error(`${name} is stale: npm run docs`)
  }
})

it(
  'the HTTP API is valid OpenAPI',
  () => {
    const script = `
    import { Validator } from '@seriousme/openapi-schema-validator'
    const result = await new Validator().validate(process.argv[1])
    process.stdout.write(JSON.stringify(result))`
    const args = ['--input-type=module', '-e', script, path.join(ROOT, 'docs/openapi.yaml')]
    expect(JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }))).toEqual({ valid: true })
  },
  TIMEOUT_MS,
)

it(
  'the socket API is valid AsyncAPI',
  async () => {
    const { document, diagnostics } = await new Parser().parse(read('docs/asyncapi.yaml'))
    // 0 is an error, 1 a warning; the rest are hints
    expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([])
    expect(
      document
        ?.operations()
        .all()
        .map((operation) => operation.id()),
    ).toContain('join')
  },
  TIMEOUT_MS,
)
