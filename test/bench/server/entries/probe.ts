/** Loaded before a server under measurement: tells whoever started it what the process has used. */
export interface ProbeQuestion {
  readonly id: number
  readonly name: string
  readonly params: unknown
}

export interface Usage {
  /** CPU time of the process, user and system, ms */
  readonly cpuMs: number
  /** live heap after a full collection, bytes; only when asked for */
  readonly heapBytes: number
}

type Answerer = (params: never) => unknown

const answerers: Record<string, Answerer> = {
  usage: ({ collect }: { collect: boolean }): Usage => {
    // twice: what the first has finalized goes with the second
    if (collect) for (let round = 0; round < 2; round += 1) globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    return { cpuMs: (user + system) / 1000, heapBytes: collect ? process.memoryUsage().heapUsed : 0 }
  },
}

export function answer(name: string, answerer: Answerer): void {
  answerers[name] = answerer
}

process.on('message', ({ id, name, params }: ProbeQuestion) => {
  void (async () => {
    const result = await answerers[name]?.(params as never)
    process.send?.({ id, result })
  })()
})
process.on('disconnect', () => process.exit())
