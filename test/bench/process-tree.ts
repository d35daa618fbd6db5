import { readdirSync, readFileSync } from 'node:fs'

/** of a clock tick in /proc, ms */
const TICK_MS = 10

/** CPU time so far of all processes below one, itself left out, ms; 0 where the system does not tell. */
export function cpuMsBelow(root: number): number {
  const processes = new Map<number, { parent: number; ticks: number }>()
  for (const name of entriesOf('/proc')) {
    const stat = readStat(name)
    if (stat) processes.set(Number(name), stat)
  }
  let ticks = 0
  for (const [pid, stat] of processes) {
    let above = stat.parent
    while (above !== root && processes.has(above)) above = processes.get(above)?.parent ?? 0
    if (above === root && pid !== root) ticks += stat.ticks
  }
  return ticks * TICK_MS
}

function readStat(name: string): { parent: number; ticks: number } | null {
  if (!/^\d+$/.test(name)) return null
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8')
    // the name stands in parentheses and may have spaces
    const [, parent = '', ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [user = 0, system = 0] = rest.slice(9, 11).map(Number)
    return { parent: Number(parent), ticks: user + system }
  } catch {
    return null
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
