import { PEOPLE, PRESENTER } from './people'
import type { Person } from './people'
import type { Word } from './words'

export type DemoName = 'rtc-room' | 'live-room' | 'webrtc-room' | 'providers' | 'themes' | 'overlay'
/** Which component a page shows that can show several. */
export type Kind = 'rtc-room' | 'live-room' | 'webrtc-room'
export type Role = 'presenter' | 'audience'

/** What the page shows for one component: its demo page, and who holds the phones. */
export interface Demo {
  readonly name: DemoName
  readonly pagePath: string
  /** `title` of several phones, `titleOfOne` of one alone */
  readonly title: Word
  readonly titleOfOne: Word
  readonly start: Word
  readonly hint: Word
  /** In the order in which phones are added. */
  readonly people: readonly Person[]
  readonly phonesAtFirst: number
  readonly templates: readonly string[]
  readonly template: string
  /** The page fills the phone, the status bar lies over it. */
  readonly underStatusBar: boolean
  /** '' where everyone does the same */
  roleOf(index: number): Role | ''
  /** What the card has for the person: switches of a call, actions of a broadcast, or nothing. */
  readonly panel: 'switches' | 'broadcast' | 'none'
  /** A way to an interface of one's own, in these words. They share one tab. */
  readonly customUi?: Word
  /** The components that the page can show, and which it does. */
  readonly kinds?: readonly Kind[]
  readonly kind?: Kind
  /** How the page of each phone looks at first. */
  readonly looks?: readonly string[]
  /** This one sits at the desk's page instead of holding a phone; absent where all have phones. */
  readonly deskAt?: number
}

const TEMPLATES = ['1v1', '1v3', 'grid', 'float', 'bigsmall']

const CALL: Omit<Demo, 'name' | 'pagePath' | 'title'> = {
  titleOfOne: 'onePhone',
  start: 'start',
  hint: 'idleHint',
  people: PEOPLE,
  phonesAtFirst: 2,
  templates: TEMPLATES,
  // a room made with 1v1 holds two, so a page to which a third phone may be added starts with another layout
  template: 'bigsmall',
  underStatusBar: false,
  panel: 'switches',
  roleOf: () => '',
}

const BROADCAST = {
  start: 'goLive',
  hint: 'liveHint',
  people: [PRESENTER, ...PEOPLE.filter(({ userId }) => userId !== 'zhouya')],
  roleOf: (index: number) => (index === 0 ? 'presenter' : 'audience'),
} as const satisfies Partial<Demo>

const KINDS: readonly Kind[] = ['rtc-room', 'live-room', 'webrtc-room']

export const DEMOS: Readonly<Record<DemoName, Demo>> = {
  'rtc-room': {
    name: 'rtc-room',
    pagePath: 'pages/rtc-room/rtc-room',
    title: 'twoPhones',
    ...CALL,
  },
  'live-room': {
    name: 'live-room',
    pagePath: 'pages/live-room/live-room',
    title: 'liveTitle',
    titleOfOne: 'liveTitleOfOne',
    ...BROADCAST,
    phonesAtFirst: 3,
    templates: TEMPLATES,
    template: 'float',
    underStatusBar: true,
    panel: 'broadcast',
  },
  'webrtc-room': {
    name: 'webrtc-room',
    pagePath: 'pages/webrtc-room/webrtc-room',
    title: 'deskTitle',
    titleOfOne: 'onePhone',
    start: 'start',
    hint: 'deskHint',
    people: [...PEOPLE.slice(1, 3)],
    phonesAtFirst: 2,
    templates: ['bigsmall', 'float', 'grid', '1u3d', '1l3r'],
    template: 'bigsmall',
    underStatusBar: false,
    panel: 'switches',
    roleOf: () => '',
    deskAt: 1,
  },
  providers: {
    name: 'providers',
    pagePath: 'pages/providers/providers',
    title: 'directTitle',
    ...CALL,
    // whoever joins with an encoder has a tile as large as everyone's
    template: 'grid',
  },
  themes: {
    name: 'themes',
    pagePath: 'pages/themes/themes',
    title: 'themesTitle',
    ...CALL,
    template: 'grid',
    customUi: 'themesSay',
    looks: ['dark', 'brand', 'plain'],
  },
  overlay: {
    name: 'overlay',
    pagePath: 'pages/overlay/overlay',
    title: 'overlayTitle',
    ...CALL,
    template: 'grid',
    customUi: 'overlaySay',
    kinds: KINDS,
  },
}

/** What an address asks for; a call when it asks for nothing that there is. */
export function demoOf(name: string | null, kind: string | null = null): Demo {
  const demo = Object.values(DEMOS).find((each) => each.name === name) ?? DEMOS['rtc-room']
  if (!demo.kinds) return demo
  const shown = demo.kinds.find((each) => each === kind) ?? KINDS[0]
  return { ...demo, kind: shown, ...(shown === 'live-room' && BROADCAST) }
}
