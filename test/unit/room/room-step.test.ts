import { RoomError } from '../../../src/errors'
import type { LiveInfo } from '../../../src/provider/provider'
import { IDLE_ROOM } from '../../../src/room/room-state'
import type { RoomState } from '../../../src/room/room-state'
import { roomStep } from '../../../src/room/room-step'
import type { RoomEvent } from '../../../src/room/room-step'
import { liveStateOf, liveStep } from '../../../src/room/live-step'
import type { LiveEvent } from '../../../src/room/live-step'
import { joinResultOf, memberOf, snapshotOf } from '../../support/fake-provider'

const START = { role: 'anchor', roomId: 'r1', roomName: '' } as const
const start: RoomEvent = ['startRequested', 0, START]
/** Of the join before, which has been stopped. */
const startAgain: RoomEvent = ['startRequested', 1, START]
const stop: RoomEvent = ['stopRequested', 1]
const accepted = (epoch = 1): RoomEvent => ['joinAccepted', epoch, joinResultOf(memberOf('ann'))]
const offline = new RoomError('NETWORK')
const BROADCASTS = { begin: liveStateOf, step: liveStep }

function run(...events: RoomEvent[]): { room: RoomState; effects: string[] } {
  let room = IDLE_ROOM
  const effects: string[] = []
  for (const event of events) {
    const [next, more] = roomStep(room, event, BROADCASTS)
    room = next
    effects.push(...more.map(([name]) => name))
  }
  return { room, effects }
}

describe('the room', () => {
  it('joins, then publishes', () => {
    const { room, effects } = run(start, accepted())
    expect(room).toMatchObject({ phase: 'joined', epoch: 1, selfId: 'me', creator: 'ann' })
    expect(effects).toEqual(['phaseChanged', 'join', 'phaseChanged', 'publish'])
  })

  it('takes a second start for the first', () => {
    expect(run(start, startAgain).effects).toEqual(run(start).effects)
  })

  it('drops the answer of a join that was left', () => {
    const { room } = run(start, stop, accepted())
    expect(room.phase).toBe('leaving')
    expect(run(start, stop, startAgain, accepted(1)).room.phase).toBe('joining')
    expect(run(start, stop, startAgain, accepted(2)).room.phase).toBe('joined')
  })

  it('ends a leave as closed and empty, also when a new join has begun meanwhile', () => {
    const left: RoomEvent = ['left', 1]
    expect(run(start, accepted(), stop, left).room).toMatchObject({ phase: 'closed', selfId: '', roster: new Map() })
    expect(run(start, accepted(), stop, startAgain, left).room).toMatchObject({ phase: 'joining', epoch: 2 })
  })

  it('does nothing for stop() before start()', () => {
    expect(run(['stopRequested', 0])).toEqual({ room: IDLE_ROOM, effects: [] })
  })

  it('closes with the error when a join is refused', () => {
    const error = new RoomError('ROOM_FULL')
    const { room, effects } = run(start, ['tryFailed', 1, error])
    expect(room).toMatchObject({ phase: 'closed', error })
    expect(effects.slice(-3)).toEqual(['release', 'phaseChanged', 'failed'])
  })

  it('tries a join again that failed for the moment, and reports the recovery', () => {
    const failed: RoomEvent = ['tryFailed', 1, offline]
    expect(run(start, failed, ['retryDue', 1]).effects.slice(-1)).toEqual(['join'])
    expect(run(start, failed, ['retryDue', 1], accepted()).effects).toContain('reconnected')
  })

  it('fails with the last error when the policy gives up', () => {
    const { room } = run(start, ['tryFailed', 1, offline], ['gaveUp', 1])
    expect(room).toMatchObject({ phase: 'closed', error: offline })
  })

  it('keeps members while reconnecting, asks for the full truth afterwards and reports the difference', () => {
    const lost: RoomEvent = ['connectionLost', 1, offline]
    const away = run(start, accepted(), lost)
    expect(away.room).toMatchObject({ phase: 'reconnecting', attempt: 1 })
    expect(away.room.roster.size).toBe(1)
    const back = run(start, accepted(), lost, ['connectionRestored', 1], ['resumed', 1, snapshotOf(memberOf('bob'))])
    expect(back.effects.slice(-6)).toEqual([
      'resume',
      'wake',
      'phaseChanged',
      'reconnected',
      'memberLeft',
      'memberJoined',
    ])
    expect([...back.room.roster.keys()]).toEqual(['bob'])
    expect(back.room).toMatchObject({ phase: 'joined', attempt: 0 })
  })

  it('is reconnecting as long as the full truth cannot be had, also when no loss was told', () => {
    const untold = [start, accepted(), ['connectionRestored', 1], ['tryFailed', 1, offline]] as const
    expect(run(...untold).room).toMatchObject({ phase: 'reconnecting', attempt: 1, error: offline })
    const { room, effects } = run(...untold, ['retryDue', 1], ['resumed', 1, snapshotOf(memberOf('ann'))])
    expect(room).toMatchObject({ phase: 'joined', attempt: 0 })
    expect(effects.slice(-6)).toEqual([
      'phaseChanged',
      'reconnecting',
      'planRetry',
      'resume',
      'phaseChanged',
      'reconnected',
    ])
  })

  it('asks for the full truth also where the loss was overtaken by an answer from before it', () => {
    const lost: RoomEvent = ['connectionLost', 1, offline]
    const { effects } = run(
      start,
      accepted(),
      lost,
      ['connectionRestored', 1],
      lost,
      ['resumed', 1, snapshotOf()],
      ['connectionRestored', 1],
    )
    expect(effects.slice(-2)).toEqual(['resume', 'wake'])
  })

  it('shows retries of the connection while joining without leaving the phase', () => {
    const { room } = run(start, ['connectionLost', 1, offline], ['connectionRetried', 1, 3])
    expect(room).toMatchObject({ phase: 'joining', attempt: 3 })
  })

  it('knows a member once: a second joined is an update, a second left is nothing', () => {
    const joined: RoomEvent = ['memberJoined', 1, memberOf('bob')]
    const left: RoomEvent = ['memberLeft', 1, 'bob', 'left']
    expect(run(start, accepted(), joined, joined, left, left).effects.slice(-3)).toEqual([
      'memberJoined',
      'memberUpdated',
      'memberLeft',
    ])
  })

  it('never lists oneself', () => {
    expect(run(start, accepted(), ['memberJoined', 1, memberOf('me')]).room.roster.has('me')).toBe(false)
  })

  it('releases everything when the server closes the room', () => {
    const { room, effects } = run(start, accepted(), ['closed', 1, 'destroyed'])
    expect(room).toMatchObject({ phase: 'closed', closeReason: 'destroyed', error: { code: 'ROOM_CLOSED' } })
    expect(effects.slice(-3)).toEqual(['release', 'phaseChanged', 'closed'])
  })

  it('says nothing of an end that one has asked for oneself', () => {
    const error = new RoomError('CANCELLED', 'Logged out')
    const { room } = run(start, accepted(), ['closed', 1, 'expired', error])
    expect(room.error).toBeUndefined()
  })
})

describe('a broadcast', () => {
  const info: LiveInfo = { liveUrl: 'http://flv', audienceCount: 2, presenterAway: false, links: [] }
  const viewer = { userID: 'vic', userName: 'Vic', userAvatar: '' }
  const entered: RoomEvent = ['joinAccepted', 1, { ...joinResultOf(), publishUrl: '', live: info }]
  const live = (event: LiveEvent): RoomEvent => ['live', 1, event]
  const told = (phase: 'off' | 'requesting' | 'invited' | 'on', rev: number, userID = viewer.userID): RoomEvent =>
    live(['linkChanged', { user: { ...viewer, userID }, phase, rev }, ''])

  it('knows its audience and whether the presenter is there', () => {
    const news = { count: 7, entered: [viewer], left: [] }
    const { room, effects } = run(
      start,
      entered,
      live(['audienceChanged', news]),
      live(['presenterAway', true]),
      live(['presenterAway', true]),
    )
    expect(room.live).toMatchObject({ audienceCount: 7, presenterAway: true })
    expect(effects.slice(-2)).toEqual(['audienceChanged', 'presenterAwayChanged'])
  })

  it('tells the presenter who asks, who is on and who is off again, by the newest word on each', () => {
    const { effects } = run(
      start,
      entered,
      told('requesting', 1),
      told('requesting', 1),
      told('on', 3),
      told('off', 2),
      told('off', 4),
    )
    expect(effects.slice(-3)).toEqual(['linkRequested', 'linkOn', 'linkOff'])
    expect(run(start, entered, told('requesting', 1), told('off', 2)).effects.slice(-1)).toEqual(['linkRequestEnded'])
  })

  it('takes a word on oneself as one’s own link', () => {
    const { room, effects } = run(start, entered, told('on', 1, 'me'))
    expect(room.live?.own.phase).toBe('linking')
    expect(effects.slice(-1)).toEqual(['publish'])
  })

  it('begins with the links that stand when one comes in', () => {
    const links = [{ user: { ...viewer, userID: 'me' }, phase: 'invited' as const, rev: 4 }]
    const invited: RoomEvent = ['joinAccepted', 1, { ...joinResultOf(), live: { ...info, links } }]
    expect(run(start, invited).room.live?.own.phase).toBe('invited')
  })

  it('ignores link-mic in a call', () => {
    expect(run(start, accepted(), told('on', 1, 'me')).effects).not.toContain('linkOn')
  })

  it('keeps what was told link by link over a resume', () => {
    const resumed: RoomEvent = ['resumed', 1, { ...snapshotOf(), live: { ...info, audienceCount: 9 } }]
    const { room } = run(start, entered, told('requesting', 1), resumed)
    expect(room.live?.audienceCount).toBe(9)
    expect(room.live?.links.get('vic')?.phase).toBe('requesting')
  })
})
