import type { User } from './live-people'

/** The methods of `<live-room>` that this page calls. */
export interface LiveRoom {
  start(): Promise<unknown>
  stop(): Promise<unknown>
  switchCamera(): Promise<unknown>
  sendTextMsg(text: string): Promise<unknown>
  sendCustomMsg(data: unknown): Promise<unknown>
  getRoomInfo(): Promise<{ readonly roomName: string; readonly creator: string }>
  getMembers(): Promise<readonly User[]>
  requestJoinPusher(options: { timeout: number }): Promise<unknown>
  respondInvite(agree: boolean): Promise<unknown>
  endJoinPusher(): Promise<unknown>
  respondJoinReq(agree: boolean, audience: { userID: string }): Promise<unknown>
  inviteJoinPusher(userID: string): Promise<unknown>
  kickoutSubPusher(userID: string): Promise<unknown>
  muteGuest(userID: string): Promise<unknown>
}

/** `e.detail` of its events, as far as this page reads it. */
export interface RoomEventDetail {
  readonly tag: string
  readonly detail: unknown
  readonly userName?: string
}
