import type { LiveRoom, LiveRoomEventDetail } from 'roomlet/components/live-room/live-room'
import { errorText } from '../../error-text'
import { changed, personOf, without, withPerson } from './live-people'
import type { LivePage } from './live-page'

type UserTap = WechatMiniprogram.TouchEvent<object, object, { user: string }>

/** How long the presenter has for an answer, and a viewer for an invitation, ms. */
const LINK_TIMEOUT_MS = 30_000

/** Calls the room and says why it did not work, if it did not. */
function ask(page: LivePage, run: (room: LiveRoom) => Promise<unknown>): void {
  run(page.room()).catch((error: unknown) => page.showToast(errorText(error)))
}

/** Link-mic: the buttons of the audience, those of the presenter, and what the room tells of it. */
export const LINK_MIC_METHODS = {
  /** The one button of the audience: what it does is what stands on it. A refusal comes as `linkOff` or `error`. */
  tapLink(this: LivePage) {
    const { linkPhase, seatsFull } = this.data
    if (linkPhase === 'invited') this.acceptInvite()
    else if (linkPhase !== 'off') ask(this, (room) => room.endJoinPusher())
    else if (!seatsFull) void this.room().requestJoinPusher({ timeout: LINK_TIMEOUT_MS })
  },

  acceptInvite(this: LivePage) {
    this.setData({ askOpen: false })
    void this.room().respondInvite(true)
  },

  declineInvite(this: LivePage) {
    this.setData({ askOpen: false })
    ask(this, (room) => room.respondInvite(false))
  },

  putAskAway(this: LivePage) {
    this.setData({ askOpen: false })
  },

  acceptRequest(this: LivePage, { currentTarget }: UserTap) {
    ask(this, (room) => room.respondJoinReq(true, { userID: currentTarget.dataset.user }))
  },

  declineRequest(this: LivePage, { currentTarget }: UserTap) {
    ask(this, (room) => room.respondJoinReq(false, { userID: currentTarget.dataset.user }))
  },

  invite(this: LivePage, { currentTarget }: UserTap) {
    const { user } = currentTarget.dataset
    this.setAudience(changed(this.data.audience, user, { invited: true }))
    ask(this, (room) => room.inviteJoinPusher(user))
  },

  withdrawInvite(this: LivePage, { currentTarget }: UserTap) {
    const { user } = currentTarget.dataset
    this.setAudience(changed(this.data.audience, user, { invited: false }))
    ask(this, (room) => room.kickoutSubPusher(user))
  },

  muteGuest(this: LivePage, { currentTarget }: UserTap) {
    const { user } = currentTarget.dataset
    this.setData({ guests: changed(this.data.guests, user, { muted: true }) })
    ask(this, (room) => room.muteGuest(user))
  },

  kickGuest(this: LivePage, { currentTarget }: UserTap) {
    ask(this, (room) => room.kickoutSubPusher(currentTarget.dataset.user))
  },

  kickLastGuest(this: LivePage) {
    const last = this.data.guests[this.data.guests.length - 1]
    if (last) ask(this, (room) => room.kickoutSubPusher(last.userID))
  },

  /** What `onRoomEvent` tells of link-mic; all else is left to the page. */
  onLinkEvent(this: LivePage, event: LiveRoomEventDetail) {
    const { requests, audience, userId, t } = this.data
    switch (event.tag) {
      case 'joinPusher':
        this.setData({ requests: withPerson(requests, personOf(event.detail, Date.now())) })
        if (this.automatic) ask(this, (room) => room.respondJoinReq(true, event.detail))
        return
      case 'joinPusherEnded':
        return this.setData({ requests: without(requests, event.detail.userID) })
      case 'linkStateChange':
        this.linkDeadline = Date.now() + LINK_TIMEOUT_MS
        this.setData({ linkPhase: event.detail.phase })
        if (event.detail.phase !== 'invited') this.setData({ askOpen: false })
        return this.tick()
      case 'linkInvited':
        return this.setData({ askOpen: true, sheet: '' })
      case 'linkOn':
        this.setData({ requests: without(requests, event.detail.userID) })
        return this.setAudience(changed(audience, event.detail.userID, { invited: false }))
      case 'linkOff':
        if (event.detail.userID === userId) return showEnd(this, event.detail.reason)
        return this.setAudience(changed(audience, event.detail.userID, { invited: false }))
      case 'mutedByPresenter':
        this.setData({ muted: true })
        return this.showToast(t.mutedByPresenter)
    }
  },
}

/** One's own seat is over, or one's request: the presenter's mute ends with it. */
function showEnd(page: LivePage, reason: string): void {
  const { t } = page.data
  page.setData({ muted: false, camera: true })
  const said = { rejected: t.linkRejected, timeout: t.linkTimeout, kicked: t.linkKicked, lost: t.linkLost }[reason]
  if (said) page.showToast(said)
}
