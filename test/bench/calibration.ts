const RECORDS = Array.from({ length: 64 }, (_, slot) => ({
  slot,
  streamId: `user${slot}_main`,
  state: 'playing',
  net: 4,
}))
const PASSES = 2_000

/** A fixed piece of work, µs of CPU a pass: figures divided by it can be compared between machines. */
export function calibrationUs(): number {
  const before = process.cpuUsage()
  let length = 0
  for (let pass = 0; pass < PASSES; pass += 1) {
    const records = JSON.parse(JSON.stringify(RECORDS)) as typeof RECORDS
    length += records.length
  }
  if (length !== PASSES * RECORDS.length) throw new Error('the calibration loop has lost records')
  return cpuUsSince(before) / PASSES
}

export function cpuUsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
