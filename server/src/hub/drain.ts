import type { MoveFrame } from '../../../src/signaling/protocol'
import type { Clock } from '../clock'
import type { Connection } from './connection'

/** Of the time there is, clients spread their moves over this share; whoever is still here after the second is sent away. */
const MOVING = 0.6
const LEAVING = 0.9

/** How a node takes leave of its clients: they are told to move, and each picks its moment by chance. */
export class Drain {
  private done: (() => void) | null = null
  private ending = false

  constructor(
    private readonly connections: ReadonlySet<Connection>,
    private readonly clock: Pick<Clock, 'setTimer'>,
  ) {}

  /** No socket and no room begins here any more. */
  get isOn(): boolean {
    return this.ending
  }

  /** Resolves when nobody is here any more, after `ms` at the latest. To be called once. */
  async run(ms: number): Promise<void> {
    this.ending = true
    const emptied = new Promise<void>((resolve) => (this.done = resolve))
    const frame: MoveFrame = { moveWithinMs: Math.round(ms * MOVING) }
    for (const connection of this.connections) connection.tell(frame)
    const cancelLeaving = this.clock.setTimer(ms * LEAVING, () => {
      for (const connection of this.connections) connection.drop('restart', 'this server goes away')
    })
    const cancelEnd = this.clock.setTimer(ms, () => this.done?.())
    this.left()
    await emptied
    cancelLeaving()
    cancelEnd()
  }

  /** A connection is gone, and what it held is in the store. */
  left(): void {
    if (this.connections.size === 0) this.done?.()
  }
}
