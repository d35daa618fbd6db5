import { RoomError } from '../../../src/errors'
import type { LinkState, UserInfo } from '../../../src/model'
import { isDue, LINK_OFF, linkStep, type LinkEvent } from './link-step'

/** Link-mic of everyone in a room who is not off, under one revision counter. */
export class LinkTable {
  private readonly links = new Map<string, LinkState>()
  private revision = 0

  /** Of the latest change. */
  get rev(): number {
    return this.revision
  }

  /** How the user stands; off as of now when there is nothing to know. */
  of(user: UserInfo): LinkState {
    return this.links.get(user.userID) ?? { user, ...LINK_OFF, rev: this.revision }
  }

  list(): LinkState[] {
    return [...this.links.values()]
  }

  /** Requests and invitations that have run out. */
  due(now: number): LinkState[] {
    return this.list().filter((link) => isDue(link, now))
  }

  /** Whether a request or an invitation can run out. */
  get isPending(): boolean {
    for (const link of this.links.values()) if (link.expiresAt !== undefined) return true
    return false
  }

  /** @throws RoomError when the event is refused; nothing has changed then */
  apply(user: UserInfo, event: LinkEvent): { readonly link: LinkState; readonly changed: boolean } {
    const before = this.of(user)
    const [after, [refusal]] = linkStep(before, event)
    if (refusal) throw new RoomError(refusal.code)
    if (after === before) return { link: before, changed: false }
    this.revision += 1
    const link = { user, ...after, rev: this.revision }
    if (link.phase === 'off') this.links.delete(user.userID)
    else this.links.set(user.userID, link)
    return { link, changed: true }
  }
}
