import type { MediaHost } from '../../src/media/media-host'
import type { ComponentEvent } from './room-events'
import type { RoomSettings } from './room-settings'

/** What a component lends its controller: everything that touches the mini program. Plain functions. */
export interface ComponentPort extends Pick<MediaHost, 'publisher' | 'player'> {
  /** Reads the properties as they are now. */
  settings(): RoomSettings
  /** Sets data on the component; only the view's diff comes here. */
  commit(changes: Record<string, unknown>, done: () => void): void
  /** `names`: under which it is fired; both of a room's own when they are missing. */
  trigger(event: ComponentEvent, names?: readonly string[]): void
  /** For the page's developer. */
  warn(text: string): void
  /**
   * Asks the user for what one's own stream needs, before its tag is made.
   * @throws RoomError by the promise: what the user has refused
   */
  permit(camera: boolean): Promise<void>
  /** Whether a call is going on: the screen stays on as long. May say the same several times. */
  keepScreenOn(isInCall: boolean): void
}
