import type { LiveRoom } from 'roomlet/components/live-room/live-room'
import { CALL_PAGE_DATA } from '../../call-page'
import type { CallPage } from '../../call-page'
import type { Person } from './live-people'

export interface Heart {
  readonly id: number
  /** rpx from the right */
  readonly right: number
}

/** What a broadcast begins with; the page goes back to it when somebody leaves. */
export const BEFORE_BROADCAST = {
  stage: 'form' as 'form' | 'joining' | 'call',
  sheet: '',
  messages: CALL_PAGE_DATA.messages,
  muted: false,
  camera: true,

  hostName: '',
  audience: [] as readonly Person[],
  audienceText: '',
  onAirText: '00:00',
  closed: false,
  likes: 0,
  likesText: '0',
  hearts: [] as readonly Heart[],

  /** Where one stands with link-mic: `linkStateChange` tells it. */
  linkPhase: 'off' as 'off' | 'requesting' | 'invited' | 'linking' | 'on',
  /** What stands on the button while a request or an invitation runs. */
  linkText: '',
  /** The invitation's card; it may be put away, the button stays. */
  askOpen: false,
  /** Who has asked for a seat, and who has one. */
  requests: [] as readonly Person[],
  guests: [] as readonly Person[],
  /** Those of the audience who have no seat. */
  invitees: [] as readonly Person[],
}

/** What the page shows; everything that its WXML reads is here. */
export const LIVE_PAGE_DATA = {
  ...CALL_PAGE_DATA,
  ...BEFORE_BROADCAST,
  role: 'audience' as 'presenter' | 'audience',
  template: 'float',
  hostId: '',
  hostInitial: '',
  hostColour: 0,
  audienceCount: 0,
  guestCountText: '',
  seatsFull: false,
  /** What a tall status bar, as beside a notch, pushes the page's head down by, px. */
  headShift: 0,
  /** There is a page to go back to. */
  canGoBack: false,
}

/** What the page keeps beside its data. */
export const LIVE_PAGE_STATE = {
  title: 'liveTitle' as const,
  /** For a show without hands: the audience asks for a seat by itself, the presenter grants it. */
  automatic: false,
  /** ms since 1970; 0 = not in a broadcast */
  onAirSince: 0,
  /** When a request or an invitation runs out, ms since 1970. */
  linkDeadline: 0,
}

/** The page as link-mic.ts and live-show.ts see it. */
export interface LivePage extends CallPage {
  readonly data: typeof LIVE_PAGE_DATA
  readonly automatic: boolean
  readonly onAirSince: number
  linkDeadline: number
  room(): LiveRoom
  showToast(text: string): void
  setAudience(audience: readonly Person[]): void
  acceptInvite(): void
  tick(): void
}
