import type { PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { EmptySlot, PlayerView } from '../../src/view/room-view'
import type { RoomDefinition } from './define-room'
import { roomBehavior } from './room-behavior'
import { idleView } from './room-controller'
import type { StageTemplate } from './room-behavior'
import type { StageData } from './room-controller'
import type { RoomInstance } from './room-instance'
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
  /** What the page has written, by property; `data` carries what is drawn under the same names. */
  written?: Record<string, unknown>
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
  const settings = options.settingsOf({})
  const data = { ...names.dataOf({ view: idleView(settings.view), windows: {}, settings, creator: '' }) }
  const shown: WechatMiniprogram.Component.PropertyOption = {}
  const observers: Record<string, (this: TemplateInstance, value: unknown) => void> = {}
  for (const name of Object.keys(properties)) {
    // drawn from the beginning, whether or not the page writes it
    shown[name] = name in data ? { type: null, value: data[name] } : { type: null }
    delete data[name]
    observers[name] = noteWritten(name)
  }
  return Behavior({
    behaviors: [roomBehavior({ ...options, dataOf: (stage) => names.dataOf(stage), template: stageTemplate(names) })],
    properties: shown,
    data,
    observers,
    methods: { ...methods, ...names.handlers },
  })
}

function stageTemplate(names: TemplateNames): StageTemplate {
  return {
    propertiesOf: (instance) => (instance as TemplateInstance).written ?? {},
    publisher: (instance) =>
      wx.createLivePusherContext(names.publisherId(instance.room.stage()), instance) as PublisherContext | null,
    player(instance, slot) {
      const stage = instance.room.stage()
      const player = stage.view.players[slot]
      if (!isSeated(player)) return null
      return wx.createLivePlayerContext(names.playerId(player, stage), instance) as PlayerContext | null
    },
    landed({ room }) {
      const stage = room.stage()
      for (const player of seatedPlayers(stage)) {
        const { src, state, streamId } = player
        if (!src || state === 'playing' || !names.isSilent?.(player, stage)) continue
        room.handleMedia({ target: { streamId }, type: 'statechange', code: PLAYING })
      }
    },
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

/** live-pusher, statechange */
export function publisherState(this: RoomInstance, { detail }: TagEvent): void {
  this.room.handleMedia({ target: 'publisher', type: 'statechange', code: detail.code, message: detail.message })
}

/** live-pusher, error */
export function publisherError(this: RoomInstance, { detail }: TagEvent): void {
  this.room.handleMedia({ target: 'publisher', type: 'error', code: detail.errCode, message: detail.errMsg })
}

interface PlayerEvent extends TagEvent {
  readonly currentTarget: TagEvent['currentTarget'] & { readonly id?: string }
}

/** live-player, statechange or error: whose it is, its `id` tells. */
export function playerHandler(names: Pick<TemplateNames, 'playerId'>, type: 'statechange' | 'error') {
  return function (this: RoomInstance, { detail, currentTarget }: PlayerEvent): void {
    const stage = this.room.stage()
    const player = seatedPlayers(stage).find((each) => names.playerId(each, stage) === currentTarget.id)
    if (!player) return
    const { code = detail.errCode, message = detail.errMsg } = detail
    this.room.handleMedia({ target: { streamId: player.streamId }, type, code, message })
  }
}
