import { direct, registerProvider } from 'roomlet/direct'
import type { DirectConfig, DirectMember } from 'roomlet/direct'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { askedCall, passForm } from '../../demo-form'
import { PageTimers } from '../../page-timers'
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
  ...CALL_PAGE_METHODS,
  data: { ...CALL_PAGE_DATA, template: TEMPLATE },
  server: '',
  joinCount: 0,
  messageCount: 0,
  timers: new PageTimers(),

  onLoad(query) {
    this.timers = new PageTimers()
    const { server, autostart, fields } = askedCall(query, TEMPLATE)
    this.server = server
    this.useLanguage(query.lang)
    this.setData(fields, () => {
      if (autostart) void this.join()
    })
  },

  onUnload() {
    this.joinCount += 1
    this.timers.clear()
    void this.room().stop()
  },

  room(): CallRoom {
    return this.selectComponent('#room') as unknown as CallRoom
  },

  async join() {
    const register = async ({ userID, userName }: { userID: string; userName: string }) =>
      registerProvider(direct, configOf({ server: this.server, userID, userName }))
    if (!(await passForm(this, register))) return
    // a failure is told by the room itself, as its `error` event and on its stage
    this.room()
      .start()
      .catch(() => undefined)
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
