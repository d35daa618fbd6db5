import type { MediaSignal } from '../../../src/codes/signals'
import { RoomError } from '../../../src/errors'
import type { TagState } from '../../../src/media/media-state'
import { NEW_TAG, STABLE_MS, tagStep } from '../../../src/media/tag-step'
import type { TagEvent, WakeReason } from '../../../src/media/tag-step'

const lost = new RoomError('PUSH_FAILED')
const denied = new RoomError('CAMERA_DENIED')

function run(...events: TagEvent[]): { tag: TagState; effects: string[] } {
  let tag = NEW_TAG
  const effects: string[] = []
  for (const event of events) {
    const [next, more] = tagStep(tag, event)
    tag = next
    effects.push(...more.map(([effect, detail]) => (effect === 'start' && detail ? 'restart' : effect)))
  }
  return { tag, effects }
}

const begun: TagEvent = ['begun', 'a', false]
const urlReceived: TagEvent = ['urlReceived', 'b']
const reconfigured: TagEvent = ['reconfigured']
const refused: TagEvent = ['cameraDenied', 1, denied]
const suspended: TagEvent = ['suspended', 1, lost]
const signalled = (signal: MediaSignal, at = 1): TagEvent => [signal, at, lost]
const broken = (at: number): TagEvent => signalled('retry', at)
const started = (at: number): TagEvent => signalled('started', at)
const woken = (by: WakeReason): TagEvent => ['woken', by]

describe('a tag', () => {
  it('starts once its URL is on the page, and is restarted when the tag stood there before', () => {
    expect(run(begun).effects).toEqual(['start'])
    expect(run(['begun', 'a', true]).effects).toEqual(['restart'])
  })

  it('counts captured pictures as started only after the server has been reached', () => {
    expect(run(begun, signalled('capturing')).tag.phase).toBe('starting')
    expect(run(begun, signalled('connected'), signalled('capturing')).tag.phase).toBe('running')
  })

  it('plans a retry when it breaks, and restarts with the fresh URL of it', () => {
    const { tag, effects } = run(begun, started(0), broken(5_000), urlReceived)
    expect(tag).toMatchObject({ phase: 'starting', url: 'b', attempt: 1 })
    expect(effects.slice(-3)).toEqual(['retrying', 'planRetry', 'restart'])
  })

  it('reports the recovery once, with the number of tries it took', () => {
    const { effects } = run(begun, broken(0), urlReceived, started(9), started(10))
    expect(effects.filter((type) => type === 'recovered')).toHaveLength(1)
  })

  it('takes further bad news while retrying as old news', () => {
    const { tag, effects } = run(begun, broken(0), broken(1), broken(2))
    expect(tag.attempt).toBe(1)
    expect(effects.filter((type) => type === 'planRetry')).toHaveLength(1)
  })

  it('counts on when it breaks before it was stable, so that no fast loop forms', () => {
    const again = run(begun, broken(0), urlReceived, started(100), broken(100 + STABLE_MS - 1))
    expect(again.tag.attempt).toBe(2)
    const fresh = run(begun, broken(0), urlReceived, started(100), broken(100 + STABLE_MS))
    expect(fresh.tag.attempt).toBe(1)
  })

  it('takes a changed attribute over by a restart with the URL it has, which is no recovery', () => {
    const { tag, effects } = run(begun, started(0), reconfigured, started(9))
    expect(tag).toMatchObject({ phase: 'running', url: 'a', attempt: 0 })
    expect(effects.slice(-2)).toEqual(['restart', 'up'])
    expect(run(begun, broken(0), reconfigured).tag.phase).toBe('retrying')
  })

  it('keeps its stability over a stall', () => {
    const { tag } = run(begun, started(1_000), signalled('stalled'), started(9_000))
    expect(tag).toMatchObject({ phase: 'running', startedAt: 1_000 })
  })

  it('does not retry a refused camera, and tries again when woken by the user', () => {
    const { tag, effects } = run(begun, refused, broken(1), started(2))
    expect(tag).toMatchObject({ phase: 'failed', error: denied })
    expect(effects.slice(-1)).toEqual(['failed'])
    expect(run(begun, refused, woken('user')).effects.slice(-1)).toEqual(['askUrl'])
    expect(run(begun, refused, woken('network'), woken('foreground')).tag.phase).toBe('failed')
  })

  it('fails with the cause of the last break when the policy gives up', () => {
    expect(run(begun, broken(0), ['gaveUp']).tag).toMatchObject({ phase: 'failed', error: lost })
  })

  it('counts a URL that could not be had as a try', () => {
    expect(run(begun, broken(0), ['urlFailed', lost]).tag.attempt).toBe(2)
  })

  it('ends the retries when a URL is refused for good', () => {
    const { tag, effects } = run(begun, broken(0), ['urlFailed', denied])
    expect(tag).toMatchObject({ phase: 'failed', error: denied })
    expect(effects.slice(-1)).toEqual(['failed'])
  })

  it('is deaf while it is held: what its slot played before may still report', () => {
    const held: TagState = { ...NEW_TAG, phase: 'held' }
    for (const event of [started(1), broken(1), suspended, refused, woken('user')])
      expect(tagStep(held, event)).toEqual([held, []])
  })

  it('tells that it is up after a start and a break, not after a stall', () => {
    const { effects } = run(begun, started(0), signalled('sdkRetrying'), signalled('playing'), broken(1), started(2))
    expect(effects.filter((effect) => effect === 'up')).toHaveLength(2)
  })

  it('asks for the first URL where it is not known, and starts with it', () => {
    const requested: TagEvent = ['requested', false]
    expect(run(requested).effects).toEqual(['askUrl'])
    const { tag, effects } = run(requested, ['urlReceived', 'a'])
    expect(tag).toMatchObject({ phase: 'starting', url: 'a', attempt: 0 })
    expect(effects).toEqual(['askUrl', 'start'])
    expect(run(requested, ['urlFailed', lost]).tag).toMatchObject({ phase: 'retrying', attempt: 1 })
  })

  it('waits for the foreground while suspended, without timers', () => {
    const { tag, effects } = run(begun, started(0), suspended, broken(1))
    expect(tag.phase).toBe('suspended')
    expect(effects).not.toContain('planRetry')
    expect(tagStep(tag, woken('network'))).toEqual([tag, []])
    expect(tagStep(tag, woken('foreground'))[1]).toEqual([['retrying', 1, lost], ['askUrl']])
  })

  it('reports no recovery that nobody was told the break of', () => {
    const recovered = [begun, broken(0), urlReceived, started(9)] as const
    const reports = (...more: TagEvent[]): number =>
      run(...recovered, ...more).effects.filter((type) => type === 'recovered').length
    expect(reports()).toBe(1)
    expect(reports(reconfigured, started(20))).toBe(1)
    expect(reports(suspended, started(20))).toBe(1)
    expect(reports(suspended, woken('foreground'), started(20))).toBe(2)
    expect(run(begun, broken(0), suspended, started(9)).effects).toContain('recovered')
  })

  it('ignores a URL that comes after the need for it', () => {
    const { tag } = run(begun, started(0), ['urlReceived', 'late'])
    expect(tag.url).toBe('a')
  })
})
