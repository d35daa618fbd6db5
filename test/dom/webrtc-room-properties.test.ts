import { readFileSync } from 'node:fs'
import path from 'node:path'
import { tagTells } from '../support/simulate'
import { WebrtcRoomStage } from '../support/webrtc-room-stage'

const README = readFileSync(path.join(__dirname, '../../components/webrtc-room/README.md'), 'utf8')
const TRTC = { sdkAppID: '1400000001', userID: 'mei', userSig: 'sig', roomID: '101' }
const OVER_ROOM_SERVICE = { provider: 'roomservice', roomID: '2018' }

let stage: WebrtcRoomStage

beforeEach(() => {
  stage = new WebrtcRoomStage()
})

afterEach(() => stage.close())

const later = (): Promise<void> => stage.later()

async function start(properties: Record<string, unknown>): Promise<void> {
  if (properties.provider === 'roomservice') await stage.phone.login()
  stage.show(properties)
  void stage.methods.start()
  await later()
}

/** Ann's and Bob's pictures are there, as the live-pusher reports them. */
async function company(): Promise<void> {
  const picture = (userid: string) => ({ userid, streamtype: 'main', playurl: `room://${userid}`, hasvideo: true })
  await stage.report(1018)
  await stage.report(1033, JSON.stringify({ userlist: [picture('ann'), picture('bob')] }))
}

const tag = (name: string) => (): unknown => stage.room.querySelector('#publisher')?.data[name]
/** What the URL of the room says: '' = nothing. */
const inUrl = (name: string) => (): unknown =>
  new RegExp(`[?&]${name}=([^&]*)`).exec(String(stage.room.querySelector('#publisher')?.data.url))?.[1]
const style = (): unknown => stage.room.querySelector('.rl-room')?.dom?.getAttribute('style')
const shown = (selector: string) => (): unknown => stage.room.querySelectorAll(selector).length
const players = (): unknown => [0, 1].filter((slot) => stage.room.querySelector(`#player-${slot}`)?.data.src).length
const text = (): unknown => stage.room.dom?.textContent
const windowOf = (name: string) => (): unknown => stage.room.querySelector(`#window-${name}`)?.dom?.className
const storedRoom = async (): Promise<unknown> => stage.world.hub.context.store.get('2018')

interface Case {
  /** Attributes as a page writes them, on top of the least that enters a room. */
  readonly write: Record<string, unknown>
  readonly read: () => unknown
  readonly reads: unknown
  /** Without the attributes it reads otherwise; what it is then. */
  readonly otherwise: unknown
  readonly base?: Record<string, unknown>
  readonly among?: true
}

const like = (part: string): unknown => expect.stringContaining(part)

/** Of every property of the README's table: what a page writes, and where it is read off. */
const CASES: Readonly<Record<string, Case>> = {
  provider: { write: OVER_ROOM_SERVICE, read: tag('url'), reads: like('rtmp://'), otherwise: like('room://') },
  sdkAppID: { write: { sdkAppID: 1400000002 }, read: inUrl('sdkappid'), reads: '1400000002', otherwise: '1400000001' },
  userID: { write: { userID: 'lin' }, read: inUrl('userid'), reads: 'lin', otherwise: 'mei' },
  userSig: { write: { userSig: 'eJx*-_' }, read: inUrl('usersig'), reads: 'eJx*-_', otherwise: 'sig' },
  roomID: { write: { roomID: 4294967295 }, read: inUrl('roomid'), reads: '4294967295', otherwise: '101' },
  strRoomID: { write: { strRoomID: 'ward-7' }, read: inUrl('strroomid'), reads: 'ward-7', otherwise: undefined },
  privateMapKey: { write: { privateMapKey: 'key*' }, read: inUrl('privatemapkey'), reads: 'key*', otherwise: '' },
  roomName: {
    base: OVER_ROOM_SERVICE,
    ...{ write: { roomName: 'Ward' }, read: storedRoom, reads: expect.objectContaining({ roomName: 'Ward' }) },
    otherwise: expect.objectContaining({ roomName: '', kind: 'webrtc_room' }),
  },
  record: { write: { record: 'true' }, read: inUrl('userdefinerecordid'), reads: '101_mei', otherwise: '' },
  userName: {
    base: OVER_ROOM_SERVICE,
    ...{ write: { userName: 'Mei Lin' }, read: async () => JSON.stringify(await storedRoom()) },
    ...{ reads: like('"userName":"Mei Lin"'), otherwise: like('"userName":"mei"') },
  },
  userAvatar: {
    base: OVER_ROOM_SERVICE,
    ...{ write: { userAvatar: 'https://pics/mei' }, read: async () => JSON.stringify(await storedRoom()) },
    ...{ reads: like('"userAvatar":"https://pics/mei"'), otherwise: like('"userAvatar":""') },
  },
  role: { write: { role: 'audience' }, read: tag('enableCamera'), reads: false, otherwise: true },
  scene: { write: { scene: 'live' }, read: inUrl('appscene'), reads: 'live', otherwise: 'videocall' },
  roomCreator: {
    base: { template: '1u3d' },
    ...{ write: { roomCreator: 'bob' }, among: true, read: windowOf('player1') },
    ...{ reads: like('rl-s0'), otherwise: expect.not.stringContaining('rl-s0') },
  },
  template: { write: { template: 'grid' }, read: shown('.rl-grid'), reads: 1, otherwise: 0 },
  autoplay: { write: { autoplay: 'true' }, among: true, read: players, reads: 2, otherwise: 0 },
  enableIM: {
    base: OVER_ROOM_SERVICE,
    ...{ write: { enableIM: 'true' }, read: () => stage.messages.map(({ tag: each }) => each), otherwise: [] },
    reads: expect.arrayContaining(['login_event', 'join_group_event']),
  },
  beauty: { write: { beauty: '9' }, read: tag('beauty'), reads: 9, otherwise: 0 },
  whiteness: { write: { whiteness: 4 }, read: tag('whiteness'), reads: 4, otherwise: 0 },
  muted: { write: { muted: 'true' }, read: tag('muted'), reads: true, otherwise: false },
  enableCamera: { write: { enableCamera: 'false' }, read: tag('enableCamera'), reads: false, otherwise: true },
  pureAudioPushMod: { write: { pureAudioPushMod: 2 }, read: inUrl('pureaudiomode'), reads: '2', otherwise: '' },
  recordId: { write: { recordId: 77 }, read: inUrl('userdefinerecordid'), reads: '77', otherwise: '' },
  aspect: { write: { aspect: '3:4' }, read: tag('aspect'), reads: '3:4', otherwise: '9:16' },
  profile: { write: { profile: 'live-hd' }, read: tag('maxBitrate'), reads: 1200, otherwise: 400 },
  mode: { write: { mode: 'HD' }, read: tag('mode'), reads: 'HD', otherwise: 'RTC' },
  minBitrate: { write: { minBitrate: '150' }, read: tag('minBitrate'), reads: 150, otherwise: 200 },
  maxBitrate: { write: { maxBitrate: '900' }, read: tag('maxBitrate'), reads: 900, otherwise: 400 },
  devicePosition: { write: { devicePosition: 'back' }, read: tag('devicePosition'), reads: 'back', otherwise: 'front' },
  orientation: {
    ...{ write: { orientation: 'horizontal' }, read: tag('orientation') },
    ...{ reads: 'horizontal', otherwise: 'vertical' },
  },
  smallViewLeft: { write: { smallViewLeft: 2 }, read: style, reads: '--rl-small-left:2vw;', otherwise: '' },
  smallViewTop: { write: { smallViewTop: '3px' }, read: style, reads: '--rl-small-top:3px;', otherwise: '' },
  smallViewWidth: { write: { smallViewWidth: '25vw' }, read: style, reads: '--rl-small-width:25vw;', otherwise: '' },
  smallViewHeight: { write: { smallViewHeight: '9%' }, read: style, reads: '--rl-small-height:9%;', otherwise: '' },
  waitingImg: {
    write: { waitingImg: 'https://pics/w' },
    read: tag('waitingImage'),
    reads: 'https://pics/w',
    otherwise: '',
  },
  loadingImg: {
    base: { autoplay: true },
    ...{ write: { loadingImg: 'https://pics/l' }, among: true, otherwise: [] },
    read: () => stage.room.querySelectorAll('.rl-cover').flatMap(({ data }) => (data.src ? [data.src] : [])),
    reads: ['https://pics/l', 'https://pics/l'],
  },
  debug: {
    ...{ write: { debug: 'true' }, read: shown('.rl-debug'), reads: 1, otherwise: 0 },
  },
  language: { write: { language: 'en' }, among: true, read: text, reads: like('Me'), otherwise: like('我') },
}

function documented(): string[] {
  const section = README.split(/^## /m).find((part) => part.startsWith('Properties\n')) ?? ''
  const rows = [...section.matchAll(/^\| ([a-zA-Z, ]+) \| ([^|]+) \|/gm)]
  // an object holds attributes of a tag by their own names, and has tests of its own
  return rows.filter(([, , type]) => type !== 'object').flatMap(([, names]) => names?.split(', ') ?? [])
}

test('every property of the README’s table is among those below', () => {
  stage.show({})
  expect(documented().filter((name) => name !== 'property')).toEqual(Object.keys(CASES))
})

describe.each(Object.entries(CASES))('%s', (_property, { write, read, reads, otherwise, base = {}, among }) => {
  async function readWith(properties: Record<string, unknown>): Promise<unknown> {
    await start({ ...TRTC, ...base, ...properties })
    if (among) await company()
    tagTells(stage.room, 'netstatus', { info: { videoBitrate: 300, videoFPS: 15 } })
    await later()
    return read()
  }

  test(`written as ${JSON.stringify(write)} reaches the tag, the URL or the stage`, async () => {
    expect(await readWith(write)).toEqual(reads)
  })

  test('is what makes it so', async () => {
    expect(await readWith({})).toEqual(otherwise)
  })
})
