import { liveSessions } from '../../components/live-room/live-sessions'
import { callSessions } from '../../components/shared/call-sessions'
import { defineLiveRoom, liveRoomDefinition } from '../../components/live-room/define-live-room'
import { liveTemplate } from '../../components/live-room/live-template'
import { createRtcRoomModule } from '../../components/rtc-room/module'
import { rtcRoomDefinition } from '../../components/rtc-room/define-rtc-room'
import { callTemplate } from '../../components/shared/call-template'
import type { ComponentEvent } from '../../components/shared/room-events'
import { AppService } from '../../components/shared/app-service'
import { webrtcRoomDefinition } from '../../components/webrtc-room/define-webrtc-room'
import { logOut } from '../../components/shared/login'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { NOTHING_LEFT, ROOT, RoomWorld, SDK_APP_ID } from '../support/room-world'
import { registerComponent, render, TEMPLATES } from '../support/simulate'
import type { Node, Rendered } from '../support/simulate'

/** Longer than any chain of round trips to the server takes. */
const A_WHILE_MS = 2000

let world: RoomWorld
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts()
  world = new RoomWorld()
})

afterEach(() => {
  native.restore()
  world.close()
})

type Kind = 'rtc-template' | 'live-template' | 'webrtc-template' | 'live-room'

/** A phone whose page has a component of its own over a template. */
class TemplatePhone {
  readonly device
  readonly events: ComponentEvent[] = []
  readonly commits: Record<string, unknown>[] = []
  readonly room: Rendered

  constructor(
    readonly userID: string,
    kind: Kind,
    properties: Record<string, unknown>,
  ) {
    this.device = world.device(userID)
    this.service = new AppService(this.device.platform)
    const { service } = this
    const serviceOf = (): AppService => service
    const behaviors: Record<Exclude<Kind, 'live-room'>, () => string> = {
      'rtc-template': () => callTemplate(rtcRoomDefinition(callSessions(serviceOf))),
      'webrtc-template': () => callTemplate(webrtcRoomDefinition(serviceOf)),
      'live-template': () => liveTemplate(liveRoomDefinition(liveSessions(serviceOf))),
    }
    const id =
      kind === 'live-room'
        ? registerComponent('live-room/live-room', () => defineLiveRoom(liveSessions(serviceOf)))
        : registerComponent(`${kind}/${kind}`, () => Component({ behaviors: [behaviors[kind]()] }), TEMPLATES)
    this.room = render(id, properties)
    this.room.addEventListener('onRoomEvent', ({ detail }) => this.events.push(detail as ComponentEvent))
    const { setData } = this.room.instance
    this.room.instance.setData = (changes: Record<string, unknown>, done?: () => void) => {
      if (done) this.commits.push(changes)
      setData(changes, done)
    }
  }

  private readonly service: AppService

  async start(): Promise<this> {
    const userSig = world.userSig(this.userID)
    const login = { serverDomain: ROOT, userID: this.userID, userSig, sdkAppID: SDK_APP_ID }
    await world.clock.settle(createRtcRoomModule(() => this.service).login(login))
    void this.room.instance.start()
    await world.clock.advance(A_WHILE_MS)
    return this
  }

  async logout(): Promise<void> {
    await world.clock.settle(logOut(this.service))
    await world.clock.advance(A_WHILE_MS)
  }

  tag(id: string): Record<string, unknown> | null {
    return this.room.querySelector(`#${id}`)?.data ?? null
  }

  /** A native event of the tag, as the platform gives it to the template's handler. */
  async reports(handler: string, id: string, code: number): Promise<void> {
    this.room.instance[handler]({ detail: { code, message: '' }, currentTarget: { id, dataset: {} } })
    await world.clock.advance(A_WHILE_MS)
  }

  async tap(selector: string): Promise<void> {
    this.room.querySelector(selector)?.dispatchEvent('tap')
    await world.clock.advance(A_WHILE_MS)
  }

  texts(selector: string): string[] {
    return this.room.querySelectorAll(selector).map((node: Node) => node.dom?.textContent ?? '')
  }

  told(tag: string): unknown[] {
    return this.events.filter((event) => event.tag === tag).map(({ detail }) => detail)
  }
}

describe.each([
  ['rtc-template', { roomId: 'tpl', userName: 'Mei' }],
  ['webrtc-template', { roomID: '77', provider: 'roomservice', autoplay: true }],
] as const)('a template written for the original of %s', (kind, properties) => {
  const roomId = kind === 'rtc-template' ? 'tpl' : '77'

  test('publishes, shows who comes under the names it knows, and drops who goes', async () => {
    const phone = await new TemplatePhone('mei', kind, { ...properties, beauty: '7', muted: 'true' }).start()
    expect(phone.tag('rtcpusher')).toMatchObject({
      url: expect.stringContaining('rtmp://'),
      beauty: 7,
      muted: true,
      minBitrate: 200,
      maxBitrate: 400,
    })
    expect(native.calls).toContain('rtcpusher.start')

    const ann = await world.device('ann').enter(roomId)
    await world.device('bob').enter(roomId)
    await world.clock.advance(A_WHILE_MS)
    expect(phone.texts('.name')).toEqual(["ann's name…", "bob's name…"])
    await phone.reports('onPlay', 'ann', 2004)
    expect(phone.texts('.name')).toEqual(["ann's name", "bob's name…"])

    await world.clock.settle(ann.session.close())
    await world.clock.advance(A_WHILE_MS)
    expect(phone.texts('.name')).toEqual(["bob's name…"])
    expect(phone.told('memberLeave')).toMatchObject([{ userID: 'ann' }])
    for (const commit of phone.commits) expect(Object.keys(commit).join()).not.toMatch(/view|windows/)
    phone.room.detach()
  })

  test('recovers: after -1307 it is given a fresh URL and started again', async () => {
    const phone = await new TemplatePhone('mei', kind, properties).start()
    await phone.reports('onPush', 'rtcpusher', 1002)
    const before = phone.tag('rtcpusher')?.url
    await phone.reports('onPush', 'rtcpusher', -1307)
    expect(phone.told('reconnecting')).toMatchObject([{ target: 'publisher' }])
    expect(phone.tag('rtcpusher')?.url).not.toBe(before)
    expect(native.calls.filter((call) => call === 'rtcpusher.start')).toHaveLength(2)

    await world.device('ann').enter(roomId)
    await world.clock.advance(A_WHILE_MS)
    await phone.reports('onPlay', 'ann', 2004)
    await phone.reports('onPlay', 'ann', -2301)
    expect(native.calls.slice(-2)).toEqual(['ann.stop', 'ann.play'])
    phone.room.detach()
  })

  test('a property that the page changes counts, whatever was drawn under its name', async () => {
    const phone = await new TemplatePhone('mei', kind, properties).start()
    phone.room.instance.setData({ muted: 'true', profile: 'claims' })
    await world.clock.advance(A_WHILE_MS)
    expect(phone.tag('rtcpusher')).toMatchObject({ muted: true, minBitrate: 200, maxBitrate: 1200 })
    phone.room.instance.setData({ muted: false, profile: 'meeting-member' })
    await world.clock.advance(A_WHILE_MS)
    expect(phone.tag('rtcpusher')).toMatchObject({ muted: false, minBitrate: 150, maxBitrate: 300 })
    phone.room.detach()
  })

  test('leaves nothing behind', async () => {
    const phone = await new TemplatePhone('mei', kind, properties).start()
    phone.room.detach()
    await phone.logout()
    expect(phone.device.leftovers).toEqual(NOTHING_LEFT)
  })
})

describe('a template written for the original live-room', () => {
  async function broadcast(): Promise<{ presenter: TemplatePhone; guest: TemplatePhone }> {
    const presenter = await new TemplatePhone('su', 'live-template', { roomId: 'show', userName: 'Su' }).start()
    await presenter.reports('onMainPush', 'pusher', 1002)
    const guest = await new TemplatePhone('lin', 'live-template', {
      roomId: 'show',
      role: 'audience',
      userName: 'Lin',
    }).start()
    return { presenter, guest }
  }

  async function link({ presenter, guest }: { presenter: TemplatePhone; guest: TemplatePhone }): Promise<void> {
    void guest.room.instance.requestJoinPusher()
    await world.clock.advance(A_WHILE_MS)
    void presenter.room.instance.respondJoinReq(true, 'lin')
    await world.clock.advance(A_WHILE_MS)
    await guest.reports('onLinkPush', 'audience_pusher', 1002)
  }

  test('the presenter publishes, the audience plays the broadcast, a guest comes and is taken out again', async () => {
    const both = await broadcast()
    const { presenter, guest } = both
    expect(presenter.tag('pusher')).toMatchObject({ url: expect.stringContaining('rtmp://'), beauty: 5 })
    expect(guest.tag('player')).toMatchObject({ src: expect.stringContaining('.flv'), mode: 'live' })
    expect(guest.texts('.presenter')).toEqual(['Su…'])
    await guest.reports('onMainPlayState', 'player', 2004)
    expect(guest.texts('.presenter')).toEqual(['Su'])

    await link(both)
    expect(guest.tag('audience_pusher')).toMatchObject({ url: expect.stringContaining('rtmp://'), aspect: '3:4' })
    expect(guest.tag('player')).toMatchObject({ src: expect.stringContaining('rtmp://'), mode: 'RTC' })
    expect(guest.texts('.own')).toEqual(['Lin×'])
    expect(presenter.texts('.guest .name')).toEqual(['Lin'])
    expect(guest.told('linkOn')).toMatchObject([{ userID: 'lin' }])

    await presenter.tap('.kick')
    expect(presenter.texts('.guest .name')).toEqual([])
    expect(guest.tag('audience_pusher')).toBeNull()
    expect(guest.told('linkOff')).toMatchObject([{ reason: 'kicked' }])
    presenter.room.detach()
    guest.room.detach()
  })

  test('a guest whose player reports nothing is not restarted, and leaves by the template’s own button', async () => {
    const both = await broadcast()
    await link(both)
    const { presenter, guest } = both
    await world.clock.advance(60_000)
    expect(native.calls).not.toContain('lin.play')
    expect(presenter.told('reconnecting')).toEqual([])
    await guest.tap('.quit')
    expect(guest.tag('audience_pusher')).toBeNull()
    expect(presenter.texts('.guest .name')).toEqual([])
    presenter.room.detach()
    guest.room.detach()
  })
})

test('the built-in stage carries none of the names of a template', () => {
  const phone = new TemplatePhone('mei', 'live-room', { roomId: 'show' })
  expect(Object.keys(phone.room.data)).not.toEqual(expect.arrayContaining(['members']))
  for (const name of ['pushURL', 'members', 'visualPlayers', 'mainPusherInfo'])
    expect(phone.room.data).not.toHaveProperty(name)
  phone.room.detach()
})
