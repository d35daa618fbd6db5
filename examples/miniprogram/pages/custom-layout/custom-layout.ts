import { createRoomSession, createWxPlatform, textOf } from 'roomlet'
import type { RawMediaEvent, RoomSession } from 'roomlet'
import { login, logout } from 'roomlet/rtcroom'
import { askedCall } from '../../demo-form'
import { endLoginAfter } from '../../server/app-login'
import { requestLoginInfo } from '../../server/login-info'
import { WORDS, langOf, type Lang } from '../../words'

type TagDetail = Pick<RawMediaEvent, 'code' | 'message' | 'info'> & { errCode?: number; errMsg?: string }
type TagEvent = WechatMiniprogram.CustomEvent<TagDetail, object, { stream?: string }>
type Tap = WechatMiniprogram.TouchEvent<object, object, { field: 'muted' | 'camera' }>
type Player = { slot: number; src: string; stream: string; state: string; name: string }

const [NOBODY, NOTHING]: [Player[], string[]] = [[], []]
const DATA = { roomPhase: 'idle', attempt: 0, error: '', push: '', players: NOBODY, said: NOTHING, draft: '' }

/** A call that draws itself: the session says what there is, this page how it looks. */
Page({
  data: { ...DATA, userId: '', userName: '', roomId: '', muted: false, camera: true, lang: 'zh' as Lang, t: WORDS.zh },
  server: '',
  session: null as RoomSession | null,

  onLoad(query) {
    const { server, autostart, fields } = askedCall(query, '')
    const lang = langOf(query.lang)
    this.server = server
    this.setData({ ...fields, lang, t: WORDS[lang] })
    void wx.setNavigationBarTitle({ title: WORDS[lang].ownLayout })
    if (autostart) void this.join()
  },
  onUnload() {
    endLoginAfter(this.hangUp(), logout)
    this.session = null // nothing is drawn any more
  },
  async join() {
    const { userId, userName, roomId, muted, camera } = this.data
    await login({ serverDomain: this.server, ...(await requestLoginInfo(this.server, userId)), userName })
    const host = {
      publisher: () => wx.createLivePusherContext('publisher', this),
      player: (slot: number) => wx.createLivePlayerContext(`player-${slot}`, this),
      afterRender: (done: () => void) => this.draw(done),
    }
    this.session = createRoomSession({ provider: 'roomservice', platform: createWxPlatform(), host })
    this.session.events.on('changed', () => this.draw())
    this.session.events.on('messageReceived', ({ from, data }) => this.say(`${from.userName}: ${String(data)}`))
    const who = { userName, userAvatar: '', audio: !muted, video: camera }
    const room = { roomId, roomName: '', role: 'anchor', capacity: 'group' } as const
    await this.session.start({ ...room, ...who }).catch(() => undefined) // why not, is drawn
  },
  async hangUp() {
    await this.session?.stop()
    this.session = null
  },
  draw(done?: () => void) {
    if (!this.session) return done?.()
    const { room, media } = this.session
    const players: Player[] = []
    media.slots.forEach((tag, slot) => {
      const who = room.roster.get(tag?.streamId.replace(/_[a-z]+$/, '') ?? '')
      const name = `${who?.userName ?? ''}${who?.streams[0]?.hasAudio ? '' : ` · ${this.data.t.muted}`}`
      if (tag) players.push({ slot, src: tag.url, stream: tag.streamId, state: tag.phase, name })
    })
    const error = room.error ? textOf(room.error, this.data.lang) : ''
    const shown = { roomPhase: room.phase, attempt: room.attempt, error, push: media.publisher?.url ?? '', players }
    this.setData(shown, done)
  },
  onTag({ type, detail, currentTarget }: TagEvent) {
    const { stream } = currentTarget.dataset
    const { code = detail.errCode, message = detail.errMsg, info } = detail
    const target = stream ? { streamId: stream } : 'publisher'
    this.session?.handleMedia({ target, type: type as RawMediaEvent['type'], code, message, info })
  },
  toggle({ currentTarget }: Tap) {
    const { field } = currentTarget.dataset
    const tell = () => this.session?.announce({ audio: !this.data.muted, video: this.data.camera })
    this.setData({ [field]: !this.data[field] }, tell)
  },
  onDraft({ detail }: WechatMiniprogram.Input) {
    this.setData({ draft: detail.value })
  },
  async send() {
    const { draft } = this.data
    await this.session?.send({ kind: 'text', data: draft })
    this.setData({ draft: '' })
    this.say(draft)
  },
  say(text: string) {
    this.setData({ said: [...this.data.said, text].slice(-3) })
  },
})
