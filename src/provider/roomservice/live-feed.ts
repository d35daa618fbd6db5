import type { LinkState } from '../../model'
import type { LiveFrame, LiveInfo as WireLiveInfo } from '../../signaling/protocol'
import type { TypedEmitter } from '../../util/emitter'
import type { LiveInfo, ProviderEvents } from '../provider'

/**
 * What one participant knows of a broadcast beside its roster: repaired by each answer that tells all of it, kept up to
 * date by frames in between. Whatever changes is emitted. Link-mic goes by revision: of two states the newer counts,
 * in whatever order they come.
 */
export class LiveFeed {
  private info: Omit<LiveInfo, 'links'> | null = null
  private readonly links = new Map<string, LinkState>()
  private epoch = ''
  /** Added to the server's revisions, so that they rise over the session although a rebuilt room begins anew. */
  private base = 0

  constructor(private readonly events: Pick<TypedEmitter<ProviderEvents>, 'emit'>) {}

  /** null in a call. */
  get live(): LiveInfo | null {
    return this.info && { ...this.info, links: [...this.links.values()].filter(({ phase }) => phase !== 'off') }
  }

  /** Takes over an address that was signed anew. */
  renewUrl(liveUrl: string): void {
    if (this.info) this.info = { ...this.info, liveUrl }
  }

  /** Takes what the server says of everything. The first time is silent, later ones emit what is different. */
  load(epoch: string, { liveURL, audienceCount, presenterAway, links, linkRev, pushURL = '' }: WireLiveInfo): void {
    const before = this.info
    const isRebuilt = epoch !== this.epoch
    if (isRebuilt) this.base = this.newestRev + 1
    this.epoch = epoch
    this.info = { liveUrl: liveURL, audienceCount, presenterAway }
    const gone = new Set(this.links.keys())
    for (const link of links) {
      gone.delete(link.user.userID)
      this.takeLink(link, link.phase === 'on' ? pushURL : '', before !== null)
    }
    for (const userID of gone) this.takeOff(userID, linkRev)
    if (!before) return
    if (before.audienceCount !== audienceCount) {
      this.events.emit('audienceChanged', { count: audienceCount, entered: [], left: [] })
    }
    if (before.presenterAway !== presenterAway) this.events.emit('presenterAway', presenterAway)
  }

  take(frame: LiveFrame): void {
    if (!this.info) return
    if ('link' in frame) return void this.told(frame.link, frame.pushURL)
    if ('audience' in frame) {
      const { count, entered = [], left = [] } = frame.audience
      this.info = { ...this.info, audienceCount: count }
      this.events.emit('audienceChanged', { count, entered, left })
    } else if ('presenterAway' in frame) {
      if (this.info.presenterAway === frame.presenterAway) return
      this.info = { ...this.info, presenterAway: frame.presenterAway }
      this.events.emit('presenterAway', frame.presenterAway)
    } else this.events.emit('mutedByPresenter', frame.muted)
  }

  /** Takes one link of an answer or a frame. @returns the newest that is known of this user */
  told(link: LinkState, pushURL = ''): LinkState {
    return this.takeLink(link, pushURL, true)
  }

  private takeLink(link: LinkState, pushURL: string, isNews: boolean): LinkState {
    const known = this.links.get(link.user.userID)
    const rev = link.rev + this.base
    if (known && known.rev >= rev) return known
    const newer = { ...link, rev }
    this.links.set(link.user.userID, newer)
    // off is no news of somebody who was never anything else
    if (isNews && (known || link.phase !== 'off')) this.events.emit('linkChanged', newer, pushURL)
    return newer
  }

  /** Somebody the server does not name is off, unless newer things are known. */
  private takeOff(userID: string, linkRev: number): void {
    const known = this.links.get(userID)
    const rev = linkRev + this.base
    if (!known || known.phase === 'off' || known.rev >= rev) return
    const link: LinkState = { user: known.user, phase: 'off', rev }
    this.links.set(userID, link)
    this.events.emit('linkChanged', link, '')
  }

  private get newestRev(): number {
    let newest = -1
    for (const { rev } of this.links.values()) newest = Math.max(newest, rev)
    return newest
  }
}
