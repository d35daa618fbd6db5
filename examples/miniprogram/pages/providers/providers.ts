import { direct, registerProvider } from 'roomlet/direct'
import type { DirectConfig, DirectMember } from 'roomlet/direct'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { askServer } from '../../server/ask-server'

const TEMPLATE = 'grid'
/** Time between two questions for the members, ms: on a page that shows how members come, sooner than usual. */
const REFRESH_MS = 1000

interface Caller {
  /** Root of the server, without a slash at its end. */
  readonly server: string
  readonly userID: string
  readonly userName: string
}

/** The page of rtc-room over a provider that it registers: there is nobody to log in to. */
Page({
  ...CALL_PAGE_STATE,
  ...CALL_PAGE_METHODS,
  data: { ...CALL_PAGE_DATA, template: TEMPLATE },

  onLoad(query) {
    this.openCall(query, TEMPLATE)
  },

  onUnload() {
    void this.closeCall()
  },

  room(): CallRoom {
    return this.selectComponent('#room') as unknown as CallRoom
  },

  join() {
    const register = async ({ userID, userName }: { userID: string; userName: string }) =>
      registerProvider(direct, configOf({ server: this.server, userID, userName }))
    return this.enterRoom(register)
  },

  sayText() {
    return Promise.resolve()
  },
})

/** The room is wherever the demo server says that streams of it are: its members are those who push, whatever they push with. */
function configOf({ server, userID, userName }: Caller): DirectConfig {
  const roomAt = (roomId: string): string => `${server}/direct/${encodeURIComponent(roomId)}`
  const query = `userID=${encodeURIComponent(userID)}&userName=${encodeURIComponent(userName)}`
  return {
    userID,
    pushUrl: async ({ roomId }) => (await askServer<{ pushUrl: string }>(`${roomAt(roomId)}/push?${query}`)).pushUrl,
    members: async ({ roomId }) => (await askServer<{ members: DirectMember[] }>(`${roomAt(roomId)}/members`)).members,
    refreshMs: REFRESH_MS,
  }
}
