import { liveSessions } from '../../../components/live-room/live-sessions'
import { callSessions } from '../../../components/shared/call-sessions'
import type { LiveSession } from '../../../components/shared/session'
import { WEBRTC_ROOM_ERROR_NUMBERS } from '../../../components/webrtc-room/error-numbers'
import { forwardWebrtcEvents } from '../../../components/webrtc-room/define-webrtc-room'
import { webrtcRoomSettings } from '../../../components/webrtc-room/props'
import { webrtcSessions } from '../../../components/webrtc-room/webrtc-sessions'
import { forwardLiveEvents } from '../../../components/live-room/live-events'
import type { ForwardEvents } from '../../../components/shared/room-controller'
import type { AppService } from '../../../components/shared/app-service'
import { LIVE_ROOM, RTC_ROOM, type Component, type Properties } from './scripted-room'

export const MEASURED = ['rtc-room', 'live-room-presenter', 'live-room-audience', 'webrtc-room'] as const
export type Measured = (typeof MEASURED)[number]

export interface MeasuredComponent {
  readonly isLive: boolean
  propertiesFor(members: number): Properties
  /** As its page would have it, over the login of the app. */
  over(service: AppService): Component
}

/** The smallest layout that shows so many others; nine tiles are the most there are. */
function templateFor(members: number): string {
  if (members <= 1) return '1v1'
  return members <= 3 ? '1v3' : 'grid'
}

function withLogin(component: Component, service: AppService): Component {
  const sessionsOf = component === LIVE_ROOM ? liveSessions : callSessions
  return { ...component, createSession: sessionsOf(() => service) }
}

/** A presenter's page that lets on whoever asks. */
const letOn: ForwardEvents = (session, room) => {
  session.events.on('linkRequested', ({ userID }) => {
    ;(session as LiveSession).linkMic.act('accept', userID).catch(() => undefined)
  })
  forwardLiveEvents(session, room)
}

export const COMPONENTS: Readonly<Record<Measured, MeasuredComponent>> = {
  'rtc-room': {
    isLive: false,
    propertiesFor: (members) => ({ template: templateFor(members) }),
    over: (service) => withLogin(RTC_ROOM, service),
  },
  'live-room-presenter': {
    isLive: true,
    propertiesFor: (members) => ({ template: templateFor(members), role: 'presenter' }),
    over: (service) => ({ ...withLogin(LIVE_ROOM, service), forwardEvents: letOn }),
  },
  'live-room-audience': {
    isLive: true,
    propertiesFor: (members) => ({ template: templateFor(members), role: 'audience' }),
    over: (service) => withLogin(LIVE_ROOM, service),
  },
  'webrtc-room': {
    isLive: false,
    propertiesFor: (members) => ({
      template: templateFor(members),
      provider: 'roomservice',
      autoplay: true,
      enableIM: true,
    }),
    over: (service) => ({
      settingsOf: webrtcRoomSettings,
      errorNumbers: WEBRTC_ROOM_ERROR_NUMBERS,
      forwardEvents: forwardWebrtcEvents,
      createSession: webrtcSessions(() => service),
    }),
  },
}
