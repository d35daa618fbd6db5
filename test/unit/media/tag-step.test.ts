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
    effects.push(...more.map((effect) => effect.type))
  }
  return { tag, effects }
}

const begun: TagEvent = { type: 'begun', url: 'a', mounted: false }
const broken = (at: number): TagEvent => ({ type: 'broken', error: lost, at })
const started = (at: number): TagEvent => ({ type: 'started', at })
const woken = (by: WakeReason): TagEvent => ({ type: 'woken', by })

describe('a tag', () => {
  it('starts once its URL is on the page, and is restarted when the tag stood there before', () => {
    expect(run(begun).effects).toEqual(['start', 'awaitStart'])
    expect(run({ ...begun, mounted: true }).effects).toEqual(['restart', 'awaitStart'])
  })

  it('counts captured pictures as started only after the server has been reached', () => {
    expect(run(begun, { type: 'capturing', at: 1 }).tag.phase).toBe('starting')
    expect(run(begun, { type: 'connected' }, { type: 'capturing', at: 1 }).tag.phase).toBe('running')
  })

  it('asks for a fresh URL when the retry is due and restarts with it', () => {
    const { tag, effects } = run(
      begun,
      started(0),
      broken(5_000),
      { type: 'retryDue' },
      { type: 'urlReceived', url: 'b' },
    )
    expect(tag).toMatchObject({ phase: 'starting', url: 'b', attempt: 1 })
    expect(effects.slice(-5)).toEqual(['reportRetry', 'planRetry', 'askUrl', 'restart', 'awaitStart'])
  })

  it('reports the recovery once, with the number of tries it took', () => {
    const { effects } = run(
      begun,
      broken(0),
      { type: 'retryDue' },
      { type: 'urlReceived', url: 'b' },
      started(9),
      started(10),
    )
    expect(effects.filter((type) => type === 'reportRecovery')).toHaveLength(1)
  })

  it('takes further bad news while retrying as old news', () => {
    const { tag, effects } = run(begun, broken(0), broken(1), broken(2))
    expect(tag.attempt).toBe(1)
    expect(effects.filter((type) => type === 'planRetry')).toHaveLength(1)
  })

  it('counts on when it breaks before it was stable, so that no fast loop forms', () => {
    const again = run(
      begun,
      broken(0),
      { type: 'retryDue' },
      { type: 'urlReceived', url: 'b' },
      started(100),
      broken(100 + STABLE_MS - 1),
    )
    expect(again.tag.attempt).toBe(2)
    const fresh = run(
      begun,
      broken(0),
      { type: 'retryDue' },
      { type: 'urlReceived', url: 'b' },
      started(100),
      broken(100 + STABLE_MS),
    )
    expect(fresh.tag.attempt).toBe(1)
  })

  it('takes a changed attribute over by a restart with the URL it has, which is no recovery', () => {
    const { tag, effects } = run(begun, started(0), { type: 'reconfigured' }, started(9))
    expect(tag).toMatchObject({ phase: 'running', url: 'a', attempt: 0 })
    expect(effects.slice(-3)).toEqual(['restart', 'awaitStart', 'stopWaiting'])
    expect(run(begun, broken(0), { type: 'reconfigured' }).tag.phase).toBe('retrying')
  })

  it('keeps its stability over a stall', () => {
    const { tag } = run(begun, started(1_000), { type: 'stalled' }, started(9_000))
    expect(tag).toMatchObject({ phase: 'running', startedAt: 1_000 })
  })

  it('does not retry a refused camera, and tries again when woken by the user', () => {
    const refused = run(begun, { type: 'refused', error: denied }, broken(1), started(2))
    expect(refused.tag).toMatchObject({ phase: 'failed', error: denied })
    expect(refused.effects.slice(-1)).toEqual(['reportFailure'])
    expect(run(begun, { type: 'refused', error: denied }, woken('user')).effects.slice(-1)).toEqual(['askUrl'])
    expect(run(begun, { type: 'refused', error: denied }, woken('network'), woken('foreground')).tag.phase).toBe(
      'failed',
    )
  })

  it('fails with the cause of the last break when the policy gives up', () => {
    expect(run(begun, broken(0), { type: 'gaveUp' }).tag).toMatchObject({ phase: 'failed', error: lost })
  })

  it('counts a URL that could not be had as a try', () => {
    expect(run(begun, broken(0), { type: 'retryDue' }, { type: 'urlFailed', error: lost }).tag.attempt).toBe(2)
  })

  it('asks for the first URL where it is not known, and starts with it', () => {
    const requested: TagEvent = { type: 'requested' }
    expect(run(requested).effects).toEqual(['askUrl'])
    const { tag, effects } = run(requested, { type: 'urlReceived', url: 'a' })
    expect(tag).toMatchObject({ phase: 'starting', url: 'a', attempt: 0 })
    expect(effects).toEqual(['askUrl', 'start', 'awaitStart'])
    expect(run(requested, { type: 'urlFailed', error: lost }).tag).toMatchObject({ phase: 'retrying', attempt: 1 })
  })

  it('waits for the foreground while suspended, without timers', () => {
    const { tag, effects } = run(begun, started(0), { type: 'suspended', error: lost }, broken(1))
    expect(tag.phase).toBe('suspended')
    expect(effects).not.toContain('planRetry')
    expect(tagStep(tag, woken('network'))).toEqual([tag, []])
    expect(tagStep(tag, woken('foreground'))[1]).toEqual([
      { type: 'reportRetry', attempt: 1, error: lost },
      { type: 'askUrl' },
    ])
  })

  it('reports no recovery that nobody was told the break of', () => {
    const recovered = [begun, broken(0), { type: 'retryDue' }, { type: 'urlReceived', url: 'b' }, started(9)] as const
    const reports = (...more: TagEvent[]): number =>
      run(...recovered, ...more).effects.filter((type) => type === 'reportRecovery').length
    expect(reports()).toBe(1)
    expect(reports({ type: 'reconfigured' }, started(20))).toBe(1)
    expect(reports({ type: 'suspended', error: lost }, started(20))).toBe(1)
    expect(reports({ type: 'suspended', error: lost }, woken('foreground'), started(20))).toBe(2)
    expect(run(begun, broken(0), { type: 'suspended', error: lost }, started(9)).effects).toContain('reportRecovery')
  })

  it('ignores a URL that comes after the need for it', () => {
    const { tag } = run(begun, started(0), { type: 'urlReceived', url: 'late' })
    expect(tag.url).toBe('a')
  })
})
