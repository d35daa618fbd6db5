import { RTC_ROOM_ERROR_NUMBERS } from '../../components/rtc-room/error-numbers'
import { rtcRoomSettings } from '../../components/rtc-room/props'
import { RoomController } from '../../components/shared/room-controller'
import type { MediaHost, PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { MediaState } from '../../src/media/media-state'
import type { RawMediaEvent } from '../../src/media/raw-event'
import { createDefaultPolicy } from '../../src/room/default-policy'
import { RoomSession } from '../../src/room/room-session'
import { createFakePlatform } from './fake-platform'
import { createFakeProvider, joinResultOf, memberOf } from './fake-provider'
import { VirtualClock } from './virtual-clock'

const PLAYER_PLAYS = 2004
const PUBLISHER_RUNS = 1002

const doNothing = (): void => undefined
const PUBLISHER: PublisherContext = {
  start: doNothing,
  stop: doNothing,
  pause: doNothing,
  resume: doNothing,
  switchCamera: doNothing,
}
const PLAYER: PlayerContext = { play: doNothing, stop: doNothing, pause: doNothing, resume: doNothing }

/** Counts who looks at the state of the media: a projection does, and each is work for every member. */
class WatchedSession extends RoomSession {
  looks = 0

  override get media(): MediaState {
    this.looks += 1
    return super.media
  }
}

/**
 * A component's controller and core in a call with everybody shown and playing, as many as there are. The page takes what
 * it is given at once.
 */
export class FullCall {
  readonly commits: Record<string, unknown>[] = []
  readonly controller: RoomController
  readonly clock = new VirtualClock()
  private session: WatchedSession | null = null

  private constructor(
    private readonly members: number,
    private readonly keepsCommits: boolean,
    debug: boolean,
  ) {
    const platform = createFakePlatform({ clock: this.clock })
    const quiet = { ...platform, log: doNothing }
    const provider = createFakeProvider()
    const settings = rtcRoomSettings({ template: 'grid', roomId: 'r1', debug })
    const createSession = (host: MediaHost): RoomSession => {
      const policy = createDefaultPolicy(quiet)
      this.session = new WatchedSession({
        platform: quiet,
        provider,
        providerConfig: {},
        policy,
        host,
        seats: members + 1,
      })
      return this.session
    }
    this.controller = new RoomController(
      {
        settings: () => settings,
        commit: (changes, done) => {
          if (this.keepsCommits) this.commits.push(changes)
          done()
        },
        trigger: doNothing,
        warn: doNothing,
        permit: () => Promise.resolve(),
        keepScreenOn: doNothing,
        publisher: () => PUBLISHER,
        player: () => PLAYER,
      },
      { createSession, errorNumbers: RTC_ROOM_ERROR_NUMBERS },
      settings,
    )
    this.join = async () => {
      this.controller.markReady()
      void this.controller.start()
      await this.clock.advance(0)
      const others = Array.from({ length: members }, (_, index) => memberOf(userIdOf(index)))
      provider.sessions[0]?.joins[0]?.resolve(joinResultOf(...others))
      await this.clock.advance(0)
    }
  }

  private readonly join: () => Promise<void>

  static async of(members: number, { keepsCommits = false, debug = false } = {}): Promise<FullCall> {
    const call = new FullCall(members, keepsCommits, debug)
    await call.join()
    call.handle({ target: 'publisher', type: 'statechange', code: PUBLISHER_RUNS })
    for (let index = 0; index < members; index += 1) {
      call.handle({ target: { streamId: streamIdOf(index) }, type: 'statechange', code: PLAYER_PLAYS })
    }
    await call.clock.advance(0)
    call.commits.length = 0
    return call
  }

  /** Projections of the media so far. */
  get looks(): number {
    return this.session?.looks ?? 0
  }

  get lastMember(): RawMediaEvent['target'] {
    return { streamId: streamIdOf(this.members - 1) }
  }

  handle(event: RawMediaEvent): void {
    this.controller.handleMedia(event)
  }

  /** What the last events have changed goes to the page. */
  async settle(): Promise<void> {
    await this.clock.advance(0)
  }

  close(): void {
    this.controller.dispose()
  }
}

function userIdOf(index: number): string {
  return `user${index}`
}

function streamIdOf(index: number): string {
  return `${userIdOf(index)}_main`
}
