import type { Socket, SocketHandlers } from '../../src/platform/platform'
import type { VirtualClock } from './virtual-clock'

/** The server's end of one socket, as the hub wants it. */
export interface HubSocket {
  /** Host name by which the client reached the server. */
  readonly host: string
  send(text: string): void
  close(code: number, reason: string): void
}

/** What the hub answers for an accepted socket. */
export interface HubPeer {
  receive(text: string): void
  closed(): void
}

export interface Hub {
  accept(socket: HubSocket): HubPeer
}

export type Direction = 'up' | 'down'

export const ONE_WAY_MS = 50

/** What happens to one frame instead of its arriving once after the usual delay. */
interface Fault {
  readonly direction: Direction
  readonly matches: (text: string) => boolean
  /** Extra delay of each copy that arrives; empty = lost. */
  readonly delaysMs: readonly number[]
}

const anyFrame = (): boolean => true

interface Wire {
  readonly handlers: SocketHandlers
  peer: HubPeer | null
  /** Nothing passes any more, and nobody has been told. */
  silent: boolean
  clientOpen: boolean
  serverOpen: boolean
}

/**
 * The network between one device and the hub, in virtual time: opening a WebSocket costs one round trip, a frame half of
 * one. It loses what a test tells it to lose.
 */
export class HubLink {
  /** Refuses new connections while true: nobody listens, or no network. */
  refusing = false
  /** Frames that went in, per direction, lost ones included. */
  readonly frames: Record<Direction, string[]> = { up: [], down: [] }
  connections = 0
  private readonly wires = new Set<Wire>()
  private readonly faults: Fault[] = []

  constructor(
    private readonly clock: VirtualClock,
    /** Replace it to let the server restart with an empty memory. */
    public hub: Hub,
    private readonly oneWayMs = ONE_WAY_MS,
  ) {}

  readonly connect = (url: string, handlers: SocketHandlers): Socket => {
    this.connections += 1
    const wire: Wire = { handlers, peer: null, silent: false, clientOpen: true, serverOpen: false }
    this.wires.add(wire)
    this.clock.setTimer(this.oneWayMs, () => this.reachServer(wire, new URL(url).host))
    return {
      send: (text) => this.carry(wire, 'up', text),
      close: () => {
        wire.clientOpen = false
        this.clock.setTimer(this.oneWayMs, () => this.closeServer(wire))
      },
    }
  }

  /** Breaks every connection; both sides see it at once. */
  cut(code = 1006): void {
    for (const wire of [...this.wires]) {
      this.closeServer(wire)
      this.closeClient(wire, code, 'cut')
    }
  }

  /** The network goes dead without a word; the server's own ping finds out after `serverNoticesMs`. */
  silence(serverNoticesMs = 20_000): void {
    for (const wire of this.wires) {
      wire.silent = true
      this.clock.setTimer(serverNoticesMs, () => this.closeServer(wire))
    }
  }

  /** Loses the next frame of this direction that matches. */
  loseNext(direction: Direction, matches: Fault['matches'] = anyFrame): void {
    this.faults.push({ direction, matches, delaysMs: [] })
  }

  /** Lets the next frame that matches arrive twice. */
  repeatNext(direction: Direction, matches: Fault['matches'] = anyFrame): void {
    this.faults.push({ direction, matches, delaysMs: [0, 0] })
  }

  /** Lets the next frame that matches arrive late, after those that follow it. */
  delayNext(direction: Direction, extraMs: number, matches: Fault['matches'] = anyFrame): void {
    this.faults.push({ direction, matches, delaysMs: [extraMs] })
  }

  /** Lets the client read this frame, whoever may have sent it. */
  inject(text: string): void {
    for (const wire of this.wires) this.clock.setTimer(this.oneWayMs, () => this.deliver(wire, 'down', text))
  }

  private reachServer(wire: Wire, host: string): void {
    if (!wire.clientOpen) return
    if (this.refusing) {
      this.clock.setTimer(this.oneWayMs, () => this.closeClient(wire, 1006, 'refused'))
      return
    }
    if (wire.silent) return
    wire.serverOpen = true
    wire.peer = this.hub.accept({
      host,
      send: (text) => this.carry(wire, 'down', text),
      close: (code, reason) => {
        this.clock.setTimer(this.oneWayMs, () => this.closeClient(wire, code, reason))
        this.closeServer(wire)
      },
    })
    this.clock.setTimer(this.oneWayMs, () => {
      if (wire.clientOpen && !wire.silent) wire.handlers.onOpen()
    })
  }

  private carry(wire: Wire, direction: Direction, text: string): void {
    this.frames[direction].push(text)
    const index = this.faults.findIndex((each) => each.direction === direction && each.matches(text))
    const [fault] = index >= 0 ? this.faults.splice(index, 1) : []
    for (const extraMs of fault?.delaysMs ?? [0]) {
      this.clock.setTimer(this.oneWayMs + extraMs, () => this.deliver(wire, direction, text))
    }
  }

  private deliver(wire: Wire, direction: Direction, text: string): void {
    if (wire.silent) return
    if (direction === 'up' && wire.serverOpen) wire.peer?.receive(text)
    if (direction === 'down' && wire.clientOpen) wire.handlers.onMessage(text)
  }

  private closeServer(wire: Wire): void {
    if (!wire.serverOpen) return
    wire.serverOpen = false
    wire.peer?.closed()
    if (!wire.clientOpen) this.wires.delete(wire)
  }

  private closeClient(wire: Wire, code: number, reason: string): void {
    if (!wire.clientOpen || wire.silent) return
    wire.clientOpen = false
    wire.handlers.onClose(code, reason)
    if (!wire.serverOpen) this.wires.delete(wire)
  }
}
