import type { PlayerView } from '../../src/view/room-view'
import { encodingOf } from '../shared/call-template'
import type { RoomDefinition } from '../shared/define-room'
import type { RoomInstance } from '../shared/room-instance'
import { memberOf, playerHandler, publisherHandler, roomTemplate, seatedPlayers } from '../shared/room-template'
import type { TemplateNames } from '../shared/room-template'
import type { StageData } from '../shared/stage-data'
import { linkMethods } from './link-methods'

const isPresenter = ({ settings }: StageData): boolean => settings.request.role === 'anchor'
const isMain = ({ userID }: PlayerView, stage: StageData): boolean => !isPresenter(stage) && userID === stage.creator
const playerId: TemplateNames['playerId'] = (player, stage) => (isMain(player, stage) ? 'player' : player.userID)

const LIVE_NAMES: TemplateNames = {
  dataOf(stage) {
    const { publisher } = stage.view
    const own = { url: publisher.url, aspect: publisher.aspect }
    const none = { ...own, url: '' }
    const players = seatedPlayers(stage)
    return {
      ...encodingOf(stage),
      isCaster: isPresenter(stage),
      userID: publisher.userID,
      userName: publisher.name,
      mainPusherInfo: isPresenter(stage) ? own : none,
      linkPusherInfo: isPresenter(stage) ? none : own,
      visualPlayers: players.filter((player) => isMain(player, stage)).map((player) => mainPlayerOf(player, stage)),
      members: players.filter((player) => !isMain(player, stage)).map(memberOf),
    }
  },
  publisherId: (stage) => (isPresenter(stage) ? 'pusher' : 'audience_pusher'),
  playerId,
  // the original binds no event of those who have joined in
  isSilent: (player, stage) => !isMain(player, stage),
  handlers: {
    onMainPush: publisherHandler,
    onMainError: publisherHandler,
    onLinkPush: publisherHandler,
    onLinkError: publisherHandler,
    onMainPlayState: playerHandler({ playerId }),
    onMainPlayError: playerHandler({ playerId }),
    quitLink(this: RoomInstance): Promise<void> {
      return linkMethods.endJoinPusher.call(this)
    },
    /** A page calls it with a userID, the template's tap has it as `data-userid`. */
    kickoutSubPusher(this: RoomInstance, guest: string | KickTap): Promise<void> {
      const userID = typeof guest === 'string' ? guest : guest.currentTarget.dataset.userid
      return linkMethods.kickoutSubPusher.call(this, userID)
    },
  },
}

interface KickTap {
  readonly currentTarget: { readonly dataset: { readonly userid: string } }
}

/** The names of templates that were written for the original live-room. */
export function liveTemplate(definition: RoomDefinition): string {
  return roomTemplate(definition, LIVE_NAMES)
}

function mainPlayerOf({ src, name, live, state }: PlayerView, { settings }: StageData): Record<string, unknown> {
  const { debug } = settings.view
  return { url: src, mode: live ? 'live' : 'RTC', debug, mute: false, loading: state !== 'playing', userName: name }
}
