import type { LinkState, UserInfo } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { StoredNotice } from './stored-room'

/** What every node of the service hears, in the order it happened in each room. */
export type StoreEvent =
  | NoticeEvent
  /** The member is now held by someone else than this connection. */
  | { readonly type: 'replaced'; readonly room: string; readonly userID: string; readonly connection: string }
  /** Nobody publishes from this seat any more: its member is gone, only watches, or has come again elsewhere. */
  | { readonly type: 'unseated'; readonly room: string; readonly userID: string; readonly seat: string }
  | { readonly type: 'destroyed'; readonly room: string; readonly epoch: string }
  | { readonly type: 'loggedOut'; readonly login: string }
  | LiveEvent

export interface NoticeEvent {
  readonly type: 'notice'
  readonly room: string
  readonly epoch: string
  readonly kind: RoomKind
  readonly notice: StoredNotice
}

/** What happens in a live_room without a number. */
export type LiveEvent =
  | {
      readonly type: 'link'
      readonly room: string
      readonly presenter: string
      readonly link: LinkState
      /** Of the guest, '' while it has none. */
      readonly seat: string
    }
  /** The presenter has muted this guest. */
  | { readonly type: 'muted'; readonly room: string; readonly userID: string }
  /** The presenter's connection is lost or back. */
  | { readonly type: 'away'; readonly room: string; readonly away: boolean }
  /** Somebody came to watch or went. */
  | {
      readonly type: 'audience'
      readonly room: string
      readonly presenter: string
      readonly count: number
      readonly entered?: UserInfo
      readonly left?: UserInfo
    }
  /** Whoever was held by this connection does not watch any more. */
  | { readonly type: 'out'; readonly room: string; readonly userID: string; readonly connection: string }
