import { defaultOf, namesOf, SETTINGS } from '../config/settings'
import { TICKET_COMMANDS } from './ticket-commands'

/** Every name that the server reads from its environment or its file, and what it is for. */
export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = Object.entries(SETTINGS).flatMap(
  ([name, setting]) =>
    namesOf([name, setting]).map((each) => {
      const standard = defaultOf(setting)
      const meaning = `${plain(setting.meaning)}${standard === '' ? '' : ` (${standard})`}`
      return [each, each === name ? meaning : 'the file it is in instead'] as const
    }),
)

const NAME_WIDTH = 20
const VARIABLE_WIDTH = 29

export function helpText(): string {
  const tickets = Object.entries(TICKET_COMMANDS).map(([name, { signFields, verifyFields }]) => {
    const indent = ' '.repeat(NAME_WIDTH + 2)
    return `  ${name.padEnd(NAME_WIDTH)}sign   ${signFields.join(', ')}\n${indent}verify ${verifyFields.join(', ')}`
  })
  const variables = ENVIRONMENT.map(([name, meaning]) => `  ${name.padEnd(VARIABLE_WIDTH)}${meaning}`)
  return [
    'roomlet-server                 serve rooms, as the environment and the file say',
    'roomlet-server --config <file> the same with a JSON file of settings; ROOMLET_CONFIG names it too',
    'roomlet-server --check         print every setting and where it comes from, or all that is wrong',
    'roomlet-server sign <name>     read one JSON object from standard input, print the ticket',
    'roomlet-server verify <name>   the same with the ticket in it: print what it says, or end with 1 and say what is wrong',
    'roomlet-server --help          print this',
    '',
    'Tickets and the fields of their input (? = may be left out):',
    ...tickets,
    '',
    'Settings, of the environment or else of the file, with their defaults:',
    ...variables,
    '',
  ].join('\n')
}

/** Without Markdown. */
function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
}
