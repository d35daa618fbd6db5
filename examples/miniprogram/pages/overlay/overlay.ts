import { login, logout } from 'roomlet/rtcroom'
import type { LiveRoom, LiveRoomEventDetail } from 'roomlet/components/live-room/live-room'
import type { ImEventDetail, WebrtcRoom } from 'roomlet/components/webrtc-room/webrtc-room'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { errorText } from '../../error-text'
import { askedKind, askedRole } from '../../page-query'
import type { RoomKind } from '../../page-query'
import { endLoginAfter } from '../../server/app-login'
import { handMessage, handOf, withHand } from '../../raised-hands'
import type { MemberData } from '../../raised-hands'

/** What this page calls of whichever room it shows: rtc-room and live-room send one way, webrtc-room the other. */
type Room = CallRoom &
  Partial<Pick<LiveRoom, 'sendTextMsg' | 'sendCustomMsg'>> &
  Partial<Pick<WebrtcRoom, 'sendGroupTextMsg' | 'sendGroupCustomMsg'>>

const TEMPLATE = 'grid'

/** Hands are raised by a message to everyone, and shown by a component of the page's own over each tile. */
Page({
  ...CALL_PAGE_STATE,
  ...CALL_PAGE_METHODS,
  data: {
    ...CALL_PAGE_DATA,
    template: TEMPLATE,
    kind: 'rtc-room' as RoomKind,
    role: 'audience',
    memberData: {} as MemberData,
    handUp: false,
  },

  onLoad(query) {
    const kind = askedKind(query)
    const role = askedRole(query)
    this.openCall(query, TEMPLATE, { kind, role })
  },

  onUnload() {
    endLoginAfter(this.closeCall(), logout)
  },

  room(): Room {
    return this.selectComponent('#room') as unknown as Room
  },

  join() {
    this.setData({ memberData: {}, handUp: false })
    return this.enterRoom(login)
  },

  onRoomEvent({ detail: event }: WechatMiniprogram.CustomEvent<LiveRoomEventDetail>) {
    switch (event.tag) {
      case 'recvTextMsg':
        return this.showMessage(event.userName, event.detail)
      case 'recvCustomMsg':
        return this.takeHand(event.userID, event.userName, handOf(event.detail))
      case 'memberJoin':
      case 'audienceEnter':
        // whoever comes late has not heard of a hand that is up
        if (this.data.handUp) void this.sendHand()
        return
      case 'memberLeave':
        return this.takeHand(event.detail.userID, '', false)
    }
  },

  onIMEvent({ detail: event }: WechatMiniprogram.CustomEvent<ImEventDetail>) {
    if (event.tag !== 'big_group_msg_notify') return
    for (const { userID, userName, kind, content } of event.detail) {
      if (kind === 'text') this.showMessage(userName, content)
      if (kind === 'custom') this.takeHand(userID, userName, handOf(content))
    }
  },

  takeHand(userID: string, userName: string, up: boolean | null) {
    if (up === null) return
    if (up && !this.data.memberData[userID]?.hand) this.showMessage(userName || userID, this.data.t.raisesHand)
    this.setData({ memberData: withHand(this.data.memberData, userID, up) })
  },

  async raiseHand() {
    const { handUp, memberData, userId } = this.data
    this.setData({ handUp: !handUp, memberData: withHand(memberData, userId, !handUp) })
    await this.sendHand()
  },

  async sendHand() {
    const message = handMessage(this.data.handUp)
    const room = this.room()
    try {
      await (room.sendGroupCustomMsg?.(message) ?? room.sendCustomMsg?.(message))
    } catch (error) {
      this.showToast(errorText(error))
    }
  },

  sayText(text: string) {
    const room = this.room()
    return room.sendGroupTextMsg?.(text) ?? room.sendTextMsg?.(text) ?? Promise.resolve()
  },
})
