import { nodeOf } from './connection-name'
import { inPieces, type Command } from './command'
import { heldKey } from './keys'

/** Whose socket has been gone or come: the node that held somebody, and the one that does. */
type Handover = readonly [userID: string, from: string | undefined, to: string | undefined]

/** Which nodes' sockets hold the people of one room, as it is in Redis. */
export class NodeHolds {
  private held = new Map<string, string>()

  constructor(
    private readonly room: string,
    /** The open socket that holds somebody now, null when none does. */
    private readonly socketOf: (userID: string) => string | null,
  ) {}

  /** Everyone whom a socket holds. */
  userIDs(): Iterable<string> {
    return this.held.keys()
  }

  /** What writes down how these people are held now. */
  commands(userIDs: Iterable<string>): Command[] {
    const words = { SREM: new Map<string, string[]>(), SADD: new Map<string, string[]>() }
    for (const [userID, from, to] of this.handovers(userIDs)) {
      const entry = JSON.stringify([this.room, userID])
      if (from !== undefined) listIn(words.SREM, from).push(entry)
      if (to !== undefined) listIn(words.SADD, to).push(entry)
    }
    return (['SREM', 'SADD'] as const).flatMap((command) =>
      [...words[command]].flatMap(([node, entries]) => inPieces([command, heldKey(node)], entries)),
    )
  }

  /** How these people are held now is in Redis. */
  keep(userIDs: Iterable<string>): void {
    for (const [userID, , to] of this.handovers(userIDs)) {
      if (to === undefined) this.held.delete(userID)
      else this.held.set(userID, to)
    }
  }

  clear(): void {
    this.held.clear()
  }

  private handovers(userIDs: Iterable<string>): Handover[] {
    const handovers: Handover[] = []
    for (const userID of userIDs) {
      const from = this.held.get(userID)
      const socket = this.socketOf(userID)
      const to = socket === null ? undefined : nodeOf(socket)
      if (from !== to) handovers.push([userID, from, to])
    }
    return handovers
  }
}

function listIn(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
