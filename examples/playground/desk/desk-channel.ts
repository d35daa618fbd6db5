import type { RoomSession } from '../../../src/room/room-session'
import type { PhoneChannel } from '../runtime/phone-channel'
import { hub } from '../runtime/phone-hub'
import type { Language } from './words'

/** What the page around a desk reads of it, in the words of a demo page. */
export interface DeskState {
  readonly stage: 'form' | 'joining' | 'call'
  readonly muted: boolean
  readonly camera: boolean
}

/** What the page around a desk does with it. */
export interface DeskHandle {
  readonly state: DeskState
  join(): void
  hangUp(): Promise<void>
  change(changed: Partial<DeskState>): void
  useLanguage(language: Language): void
  close(): void
}

/** Name that the desk's settings are reported under, as a demo page's are under its path. */
const DESK_PAGE = 'desk'

/** Shows the page around a desk the same channel that a phone has: it follows and steers both alike. */
export function publishDesk(desk: DeskHandle): void {
  const channel: PhoneChannel = {
    page: {
      get data() {
        return { ...desk.state }
      },
      setData: (changed) => desk.change(changed),
      selectComponent: () => null,
      join: () => desk.join(),
      hangUp: () => desk.hangUp(),
      useLanguage: (language: unknown) => desk.useLanguage(language === 'en' ? 'en' : 'zh'),
    },
    wx: null,
    history: hub.history,
    get setDataTotals() {
      return hub.setDataTotals
    },
    on: (listener) => hub.on('event', listener),
    setForeground: (foreground) => hub.setForeground(foreground),
    setOnline: (online) => hub.setOnline(online),
    setFault: (fault, on) => hub.setFault(fault, on),
    // a window has no page before this one
    goBack: () => undefined,
    close: () => desk.close(),
  }
  window.roomletPhone = channel
}

/** Tells which of its settings have changed. */
export class DeskReporter {
  private told: Partial<DeskState> = {}

  report(state: DeskState): void {
    const keys = (Object.keys(state) as (keyof DeskState)[]).filter((key) => state[key] !== this.told[key])
    this.told = state
    if (keys.length > 0) hub.report({ type: 'setData', component: DESK_PAGE, keys, bytes: 0 })
  }
}

/** Tells what happens in a room by the events that a room's component has. */
export function reportRoom({ events }: Pick<RoomSession, 'events'>): void {
  const tell = (tag: string, detail: unknown, more: object = {}): void =>
    hub.report({ type: 'component', component: DESK_PAGE, name: 'onRoomEvent', detail: { tag, detail, ...more } })
  events.on('phaseChanged', (phase) => tell('stateChange', { phase }))
  events.on('memberJoined', ({ userID }) => tell('memberJoin', { userID }))
  events.on('memberLeft', ({ userID }, reason) => tell('memberLeave', { userID, reason }))
  events.on('messageReceived', ({ kind, from: { userID }, data }) =>
    tell(kind === 'text' ? 'recvTextMsg' : 'recvCustomMsg', data, { userID }),
  )
  events.on('reconnecting', (info) => tell('reconnecting', info))
  events.on('reconnected', (info) => tell('reconnected', info))
  events.on('failed', (error) => tell('error', error.message, { code: 0, error: { code: error.code } }))
}
