import { PEOPLE, PRESENTER } from './people'
import type { Person } from './people'
import type { Word } from './words'

export type DemoName = 'rtc-room' | 'live-room' | 'webrtc-room' | 'providers'
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
  roleOf: () => '',
}

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
    start: 'goLive',
    hint: 'liveHint',
    people: [PRESENTER, ...PEOPLE.filter(({ userId }) => userId !== 'zhouya')],
    phonesAtFirst: 3,
    templates: TEMPLATES,
    template: 'float',
    underStatusBar: true,
    roleOf: (index) => (index === 0 ? 'presenter' : 'audience'),
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
}

export function demoOf(name: string | null): Demo {
  return Object.values(DEMOS).find((demo) => demo.name === name) ?? DEMOS['rtc-room']
}
