import { outcomeOf, type AttackResult } from './attack'
import { MATRIX } from './matrix'

/** `npm run test:attack [words]`: runs every attack whose name contains the words, prints the table, fails when one does harm. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2).join(' ')
  const attacks = MATRIX.filter(({ name }) => name.includes(wanted))
  process.stdout.write('| attack | tries | answered with | harm |\n|---|---|---|---|\n')
  let harmful = 0
  for (const attack of attacks) {
    const { tries, answers, harm } = await outcomeOf(attack).catch(failed)
    if (harm.length > 0) harmful += 1
    const told = [...answers].sort(([, a], [, b]) => b - a).map(([answer, count]) => `${answer} ×${count}`)
    const cells = [attack.name, String(tries), told.join(', '), harm.join('; ') || 'none']
    process.stdout.write(`| ${cells.join(' | ')} |\n`)
  }
  process.stdout.write(`attacks: ${attacks.length - harmful} did no harm, ${harmful} did\n`)
  if (harmful > 0 || attacks.length === 0) process.exitCode = 1
}

function failed(error: unknown): AttackResult {
  return { tries: 0, answers: new Map(), harm: [error instanceof Error ? error.message : String(error)] }
}

void main()
