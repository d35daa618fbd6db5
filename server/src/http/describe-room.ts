import { streamOf } from '../hub/wire'
import type { HubContext } from '../room-hub'
import type { StoredRoom } from '../store/stored-room'
import { NO_STREAM } from '../stream-name'
import type { Reach } from '../stream-urls'

/** A room as the public protocol shows it. @param withUrls whether the one who asks may play in it */
export function describeRoom({ urls }: HubContext, reach: Reach, stored: StoredRoom, withUrls: boolean): object {
  const { room, live, members, creator } = stored
  const presenter = live && members.find((member) => member.userID === creator)
  return {
    roomID: room,
    roomInfo: stored.roomName,
    roomCreator: creator,
    mixedPlayURL: presenter && withUrls ? urls.playFlv(reach, streamOf(room, presenter)) : '',
    custom: JSON.stringify(live?.custom ?? {}),
    pushers: members.map((member) => ({
      userID: member.userID,
      userName: member.userName,
      userAvatar: member.userAvatar,
      accelerateURL: member.stream === NO_STREAM || !withUrls ? '' : urls.listed(reach, streamOf(room, member)),
    })),
    ...(stored.record && { record: true }),
    ...(live ? { audienceCount: live.audienceCount } : {}),
  }
}
