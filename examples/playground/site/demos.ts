import { PEOPLE, PRESENTER } from './people'
import type { Person } from './people'
import type { Word } from './words'

export type DemoName =
  | 'rtc-room'
  | 'live-room'
  | 'webrtc-room'
  | 'providers'
  | 'themes'
  | 'overlay'
  | 'custom-layout'
  | 'room-template'
  | 'push-play'
  | 'app'
/** Which component a page shows that can show several. */
export type Kind = 'rtc-room' | 'live-room' | 'webrtc-room'
export type Role = 'presenter' | 'audience'

/** What the page shows for one component: its demo page, and who holds the phones. */
export interface Demo {
  readonly name: DemoName
  /** What its tab says; absent where that is the name of a component. */
  readonly tab?: Word
  /** `tags`: pages with a bare live-pusher or live-player; `app`: the example app from its first page on */
  readonly holds: 'room' | 'tags' | 'app'
  /** Of the phones in their order; the last one is also that of all after it. */
  readonly pagePaths: readonly string[]
  /** `title` of several phones, `titleOfOne` of one alone */
  readonly title: Word
  readonly titleOfOne: Word
  readonly start: Word
  readonly hint: Word
  /** How many run and for how long, and how many of them come back just now. */
  readonly running: Word
  readonly recovering: Word
  /** In the order in which phones are added. */
  readonly people: readonly Person[]
  readonly phonesAtFirst: number
  readonly templates: readonly string[]
  readonly template: string
  /** The page fills the phone, the status bar lies over it. */
  readonly underStatusBar: boolean
  /** '' where everyone does the same */
  roleOf(index: number): Role | ''
  /** Starts once the first phone runs, because there is nothing for it before. */
  follows(index: number): boolean
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

const CALL: Omit<Demo, 'name' | 'pagePaths' | 'title'> = {
  holds: 'room',
  running: 'inCall',
  recovering: 'someReconnecting',
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
  follows: () => false,
}

const BROADCAST = {
  start: 'goLive',
  hint: 'liveHint',
  people: [PRESENTER, ...PEOPLE.filter(({ userId }) => userId !== 'zhouya')],
  roleOf: (index: number) => (index === 0 ? 'presenter' : 'audience'),
  follows: (index: number) => index > 0,
} as const satisfies Partial<Demo>

const KINDS: readonly Kind[] = ['rtc-room', 'live-room', 'webrtc-room']

export const DEMOS: Readonly<Record<DemoName, Demo>> = {
  'rtc-room': {
    name: 'rtc-room',
    pagePaths: ['pages/rtc-room/rtc-room'],
    title: 'twoPhones',
    ...CALL,
  },
  'live-room': {
    ...CALL,
    name: 'live-room',
    pagePaths: ['pages/live-room/live-room'],
    title: 'liveTitle',
    titleOfOne: 'liveTitleOfOne',
    ...BROADCAST,
    phonesAtFirst: 3,
    template: 'float',
    underStatusBar: true,
    panel: 'broadcast',
  },
  'webrtc-room': {
    ...CALL,
    name: 'webrtc-room',
    pagePaths: ['pages/webrtc-room/webrtc-room'],
    title: 'deskTitle',
    hint: 'deskHint',
    people: [...PEOPLE.slice(1, 3)],
    templates: ['bigsmall', 'float', 'grid', '1u3d', '1l3r'],
    deskAt: 1,
  },
  providers: {
    name: 'providers',
    tab: 'providersTab',
    pagePaths: ['pages/providers/providers'],
    title: 'directTitle',
    ...CALL,
    // whoever joins with an encoder has a tile as large as everyone's
    template: 'grid',
  },
  themes: {
    name: 'themes',
    tab: 'customUi',
    pagePaths: ['pages/themes/themes'],
    title: 'themesTitle',
    ...CALL,
    template: 'grid',
    customUi: 'themesSay',
    looks: ['dark', 'brand', 'plain'],
  },
  overlay: {
    name: 'overlay',
    pagePaths: ['pages/overlay/overlay'],
    title: 'overlayTitle',
    ...CALL,
    template: 'grid',
    customUi: 'overlaySay',
    kinds: KINDS,
  },
  'custom-layout': {
    name: 'custom-layout',
    pagePaths: ['pages/custom-layout/custom-layout'],
    title: 'layoutTitle',
    ...CALL,
    panel: 'none',
    customUi: 'layoutSay',
  },
  'room-template': {
    name: 'room-template',
    pagePaths: ['pages/room-template/room-template'],
    title: 'templateTitle',
    ...CALL,
    panel: 'none',
    customUi: 'templateSay',
    kinds: KINDS,
  },
  'push-play': {
    ...CALL,
    name: 'push-play',
    tab: 'tagsTab',
    holds: 'tags',
    panel: 'none',
    pagePaths: ['pages/push/push', 'pages/play/play'],
    title: 'tagsTitle',
    titleOfOne: 'tagsTitleOfOne',
    start: 'startTags',
    hint: 'tagsHint',
    running: 'tagsRunning',
    recovering: 'tagsRecovering',
    follows: (index) => index > 0,
  },
  app: {
    ...CALL,
    name: 'app',
    tab: 'appTab',
    holds: 'app',
    panel: 'none',
    pagePaths: ['pages/index/index'],
    title: 'appTitle',
    titleOfOne: 'appTitle',
    hint: 'appHint',
    people: PEOPLE.slice(0, 1),
    phonesAtFirst: 1,
  },
}

/** What an address asks for; a call when it asks for nothing that there is. */
export function demoOf(name: string | null, kind: string | null = null): Demo {
  const demo = Object.values(DEMOS).find((each) => each.name === name) ?? DEMOS['rtc-room']
  if (!demo.kinds) return demo
  const shown = demo.kinds.find((each) => each === kind) ?? KINDS[0]
  return { ...demo, kind: shown, ...(shown === 'live-room' && BROADCAST) }
}
