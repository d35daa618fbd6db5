import '../../../src/service-errors'
import { RoomError } from '../../../src/errors'
import type { LinkState, UserInfo } from '../../../src/model'
import { isDue, LINK_OFF, linkStep, type LinkEvent } from './link-step'
import type { RoomTables, Table } from './room-tables'

/** Link-mic of everyone in a room who is not off, under one revision counter. */
export class LinkTable {
  private readonly links: Table<LinkState>
  private readonly counts: Table<number>

  constructor(tables: RoomTables) {
    this.links = tables.table('link')
    this.counts = tables.table('count')
  }

  /** Of the latest change. */
  get rev(): number {
    return this.counts.get('linkRev') ?? 0
  }

  /** How the user stands; off as of now when there is nothing to know. */
  of(user: UserInfo): LinkState {
    return this.links.get(user.userID) ?? { user, ...LINK_OFF, rev: this.rev }
  }

  list(): LinkState[] {
    return [...this.links.values()]
  }

  /** Requests and invitations that have run out. */
  due(now: number): LinkState[] {
    return this.list().filter((link) => isDue(link, now))
  }

  /** When the next request or invitation runs out, ms since 1970; Infinity when none can. */
  get nextDue(): number {
    let next = Infinity
    for (const { expiresAt = Infinity } of this.links.values()) next = Math.min(next, expiresAt)
    return next
  }

  /** @throws RoomError when the event is refused; nothing has changed then */
  apply(user: UserInfo, event: LinkEvent): { readonly link: LinkState; readonly changed: boolean } {
    const before = this.of(user)
    const [after, [refusal]] = linkStep(before, event)
    if (refusal) throw new RoomError(refusal.code)
    if (after === before) return { link: before, changed: false }
    const rev = this.rev + 1
    this.counts.set('linkRev', rev)
    const link = { user, ...after, rev }
    if (link.phase === 'off') this.links.delete(user.userID)
    else this.links.set(user.userID, link)
    return { link, changed: true }
  }
}
