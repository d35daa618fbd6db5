import { login, logout } from 'roomlet/liveroom'
import { askedCall, passForm } from '../../demo-form'
import { errorText } from '../../error-text'
import { askedRole } from '../../page-query'
import { PageTimers } from '../../page-timers'
import { endLoginAfter } from '../../server/app-login'
import { WORDS, langOf } from '../../words'
import type { LiveRoom, RoomEventDetail } from './live-component'
import { LIVE_PAGE_DATA } from './live-page-data'
import type { ChatLine, LinkPhase } from './live-page-data'
import { changed, clockText, countText, personOf, withPerson, without } from './live-people'
import type { Person, User } from './live-people'

type UserTap = WechatMiniprogram.TouchEvent<object, object, { user: string }>

const MESSAGES_SHOWN = 4
const TOAST_SHOWN_MS = 4000
const HEART_SHOWN_MS = 1800
const LINK_TIMEOUT_MS = 30_000
const SEATS = 3
/** The page's head stands clear of a status bar of this height by itself. */
const LOW_STATUS_BAR_PX = 20
const TICK_MS = 1000

Page({
  data: LIVE_PAGE_DATA,
  server: '',
  /** For a show without hands: the audience asks for a seat by itself, the presenter grants it. */
  automatic: false,
  joinCount: 0,
  lineCount: 0,
  onAirSince: 0,
  linkDeadline: 0,
  timers: new PageTimers(),

  onLoad(query) {
    this.timers = new PageTimers()
    const { server, autostart, fields } = askedCall(query, LIVE_PAGE_DATA.template)
    this.server = server
    this.automatic = query.automatic === '1'
    this.useLanguage(query.lang)
    const asked = {
      ...fields,
      role: askedRole(query),
      headShift: Math.max(0, wx.getWindowInfo().statusBarHeight - LOW_STATUS_BAR_PX),
      canGoBack: getCurrentPages().length > 1,
    }
    this.setData(asked, () => {
      if (autostart) void this.join()
    })
    this.timers.every(TICK_MS, () => this.tick())
  },

  onUnload() {
    this.joinCount += 1
    this.timers.clear()
    // the login is the app's: it ends after the broadcast has, so that the others see us leave
    endLoginAfter(this.room().stop(), logout)
  },

  useLanguage(asked: unknown) {
    const lang = langOf(asked)
    const t = WORDS[lang]
    this.setData({ lang, t })
    void wx.setNavigationBarTitle({ title: t.liveTitle })
  },

  room(): LiveRoom {
    return this.selectComponent('#room') as unknown as LiveRoom
  },

  chooseRole(event: WechatMiniprogram.TouchEvent<object, object, { role: 'presenter' | 'audience' }>) {
    this.setData({ role: event.currentTarget.dataset.role })
  },

  goBack() {
    void wx.navigateBack()
  },

  async join() {
    if (this.data.stage === 'form') this.setData({ closed: false })
    const join = await passForm(this, login)
    if (!join) return
    // a failure is told by the room itself, as its `error` event and on its stage
    this.room()
      .start()
      .then(() => this.entered(join))
      .catch(() => undefined)
  },

  async entered(join: number) {
    const { roomName } = await this.room().getRoomInfo()
    if (join !== this.joinCount) return
    this.onAirSince = Date.now()
    this.setData({ roomName })
    await this.showMembers()
    this.tick()
    if (this.automatic && this.data.role === 'audience') this.tapLink()
  },

  async hangUp() {
    this.joinCount += 1
    const { stage, sheet, messages, askOpen, linkPhase, requests, guests, audience, invitees } = LIVE_PAGE_DATA
    const { likes, likesText, hostName, audienceText, onAirText, linkText } = LIVE_PAGE_DATA
    this.onAirSince = 0
    this.setData({ stage, sheet, messages, askOpen, linkPhase, requests, guests, audience, invitees })
    this.setData({ likes, likesText, hostName, audienceText, onAirText, linkText, muted: false, camera: true })
    await this.room().stop()
  },

  /** Errors need nothing here: the room shows on its stage what happened and what to do. */
  onRoomEvent(event: WechatMiniprogram.CustomEvent<RoomEventDetail>) {
    const { tag, detail, userName } = event.detail
    const user = detail as User
    switch (tag) {
      case 'recvTextMsg':
        return this.showMessage(userName ?? '', String(detail))
      case 'recvCustomMsg':
        if ((detail as { like?: boolean } | null)?.like) this.showLike()
        return
      case 'memberJoin':
      case 'memberLeave':
        return void this.showMembers()
      case 'joinPusher':
        return this.takeRequest(user)
      case 'joinPusherEnded':
        return this.setData({ requests: without(this.data.requests, user.userID) })
      case 'linkStateChange':
        return this.takeLinkPhase((detail as { phase: LinkPhase }).phase)
      case 'linkInvited':
        return this.setData({ askOpen: true, sheet: '' })
      case 'linkOn':
        return this.takeLinkOn(user)
      case 'linkOff':
        return this.takeLinkOff(user, (detail as { reason: string }).reason)
      case 'mutedByPresenter':
        this.setData({ muted: true })
        return this.showToast(this.data.t.mutedByPresenter)
      case 'audienceEnter':
        return this.takeEntrance(user)
      case 'audienceLeave':
        return this.setAudience(without(this.data.audience, user.userID))
      case 'audienceCount':
        return this.showCount((detail as { count: number }).count)
      case 'roomClosed':
        return this.setData({ closed: true, askOpen: false, sheet: '' })
    }
  },

  async showMembers() {
    const [{ creator }, members] = await Promise.all([this.room().getRoomInfo(), this.room().getMembers()])
    if (!creator) return
    const { userId, userName } = this.data
    const self = { userID: userId, userName }
    const host = personOf(creator === userId ? self : (members.find(({ userID }) => userID === creator) ?? self), 0)
    const onAir = members.filter(({ userID }) => userID !== creator)
    const guests = onAir.map(
      (user): Person => this.data.guests.find(({ userID }) => userID === user.userID) ?? personOf(user, Date.now()),
    )
    this.setData({
      hostId: host.userID,
      hostName: host.userName,
      hostInitial: host.initial,
      hostColour: host.colour,
      guests,
      guestCountText: `${guests.length}/${SEATS}`,
      seatsFull: guests.length >= SEATS,
    })
    this.setAudience(this.data.audience)
  },

  setAudience(audience: readonly Person[]) {
    const { guests } = this.data
    const invitees = audience.filter(({ userID }) => !guests.some((guest) => guest.userID === userID))
    this.setData({ audience: [...audience], invitees })
  },

  showCount(count: number) {
    this.setData({ audienceCount: count, audienceText: this.data.t.watching.replace('{n}', countText(count)) })
  },

  takeEntrance(user: User) {
    this.setAudience(withPerson(this.data.audience, personOf(user, Date.now())))
    this.showMessage('', `${user.userName || user.userID} ${this.data.t.entered}`)
  },

  takeRequest(user: User) {
    this.setData({ requests: withPerson(this.data.requests, personOf(user, Date.now())) })
    if (this.automatic) this.act((room) => room.respondJoinReq(true, user))
  },

  takeLinkPhase(linkPhase: LinkPhase) {
    this.linkDeadline = Date.now() + LINK_TIMEOUT_MS
    this.setData({ linkPhase, askOpen: linkPhase === 'invited' && this.data.askOpen })
    this.tick()
  },

  takeLinkOn(user: User) {
    this.setData({ requests: without(this.data.requests, user.userID) })
    this.setAudience(changed(this.data.audience, user.userID, { invited: false }))
  },

  takeLinkOff(user: User, reason: string) {
    const { userId, t, audience } = this.data
    if (user.userID !== userId) {
      this.setAudience(changed(audience, user.userID, { invited: false }))
      return
    }
    // the presenter's mute ends with the seat
    this.setData({ muted: false, camera: true })
    const said = { rejected: t.linkRejected, timeout: t.linkTimeout, kicked: t.linkKicked, lost: t.linkLost }[reason]
    if (said) this.showToast(said)
  },

  /** The one button of link-mic: what it does is what stands on it. */
  tapLink() {
    const { linkPhase, seatsFull } = this.data
    if (linkPhase === 'invited') return this.acceptInvite()
    if (linkPhase !== 'off') return this.act((room) => room.endJoinPusher())
    if (seatsFull) return
    // a refusal comes as linkOff or error
    this.room()
      .requestJoinPusher({ timeout: LINK_TIMEOUT_MS })
      .catch(() => undefined)
  },

  acceptInvite() {
    this.setData({ askOpen: false })
    this.room()
      .respondInvite(true)
      .catch(() => undefined)
  },

  declineInvite() {
    this.setData({ askOpen: false })
    this.act((room) => room.respondInvite(false))
  },

  putAskAway() {
    this.setData({ askOpen: false })
  },

  acceptRequest({ currentTarget }: UserTap) {
    this.act((room) => room.respondJoinReq(true, { userID: currentTarget.dataset.user }))
  },

  declineRequest({ currentTarget }: UserTap) {
    this.act((room) => room.respondJoinReq(false, { userID: currentTarget.dataset.user }))
  },

  invite({ currentTarget }: UserTap) {
    const { user } = currentTarget.dataset
    this.setAudience(changed(this.data.audience, user, { invited: true }))
    this.act((room) => room.inviteJoinPusher(user))
  },

  withdrawInvite({ currentTarget }: UserTap) {
    const { user } = currentTarget.dataset
    this.setAudience(changed(this.data.audience, user, { invited: false }))
    this.act((room) => room.kickoutSubPusher(user))
  },

  muteGuest({ currentTarget }: UserTap) {
    const { user } = currentTarget.dataset
    this.setData({ guests: changed(this.data.guests, user, { muted: true }) })
    this.act((room) => room.muteGuest(user))
  },

  kickGuest({ currentTarget }: UserTap) {
    this.act((room) => room.kickoutSubPusher(currentTarget.dataset.user))
  },

  kickLastGuest() {
    const last = this.data.guests[this.data.guests.length - 1]
    if (last) this.act((room) => room.kickoutSubPusher(last.userID))
  },

  act(run: (room: LiveRoom) => Promise<unknown>) {
    run(this.room()).catch((error: unknown) => this.showToast(errorText(error)))
  },

  toggleMute() {
    this.setData({ muted: !this.data.muted })
  },

  toggleCamera() {
    this.setData({ camera: !this.data.camera })
  },

  flip() {
    this.act((room) => room.switchCamera())
  },

  chooseBeauty(event: WechatMiniprogram.TouchEvent<object, object, { beauty: number }>) {
    this.setData({ beauty: Number(event.currentTarget.dataset.beauty) })
  },

  openSheet(event: WechatMiniprogram.TouchEvent<object, object, { sheet: 'beauty' | 'chat' | 'links' | 'invite' }>) {
    this.setData({ sheet: event.currentTarget.dataset.sheet })
  },

  closeSheet() {
    this.setData({ sheet: '' })
  },

  onInput(event: WechatMiniprogram.Input<object, { field: 'roomId' | 'userName' | 'draft' }>) {
    const { value } = event.detail
    if (typeof value === 'string') this.setData({ [event.currentTarget.dataset.field]: value })
  },

  async sendText() {
    const text = this.data.draft.trim()
    if (!text) return
    try {
      await this.room().sendTextMsg(text)
    } catch (error) {
      return this.showToast(errorText(error))
    }
    this.setData({ draft: '', sheet: '' })
    this.showMessage(this.data.t.me, text)
  },

  sendLike() {
    this.showLike()
    this.room()
      .sendCustomMsg({ like: true })
      .catch(() => undefined)
  },

  showLike() {
    const likes = this.data.likes + 1
    const heart = { id: (this.lineCount += 1), right: 28 + Math.round(Math.random() * 52) }
    this.setData({ likes, likesText: countText(likes), hearts: [...this.data.hearts, heart] })
    this.timers.later(HEART_SHOWN_MS, () =>
      this.setData({ hearts: this.data.hearts.filter(({ id }) => id !== heart.id) }),
    )
  },

  showMessage(who: string, text: string) {
    const line: ChatLine = { id: (this.lineCount += 1), who, text }
    this.setData({ messages: [...this.data.messages, line].slice(-MESSAGES_SHOWN) })
  },

  showToast(toast: string) {
    this.setData({ toast })
    this.timers.later(TOAST_SHOWN_MS, () => {
      if (this.data.toast === toast) this.setData({ toast: '' })
    })
  },

  /** Once a second: the clocks that stand on the page. */
  tick() {
    if (!this.onAirSince || this.data.closed) return
    const { linkPhase, requests, guests, sheet } = this.data
    const now = Date.now()
    const onAirText = clockText(now - this.onAirSince)
    const left = Math.max(0, Math.ceil((this.linkDeadline - now) / 1000))
    const linkText =
      linkPhase === 'requesting' || linkPhase === 'invited' ? this.data.t.seconds.replace('{n}', String(left)) : ''
    this.setData({ onAirText })
    if (linkText !== this.data.linkText) this.setData({ linkText })
    if (sheet !== 'links') return
    const waited = (person: Person): Person => ({ ...person, waited: clockText(now - person.since) })
    this.setData({ requests: requests.map(waited), guests: guests.map(waited) })
  },
})
