import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ENVIRONMENT, helpText } from '../../../server/src/cli/help-text'
import { TICKET_COMMANDS } from '../../../server/src/cli/ticket-commands'
import { withSettings } from '../../../docs/server-readme'
import { readConfig } from '../../../server/src/config/config'
import { LIMIT_ENTRIES } from '../../../server/src/config/limits'
import * as server from '../../../server/src/index'

const SERVER = path.resolve(__dirname, '../../../server')
const readme = readFileSync(path.join(SERVER, 'README.md'), 'utf8')

function section(title: string): string {
  const found = readme.split(/^##+ /m).find((part) => part.startsWith(`${title}\n`))
  if (found === undefined) throw new Error(`The README has no section ${title}`)
  return found
}

/** The cells of a section's table rows, without the code marks. */
function rows(title: string): string[][] {
  const lines = section(title).match(/^\| `.*\|$/gm) ?? []
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim()),
  )
}

it('the README’s table of tickets is that of the command line', () => {
  const told = rows('Tickets on the command line').map(([name, sign, verify]) => [name, sign, verify])
  const known = Object.entries(TICKET_COMMANDS).map(([name, { signFields, verifyFields }]) => [
    name,
    signFields.join(', '),
    verifyFields.join(', '),
  ])
  expect(told).toEqual(known)
})

it('the help names every ticket with its fields', () => {
  for (const [name, { signFields, verifyFields }] of Object.entries(TICKET_COMMANDS)) {
    expect(helpText()).toContain(`  ${name} `)
    expect(helpText()).toContain(`sign   ${signFields.join(', ')}\n`)
    expect(helpText()).toContain(`verify ${verifyFields.join(', ')}\n`)
  }
})

it('the README’s settings are those of the code, as `npm run docs` writes them', () => {
  expect(withSettings(readme)).toBe(readme)
})

it('help and table of settings name what the code reads, and nothing else', () => {
  const inCode = new Set<string>()
  const env = new Proxy({ DEMO: '1' } as Record<string, string>, {
    get: (target, name: string) => {
      inCode.add(name)
      return target[name]
    },
  })
  readConfig(env, () => '')
  const inHelp = ENVIRONMENT.map(([name]) => name)
  expect([...inHelp, 'ROOMLET_CONFIG'].sort()).toEqual([...inCode].sort())
  for (const name of inHelp) expect(helpText()).toContain(`  ${name} `)
})

it('the README’s functions for tickets and URLs are all that the package exports, and no others', () => {
  const told = rows('Tickets and signed URLs').flatMap(([names = '']) => names.split(', '))
  const exported = Object.keys(server).filter((name) => /^(make|verify)|Urls?$|^zegoPrivileges$/.test(name))
  expect(told.sort()).toEqual(exported.filter((name) => name !== 'createStreamUrls').sort())
})

it('the README’s limits are those of the code, with their defaults', () => {
  const told = rows('Limits').map(([variable, standard, meaning]) => [variable, Number(standard), meaning])
  const known = Object.values(LIMIT_ENTRIES).map((entry) => [entry.variable, entry.default, entry.meaning])
  expect(told).toEqual(known)
})
