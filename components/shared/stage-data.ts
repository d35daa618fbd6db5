import { NO_MEDIA } from '../../src/media/media-state'
import { IDLE_ROOM } from '../../src/room/room-state'
import type { RoomState } from '../../src/room/room-state'
import type { RoomView, SpeakerView } from '../../src/view/room-view'
import { selectRoomView } from '../../src/view/select-room-view'
import type { RoomSettings } from './room-settings'
import type { Session } from './session'
import type { WindowDrag } from './window-drag'

/** All that a stage is drawn from. */
export interface StageData {
  readonly view: RoomView
  readonly settings: RoomSettings
  /** userID of the room's creator, '' while unknown */
  readonly creator: string
}

/** What decides how a component looks. */
export interface Drawn {
  readonly room: RoomState
  readonly settings: RoomSettings
  /** One's own microphone is off, whoever has switched it. */
  readonly isMuted: boolean
  /** Those who are played without sound. */
  readonly silenced: ReadonlySet<string>
  readonly speaker: SpeakerView | undefined
  readonly windows: Pick<WindowDrag, 'styles'>
  /** null before the first call */
  readonly session: Pick<Session, 'media' | 'roundTrip'> | null
}

/** What there is to draw before the first call. */
export function idleStage(settings: RoomSettings): StageData {
  return { view: selectRoomView(IDLE_ROOM, NO_MEDIA, settings.view), settings, creator: '' }
}

/** What there is to draw at this moment. */
export function stageOf({ room, settings, isMuted, silenced, speaker, windows, session }: Drawn): StageData {
  const { media = NO_MEDIA, roundTrip } = session ?? {}
  const view = selectRoomView(room, media, {
    ...settings.view,
    publisher: { ...settings.view.publisher, muted: isMuted },
    silenced,
    speaker,
    roundTrip,
    windows: windows.styles,
  })
  return { view, settings, creator: room.creator }
}
