import { randomRoomId, randomVisitor } from '../site/random-id'
import { publishDesk } from './desk-channel'
import { DeskPage } from './desk-page'
import { readDeskParameters, type DeskParameters } from './desk-parameters'

/**
 * desk.html: joins by room and name, or by itself with `?roomId=&userId=&autostart=1`. `transport=flv|webrtc`, `type`,
 * `role`, `template` and `userName` may stand in the address too.
 */
const query = Object.fromEntries(new URLSearchParams(location.search))
const userID = query.userId || query.userID || randomVisitor(crypto)
const roomID = query.roomId || query.roomID || randomRoomId(crypto)

function parametersFor(room: string, name: string): DeskParameters {
  return readDeskParameters({
    template: 'grid',
    ...query,
    userID,
    userId: undefined,
    roomID: room,
    roomId: undefined,
    userName: name,
  })
}

const page = new DeskPage({ askAgain: true })
document.body.append(page.root)
publishDesk({
  get state() {
    return page.state
  },
  join: () => page.submitForm(),
  hangUp: () => page.leave(),
  change: (changed) => page.change(changed),
  useLanguage: (language) => page.useLanguage(language),
  close: () => page.close(),
})
const name = query.userName || userID
page.ask({ roomID, name }, parametersFor)
if (query.autostart === '1') page.tryToJoin(() => parametersFor(roomID, name))
