import type { RoomDefinition } from './define-room'
import { memberOf, playerHandler, publisherHandler, roomTemplate, seatedPlayers } from './room-template'
import type { TemplateNames } from './room-template'
import type { StageData } from './stage-data'

const playerId: TemplateNames['playerId'] = ({ userID }) => userID

const CALL_NAMES: TemplateNames = {
  dataOf: (stage) => ({ pushURL: stage.view.publisher.url, ...encodingOf(stage), members: membersOf(stage) }),
  publisherId: () => 'rtcpusher',
  playerId,
  handlers: { onPush: publisherHandler, onError: publisherHandler, onPlay: playerHandler({ playerId }) },
}

/** The names of templates that were written for the original rtc-room or webrtc-room. */
export function callTemplate(definition: RoomDefinition): string {
  return roomTemplate(definition, CALL_NAMES)
}

/** What all templates read of the live-pusher. */
export function encodingOf({ view, settings }: StageData): Record<string, unknown> {
  const { aspect, minBitrate, maxBitrate, beauty, muted } = view.publisher
  return { aspect, minBitrate, maxBitrate, beauty, muted, debug: settings.view.debug }
}

const membersOf = (stage: StageData): Record<string, unknown>[] => seatedPlayers(stage).map(memberOf)
