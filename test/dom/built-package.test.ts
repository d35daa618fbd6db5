import type * as Direct from '../../src/provider/direct/direct'
import type { DirectConfig } from '../../src/provider/direct/direct'
import type * as Core from '../../src/index'
import { BUILD_TIMEOUT_MS, BuiltPackage } from '../support/built-package'
import { createFakeHost } from '../support/fake-host'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { createFakePlatform } from '../support/fake-platform'
import { createFakeProvider, JOIN, joinResultOf, memberOf, snapshotOf } from '../support/fake-provider'
import { registerComponent, render } from '../support/simulate'
import type { Rendered } from '../support/simulate'
import { until } from '../support/until'
import { VIEW_OPTIONS } from '../support/view-options'
import { VirtualClock } from '../support/virtual-clock'

let built: BuiltPackage
let native: NativeCalls
let room: Rendered | null = null

beforeAll(() => {
  built = new BuiltPackage()
}, BUILD_TIMEOUT_MS)
afterAll(() => built.remove())

beforeEach(() => {
  // a component's file registers it while it loads, once
  jest.resetModules()
  native = fakeNativeContexts({ publisher: ['toggleTorch'] })
})
afterEach(() => {
  room?.detach()
  room = null
  native.restore()
})

const CONFIG: DirectConfig = {
  userID: 'mei',
  pushUrl: () => Promise.resolve('rtmp://media.test/live/mei'),
  members: () => Promise.resolve([{ userID: 'ann', playUrl: 'rtmp://media.test/live/ann' }]),
}

const wxPlayer = (rendered: Rendered) => rendered.querySelector('#player-0')?.instance.data.src as string | undefined

test.each(['rtc-room', 'webrtc-room'])(
  'a built %s joins, plays, comes back after a break and controls its devices',
  async (name) => {
    const { direct, registerProvider } = built.require('direct.js') as typeof Direct
    registerProvider(direct, CONFIG)
    const path = `${name}/${name}`
    const id = registerComponent(path, () => void built.require(`components/${path}.js`))
    const rendered = render(id, { provider: 'direct', roomId: '7', autoplay: true })
    room = rendered
    const tags: string[] = []
    rendered.addEventListener('onRoomEvent', ({ detail }) => tags.push(detail.tag as string))

    await expect(rendered.instance.start()).resolves.toEqual({ roomId: '7', roomName: '', creator: '' })
    await until('the player', () => Promise.resolve(wxPlayer(rendered)))
    expect(wxPlayer(rendered)).toBe('rtmp://media.test/live/ann')
    await until('the start', () => Promise.resolve(native.calls.includes('publisher.start')))

    rendered.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: 1002 })
    rendered.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: -1307 })
    await until('the restart', () =>
      Promise.resolve(native.calls.at(-1) === 'publisher.start' && tags.includes('reconnecting')),
    )
    rendered.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: 1002 })
    await until('the recovery', () => Promise.resolve(tags.includes('reconnected')))

    await rendered.instance.toggleTorch()
    expect(native.calls.at(-1)).toBe('publisher.toggleTorch')
    await rendered.instance.stop()
    expect(rendered.instance.data.view.phase).toBe('closed')
  },
)

test('a built live-room refuses an audience without a room, by its own number', async () => {
  const id = registerComponent('live-room/live-room', () => void built.require('components/live-room/live-room.js'))
  const rendered = render(id, { role: 'audience' })
  room = rendered
  const told: unknown[] = []
  rendered.addEventListener('onRoomEvent', ({ detail }) => told.push([detail.tag, detail.code, detail.error.code]))
  await expect(rendered.instance.start()).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
  expect(told).toEqual([['error', -9003, 'BAD_PARAMETER']])
})

test.each([
  ['rtc-room', {}],
  ['webrtc-room', {}],
  ['live-room', { role: 'presenter' }],
])('a built %s shows who comes and goes, carries messages and heals a player', async (name, properties) => {
  const { registerProvider, RoomError } = built.require('index.js') as typeof Core
  const provider = createFakeProvider()
  registerProvider(provider)
  const id = registerComponent(`${name}/${name}`, () => void built.require(`components/${name}/${name}.js`))
  const rendered = render(id, { provider: 'fake', roomId: 'r1', autoplay: true, ...properties })
  room = rendered
  const told: string[] = []
  rendered.addEventListener('onRoomEvent', ({ detail }) => told.push(`${detail.tag} ${JSON.stringify(detail.detail)}`))
  const isTold = (wanted: string) => () => Promise.resolve(told.some((each) => each.startsWith(wanted)))

  const started = rendered.instance.start()
  const session = await until('the session', () => Promise.resolve(provider.sessions.at(-1)))
  await until('the join', () => Promise.resolve(session.joins.length > 0))
  session.joins[0]?.resolve(joinResultOf())
  await started
  session.events.emit('memberJoined', memberOf('ann'))
  const src = await until('the player', () => Promise.resolve(wxPlayer(rendered)))
  expect(src).toMatch(/^rtmp:\/\/play\/ann\?v=/)
  expect(told).toContain('memberJoin {"userID":"ann","userName":"name of ann","userAvatar":""}')

  rendered.querySelector('#player-0')?.instance.triggerEvent('statechange', { code: -2301 })
  await until('another URL', () => Promise.resolve(![undefined, src].includes(wxPlayer(rendered))))
  rendered.querySelector('#player-0')?.instance.triggerEvent('statechange', { code: 2004 })

  session.events.emit('connectionLost', new RoomError('NETWORK'))
  await until('the break', isTold('reconnecting'))
  session.events.emit('connectionRestored')
  await until('the return', () => Promise.resolve(session.resumes.length > 0))
  session.resumes[0]?.resolve(snapshotOf(memberOf('ann'), memberOf('bob')))
  await until('bob', isTold('memberJoin {"userID":"bob"'))

  if (name !== 'webrtc-room') {
    await rendered.instance.sendTextMsg('hello')
    expect(session.sent).toEqual([{ kind: 'text', data: 'hello' }])
    session.events.emit('message', { kind: 'text', from: memberOf('ann'), data: 'hi', time: 1 })
    await until('the message', isTold('recvTextMsg "hi"'))
  }
  session.events.emit('memberLeft', 'ann', 'left')
  await until('the departure', isTold('memberLeave {"userID":"ann"'))
  await rendered.instance.stop()
  expect(session.closed).toBe(true)
})

test('the built core runs on a platform, a provider, a policy and tags of the caller', async () => {
  const { createRoomSession, selectRoomView } = built.require('index.js') as typeof Core
  const clock = new VirtualClock()
  const [platform, provider, host] = [createFakePlatform({ clock }), createFakeProvider(), createFakeHost(clock)]
  const asked: number[] = []
  const policy: Core.ReconnectPolicy = { nextDelayMs: ({ attempt }) => asked.push(attempt) && 100 }
  const session = createRoomSession({ platform, provider, config: {}, host, policy, seats: 4 })
  const phases: string[] = []
  session.events.on('phaseChanged', (phase) => phases.push(phase))

  const started = session.start(JOIN)
  await clock.advance(0)
  provider.sessions[0]?.joins[0]?.resolve(joinResultOf(memberOf('ann')))
  await started
  await clock.advance(1_000)
  expect(host.calls).toContain('publisher.start')
  const view = selectRoomView(session.room, session.media, VIEW_OPTIONS)
  expect(view.players[0]).toMatchObject({ userID: 'ann' })

  session.handleMedia({ target: 'publisher', type: 'statechange', code: 1002 })
  session.handleMedia({ target: 'publisher', type: 'statechange', code: -1307 })
  await clock.advance(1_000)
  expect(asked).toContain(1)
  const stopped = session.stop()
  await clock.advance(1_000)
  await stopped
  expect(phases.at(-1)).toBe('closed')
  expect([platform.armedTimers, platform.listeners]).toEqual([0, 0])
})
