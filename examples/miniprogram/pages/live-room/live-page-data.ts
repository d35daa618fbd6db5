import { WORDS } from '../../words'
import type { Lang, Words } from '../../words'
import type { Person } from './live-people'

export interface ChatLine {
  readonly id: number
  /** '' = told by the page itself */
  readonly who: string
  readonly text: string
}

export interface Heart {
  readonly id: number
  /** rpx from the right */
  readonly right: number
}

export type LinkPhase = 'off' | 'requesting' | 'invited' | 'linking' | 'on'

/** What the page shows; everything the WXML reads is here. */
export const LIVE_PAGE_DATA = {
  stage: 'form' as 'form' | 'joining' | 'call',
  lang: 'zh' as Lang,
  t: WORDS.zh as Words,
  userId: '',
  userName: '',
  roomId: '',
  roomName: '',
  role: 'audience' as 'presenter' | 'audience',
  template: 'float',
  muted: false,
  camera: true,
  beauty: 5,
  debug: false,
  beautySteps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  sheet: '' as '' | 'beauty' | 'chat' | 'links' | 'invite',
  draft: '',
  messages: [] as ChatLine[],
  hearts: [] as Heart[],
  likes: 0,
  likesText: '0',
  toast: '',

  hostId: '',
  hostName: '',
  hostInitial: '',
  hostColour: 0,
  audienceCount: 0,
  audienceText: '',
  onAirText: '00:00',
  closed: false,
  /** What a tall status bar, as beside a notch, pushes the page's head down by, px. */
  headShift: 0,
  /** There is a page to go back to. */
  canGoBack: false,

  linkPhase: 'off' as LinkPhase,
  /** What stands on the button while a request or an invitation runs. */
  linkText: '',
  /** The invitation's card; it may be put away, the button stays. */
  askOpen: false,
  seatsFull: false,
  requests: [] as Person[],
  guests: [] as Person[],
  guestCountText: '',
  audience: [] as Person[],
  /** Those of the audience who have no seat. */
  invitees: [] as Person[],
}
