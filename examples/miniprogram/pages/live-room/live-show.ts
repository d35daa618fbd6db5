import { clockText, countText, personOf, without, withPerson } from './live-people'
import type { Person, User } from './live-people'
import type { LivePage } from './live-page'

const MESSAGES_SHOWN = 4
const HEART_SHOWN_MS = 1800
const SEATS = 3

/** What the page shows around the room's component: who is there, what is said, likes and clocks. */
export const LIVE_SHOW_METHODS = {
  async showMembers(this: LivePage) {
    const [{ roomName, creator }, members] = await Promise.all([this.room().getRoomInfo(), this.room().getMembers()])
    if (!creator) return
    const { userId, userName, audience } = this.data
    const presenter = members.find(({ userID }) => userID === creator) ?? { userID: userId, userName }
    const host = personOf(presenter, 0)
    const guests = members
      .filter(({ userID }) => userID !== creator)
      .map((user) => this.data.guests.find(({ userID }) => userID === user.userID) ?? personOf(user, Date.now()))
    this.setData({
      roomName,
      hostId: host.userID,
      hostName: host.userName,
      hostInitial: host.initial,
      hostColour: host.colour,
      guests,
      guestCountText: `${guests.length}/${SEATS}`,
      seatsFull: guests.length >= SEATS,
    })
    this.setAudience(audience)
  },

  setAudience(this: LivePage, audience: readonly Person[]) {
    const { guests } = this.data
    const invitees = audience.filter(({ userID }) => !guests.some((guest) => guest.userID === userID))
    this.setData({ audience, invitees })
  },

  showEntrance(this: LivePage, user: User) {
    this.setAudience(withPerson(this.data.audience, personOf(user, Date.now())))
    this.showMessage('', `${user.userName || user.userID} ${this.data.t.entered}`)
  },

  showExit(this: LivePage, { userID }: User) {
    this.setAudience(without(this.data.audience, userID))
  },

  showCount(this: LivePage, count: number) {
    this.setData({ audienceCount: count, audienceText: this.data.t.watching.replace('{n}', countText(count)) })
  },

  /** `who`: '' = the page itself */
  showMessage(this: LivePage, who: string, text: string) {
    const line = { id: (this.messageCount += 1), who, text }
    this.setData({ messages: [...this.data.messages, line].slice(-MESSAGES_SHOWN) })
  },

  showLike(this: LivePage) {
    const likes = this.data.likes + 1
    const heart = { id: likes, right: 28 + Math.round(Math.random() * 52) }
    this.setData({ likes, likesText: countText(likes), hearts: [...this.data.hearts, heart] })
    this.timers.later(HEART_SHOWN_MS, () =>
      this.setData({ hearts: this.data.hearts.filter(({ id }) => id !== heart.id) }),
    )
  },

  /** Once a second: the clocks that stand on the page. */
  tick(this: LivePage) {
    if (!this.onAirSince || this.data.closed) return
    const { linkPhase, requests, guests, sheet, t } = this.data
    const now = Date.now()
    const left = Math.max(0, Math.ceil((this.linkDeadline - now) / 1000))
    const isWaiting = linkPhase === 'requesting' || linkPhase === 'invited'
    const linkText = isWaiting ? t.seconds.replace('{n}', String(left)) : ''
    this.setData({ onAirText: clockText(now - this.onAirSince), ...(linkText !== this.data.linkText && { linkText }) })
    if (sheet !== 'links') return
    const waited = (person: Person): Person => ({ ...person, waited: clockText(now - person.since) })
    this.setData({ requests: requests.map(waited), guests: guests.map(waited) })
  },
}
