import type { PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { EmptySlot, PlayerView } from '../../src/view/room-view'
import type { RoomDefinition } from './define-room'
import { roomBehavior } from './room-behavior'
import type { RoomBehaviorOptions } from './room-behavior'
import type { RoomInstance } from './room-instance'
import { idleStage, stageOf } from './stage-data'
import type { StageData } from './stage-data'
import { mediaEventOf } from './tag-handlers'
import type { TagEvent } from './tag-handlers'

/** Names that a template written for one of the original components relies on. */
export interface TemplateNames {
  /** The data it reads. Pure. */
  dataOf(stage: StageData): Readonly<Record<string, unknown>>
  /** `id` of its live-pusher. */
  publisherId(stage: StageData): string
  /** `id` of the live-player of somebody. */
  playerId(player: PlayerView, stage: StageData): string
  /** Whether it binds no event of this player: what is played then counts as playing. */
  isSilent?(player: PlayerView, stage: StageData): boolean
  readonly handlers: WechatMiniprogram.Component.MethodOption
}

/** A component whose stage is a template of the page's. */
interface TemplateInstance extends RoomInstance {
  /** While the room itself sets data: what changes then is not what the page has written. */
  isDrawing?: boolean
}

const PLAYING = 2004

/** A behavior that gives a component the room: its properties, its methods and events, and the names of a template. */
export function roomTemplate({ properties, methods, ...options }: RoomDefinition, names: TemplateNames): string {
  const noteWritten = (name: string) =>
    function (this: TemplateInstance, value: unknown): void {
      if (this.isDrawing) return
      this.written = { ...this.written, [name]: value }
      this.room?.update()
    }
  const data = { ...names.dataOf(idleStage(options.settingsOf({}))) }
  const shown: WechatMiniprogram.Component.PropertyOption = {}
  const observers: Record<string, (this: TemplateInstance, value: unknown) => void> = {}
  for (const name of Object.keys(properties)) {
    // drawn from the beginning, whether or not the page writes it
    shown[name] = name in data ? { type: null, value: data[name] } : { type: null }
    delete data[name]
    observers[name] = noteWritten(name)
  }
  return Behavior({
    behaviors: [roomBehavior({ ...options, dataOf: (stage) => names.dataOf(stage), portOf: portBy(names) })],
    properties: shown,
    data,
    observers,
    methods: { ...methods, ...names.handlers },
  })
}

function portBy(names: TemplateNames): RoomBehaviorOptions['portOf'] {
  return (instance: TemplateInstance, port) => {
    instance.written ??= {}
    return {
      ...port,
      commit(changes, done) {
        instance.isDrawing = true
        port.commit(changes, () => {
          done()
          noteSilentPlayers(instance, names)
        })
        instance.isDrawing = false
      },
      publisher: () =>
        wx.createLivePusherContext(names.publisherId(stageOf(instance.room)), instance) as PublisherContext | null,
      player(slot) {
        const stage = stageOf(instance.room)
        const player = stage.view.players[slot]
        if (!isSeated(player)) return null
        return wx.createLivePlayerContext(names.playerId(player, stage), instance) as PlayerContext | null
      },
    }
  }
}

/** What was set stands on the page, and of some players the template tells nothing. */
function noteSilentPlayers({ room }: RoomInstance, names: TemplateNames): void {
  const stage = stageOf(room)
  for (const player of seatedPlayers(stage)) {
    const { src, state, streamId } = player
    if (!src || state === 'playing' || !names.isSilent?.(player, stage)) continue
    room.handleMedia({ target: { streamId }, type: 'statechange', code: PLAYING })
  }
}

function isSeated(player: PlayerView | EmptySlot | undefined): player is PlayerView {
  return player !== undefined && 'streamId' in player
}

export function seatedPlayers({ view }: StageData): PlayerView[] {
  return view.players.filter(isSeated)
}

/** A member as templates read one. */
export function memberOf({ userID, name, src, state }: PlayerView): Record<string, unknown> {
  return { userID, userName: name, accelerateURL: src, loading: state !== 'playing' }
}

/** live-pusher, statechange or error */
export function publisherHandler(this: RoomInstance, event: TagEvent): void {
  this.room.handleMedia(mediaEventOf(event))
}

interface PlayerEvent extends TagEvent {
  readonly currentTarget: TagEvent['currentTarget'] & { readonly id?: string }
}

/** live-player, statechange or error: whose it is, its `id` tells. */
export function playerHandler({ playerId }: Pick<TemplateNames, 'playerId'>) {
  return function (this: RoomInstance, event: PlayerEvent): void {
    const stage = stageOf(this.room)
    const player = seatedPlayers(stage).find((each) => playerId(each, stage) === event.currentTarget.id)
    if (player) this.room.handleMedia(mediaEventOf(event, player.streamId))
  }
}
