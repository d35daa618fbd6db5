import { createPlayer, createPublisher } from '../../../components/shared/media-classes'
import { createFakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'

interface Call {
  readonly made: readonly unknown[]
  readonly name: string
}

/** A mini program's wx as far as a tag needs it. */
function fakeWx() {
  const calls: Call[] = []
  const listeners = new Set<unknown>()
  const contextOf =
    (...names: string[]) =>
    (...made: unknown[]) =>
      Object.fromEntries(
        names.map((name) => [
          name,
          ({ success }: { success?(): void }) => {
            calls.push({ made, name })
            success?.()
          },
        ]),
      )
  const api = {
    createLivePusherContext: contextOf('start', 'stop', 'toggleTorch'),
    createLivePlayerContext: contextOf('play', 'stop', 'mute'),
    onNetworkStatusChange: (listener: unknown) => void listeners.add(listener),
    offNetworkStatusChange: (listener: unknown) => void listeners.delete(listener),
    onAppShow: (listener: unknown) => void listeners.add(listener),
    offAppShow: (listener: unknown) => void listeners.delete(listener),
  }
  return { api, calls, listeners }
}

describe('in a mini program', () => {
  let wxBefore: unknown
  let world: ReturnType<typeof fakeWx>
  const surroundings = globalThis as { wx?: unknown }

  beforeEach(() => {
    wxBefore = surroundings.wx
    world = fakeWx()
    surroundings.wx = world.api
  })
  afterEach(() => {
    surroundings.wx = wxBefore
  })

  const setUrl = (_url: string, done: () => void): void => done()

  it('a publisher finds tag, network and foreground by itself, and gives them back', async () => {
    const publisher = createPublisher({ url: 'rtmp://push', setUrl })
    await publisher.start()
    await publisher.toggleTorch()
    expect(world.calls).toEqual([
      { made: [], name: 'start' },
      { made: [], name: 'toggleTorch' },
    ])
    expect(world.listeners.size).toBe(2)
    publisher.destroy()
    expect(world.listeners.size).toBe(0)
    expect(world.calls.slice(-1)).toEqual([{ made: [], name: 'stop' }])
  })

  it('a player is found by its id, in a component too', async () => {
    const component = { isComponent: true }
    const ofPage = createPlayer({ id: 'player', url: 'rtmp://play', setUrl })
    const ofComponent = createPlayer({ id: 'player', component, url: 'rtmp://play', setUrl })
    await ofPage.mute()
    await ofComponent.mute()
    expect(world.calls).toEqual([
      { made: ['player'], name: 'mute' },
      { made: ['player', component], name: 'mute' },
    ])
  })

  it('a publisher of a component is found by its id', async () => {
    const component = { isComponent: true }
    await createPublisher({ id: 'pusher', component, url: 'rtmp://push', setUrl }).toggleTorch()
    expect(world.calls).toEqual([{ made: ['pusher', component], name: 'toggleTorch' }])
  })

  it('what the page names itself goes before the defaults', async () => {
    const clock = new VirtualClock()
    const platform = createFakePlatform({ clock })
    const asked: number[] = []
    const policy = { nextDelayMs: ({ attempt }: { attempt: number }) => (asked.push(attempt), null) }
    const context = { start: () => undefined, stop: () => undefined }
    const publisher = createPublisher({ platform, policy, context, url: 'rtmp://push', setUrl })
    void publisher.start()
    await clock.advance(0)
    publisher.statechange({ detail: { code: -1307 } })
    expect(asked).toEqual([1])
    expect(world.calls).toEqual([])
    publisher.destroy()
    expect(platform.armedTimers).toBe(0)
  })
})
