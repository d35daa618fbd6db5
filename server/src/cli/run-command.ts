import { RoomError } from '../../../src/errors'
import type { Clock } from '../clock'
import { badField } from '../tickets/ticket-input'
import type { TicketFault } from '../tickets/ticket-result'
import { helpText } from './help-text'
import { TICKET_COMMANDS, type TicketCommand, type TicketInput } from './ticket-commands'

export interface CommandResult {
  /** 0 = done; 1 = the ticket does not verify; 2 = the command or its input is wrong. */
  readonly exitCode: 0 | 1 | 2
  readonly stdout: string
  readonly stderr: string
}

export interface CommandSurroundings {
  /** Everything on standard input. */
  readInput(): Promise<string>
  readonly clock: Pick<Clock, 'now'>
}

const FAULTS: Readonly<Record<TicketFault, string>> = {
  format: 'it is none, or damaged',
  mismatch: 'it is for another user, app or room, or allows less',
  signature: 'it was signed with another key or for something else, or changed afterwards',
  expired: 'it has expired',
}

/** Whatever stands behind `roomlet-server`; without anything there the server runs and nobody comes here. */
export async function runCommand(args: readonly string[], surroundings: CommandSurroundings): Promise<CommandResult> {
  try {
    return await resultOf(args, surroundings)
  } catch (error) {
    if (error instanceof RoomError) return failure(2, error.message)
    throw error
  }
}

async function resultOf(args: readonly string[], { readInput, clock }: CommandSurroundings): Promise<CommandResult> {
  const [verb = '', name, ...rest] = args
  if (verb === '--help' || verb === '-h' || verb === 'help') return success(helpText())
  if (verb !== 'sign' && verb !== 'verify') {
    throw new RoomError('BAD_PARAMETER', `unknown command ${quoted(verb)}; there are sign, verify and --help`)
  }
  const command = commandOf(verb, name)
  if (rest.length > 0) {
    throw new RoomError('BAD_PARAMETER', `${verb} takes one name; the rest comes as JSON on standard input`)
  }
  const input = objectOf(await readInput())
  if (verb === 'sign') return success(`${command.sign(input, clock.now())}\n`)
  const verified = command.verify(ticketOf(command, input), input, momentOf(command, input, clock))
  if (verified.ok) return success(`${JSON.stringify(verified.claim)}\n`)
  return failure(1, `${name} does not verify (${verified.reason}): ${FAULTS[verified.reason]}`)
}

function commandOf(verb: string, name: string | undefined): TicketCommand {
  const command = name !== undefined && Object.hasOwn(TICKET_COMMANDS, name) ? TICKET_COMMANDS[name] : undefined
  if (command) return command
  const what = name === undefined ? `${verb} needs the name of a ticket` : `${verb} knows no ${quoted(name)}`
  throw new RoomError('BAD_PARAMETER', `${what}; there are ${Object.keys(TICKET_COMMANDS).join(', ')}`)
}

/** What JSON.parse complains about is not repeated: it quotes the input, in which keys stand. */
function objectOf(text: string): TicketInput {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new RoomError('BAD_PARAMETER', text.trim() === '' ? 'standard input is empty' : 'standard input is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RoomError('BAD_PARAMETER', 'standard input is not a JSON object')
  }
  return value as TicketInput
}

function ticketOf({ ticketField }: TicketCommand, input: TicketInput): string {
  const ticket = input[ticketField] ?? input.ticket
  if (typeof ticket === 'string') return ticket
  throw badField(ticketField, ticket === undefined ? 'is missing: it must be a string' : 'must be a string')
}

function momentOf({ momentField }: TicketCommand, input: TicketInput, clock: Pick<Clock, 'now'>): number {
  const seconds = momentField === null ? undefined : input[momentField]
  if (seconds === undefined) return clock.now()
  if (typeof seconds !== 'number' || seconds < 0) throw badField(String(momentField), 'must be unix time in seconds')
  return seconds * 1000
}

function success(stdout: string): CommandResult {
  return { exitCode: 0, stdout, stderr: '' }
}

function failure(exitCode: 1 | 2, message: string): CommandResult {
  return { exitCode, stdout: '', stderr: `roomlet-server: ${message}\n` }
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
