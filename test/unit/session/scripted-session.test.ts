import type { RoomView, TileState } from '../../../src/view/room-view'
import { ScriptedSession } from '../../support/session/scripted-session'

let session: ScriptedSession

async function started(members: number, template: string, warm = true): Promise<ScriptedSession> {
  session = new ScriptedSession({ members, template })
  await session.prepare(warm)
  void session.start()
  return session
}

afterEach(() => session.world.close())

const SIZES = [
  { members: 1, template: '1v1', mostBytes: 3_500 },
  { members: 3, template: '1v3', mostBytes: 3_500 },
  { members: 8, template: 'grid', mostBytes: 6_000 },
]

describe.each(SIZES)('rtc-room with $members others as $template', ({ members, template, mostBytes }) => {
  it('has the push URL and every player on the page one round trip after start()', async () => {
    const call = await started(members, template)
    expect(await call.momentOf((view) => view.publisher.url !== '')).toBe(116)
    expect(call.shownPlayers.filter((player) => player.src !== '')).toHaveLength(members)
    expect(call.calls.map(({ at }) => at).filter((at) => at > 0)).toEqual([100])
  })

  it('needs one round trip more when the login is not made yet', async () => {
    const call = await started(members, template, false)
    expect(await call.momentOf((view) => view.publisher.url !== '')).toBe(216)
  })

  it('shows a member who comes or goes 66 ms after the server knows', async () => {
    const call = await started(members, template)
    await call.until(2_000)
    const change = async (act: () => void, count: number) => {
      const before = call.now
      act()
      return (await call.momentOf(() => call.shownPlayers.length === count)) - before
    }
    expect(await change(() => call.leave('user1'), members - 1)).toBe(66)
    expect(await change(() => call.enter('user1'), members)).toBe(66)
  })

  it('stays within its budget of setData, and no call is for nothing', async () => {
    const call = await started(members, template)
    await call.play()
    await call.until(120_000)
    await call.stop()
    await call.until(150_000)
    expect(call.calls.filter((each) => each.noop)).toEqual([])
    expect(call.bytes).toBeLessThanOrEqual(mostBytes)
    const heard = call.events.filter(({ tag }) => tag === 'recvTextMsg').map(({ detail }) => detail)
    expect(heard).toEqual(call.said)
    expect(heard.length).toBeGreaterThan(10)
    expect(call.events.filter(({ tag }) => tag === 'error')).toEqual([])
  })

  it('is idle with at most two messages a minute', async () => {
    const call = await started(members, template)
    await call.until(60_000)
    const { frames } = call.device.link
    const before = frames.up.length
    await call.until(180_000)
    expect(frames.up.length - before).toBeLessThanOrEqual(4)
  })

  it('leaves nothing after stop() and detach', async () => {
    const call = await started(members, template)
    await call.until(10_000)
    await call.stop()
    expect(call.native.running).toBe(0)
    expect(call.page.publisher.url).toBe('')
    expect(call.shownPlayers).toEqual([])
    await call.until(40_000)
    call.detach()
    await call.world.clock.settle(call.device.connection.logout())
    await call.until(70_000)
    expect(call.device.leftovers).toEqual({ sockets: 0, timers: 0, listeners: 0 })
  })

  it('heals a dead player and a dead publisher within a second each', async () => {
    const call = await started(members, template)
    await call.until(30_000)
    call.native.tag('player0')?.die(-2301)
    const stateIs = (state: TileState) => (view: RoomView) => JSON.stringify(view.players[0]).includes(`"${state}"`)
    expect(await call.momentOf(stateIs('reconnecting'))).toBeLessThan(30_100)
    expect(await call.momentOf(stateIs('playing'))).toBeLessThan(31_000)
    await call.until(38_000)
    call.native.tag('publisher')?.report(1102)
    await call.until(40_000)
    call.native.tag('publisher')?.die(-1307)
    await call.until(41_000)
    expect(call.page.publisher.state).toBe('playing')
    expect(call.events.filter(({ tag }) => tag === 'reconnected')).toHaveLength(2)
    expect(call.events.filter(({ tag }) => tag === 'error')).toEqual([])
  })
})
