import '../../../src/service-errors'
import { RoomError } from '../../../src/errors'
import { NEW_TAG } from '../../../src/media/tag-step'
import type { MediaState, PlayerState, TagPhase } from '../../../src/media/media-state'
import { IDLE_ROOM } from '../../../src/room/room-state'
import type { RoomState } from '../../../src/room/room-state'
import type { Member } from '../../../src/model'
import type { PlayerView } from '../../../src/view/room-view'
import { selectRoomView } from '../../../src/view/select-room-view'
import { memberOf, streamOf } from '../../support/fake-provider'
import { VIEW_OPTIONS } from '../../support/view-options'

function roomWith(...members: Member[]): RoomState {
  return {
    ...IDLE_ROOM,
    phase: 'joined',
    selfId: 'me',
    roster: new Map(members.map((member) => [member.userID, member])),
  }
}

function playing(userID: string, more: Partial<PlayerState> = {}): PlayerState {
  return {
    ...NEW_TAG,
    phase: 'running',
    url: `rtmp://play/${userID}`,
    streamId: `${userID}_main`,
    bars: 4,
    figures: '',
    codes: [],
    ...more,
  }
}

const publisher = {
  ...NEW_TAG,
  phase: 'running' as TagPhase,
  url: 'rtmp://push/me',
  bars: 3 as const,
  figures: '360×640',
  codes: [],
}

describe('selectRoomView', () => {
  it('shows nobody and no tag while idle', () => {
    const view = selectRoomView(IDLE_ROOM, { publisher: null, slots: [] }, VIEW_OPTIONS)
    expect(view).toMatchObject({ phase: 'idle', count: 0, more: 0, notice: null, players: [] })
    expect(view.publisher.url).toBe('')
  })

  it('is JSON through and through', () => {
    const view = selectRoomView(roomWith(memberOf('ann')), { publisher, slots: [playing('ann'), null] }, VIEW_OPTIONS)
    expect(JSON.parse(JSON.stringify(view))).toEqual(view)
  })

  it('counts who is in the room and not shown', () => {
    const room = roomWith(memberOf('ann'), memberOf('bob'), memberOf('cid'))
    const view = selectRoomView(room, { publisher, slots: [playing('bob')] }, VIEW_OPTIONS)
    expect(view).toMatchObject({ count: 2, more: 2 })
  })

  it('keeps an empty slot as its index', () => {
    const media: MediaState = { publisher, slots: [null, playing('bob')] }
    const view = selectRoomView(roomWith(memberOf('bob')), media, VIEW_OPTIONS)
    expect(view.players[0]).toEqual({ slot: 0 })
    expect(view.players[1]).toMatchObject({ slot: 1, userID: 'bob', state: 'playing', net: 4 })
  })

  it('seats by the order of joining, not by slot, where one tile is the big one', () => {
    const room = roomWith(memberOf('ann'), memberOf('bob'))
    const media: MediaState = { publisher, slots: [playing('bob'), playing('ann')] }
    const places = selectRoomView(room, media, { ...VIEW_OPTIONS, layout: 'bigsmall' }).players
    expect((places[1] as PlayerView).place).toContain('rl-s0')
    expect((places[0] as PlayerView).place).toContain('rl-s2')
  })

  it('shows who has switched camera and microphone off', () => {
    const quiet = memberOf('ann', { streams: [{ ...streamOf('ann'), hasAudio: false, hasVideo: false }] })
    const view = selectRoomView(roomWith(quiet), { publisher, slots: [playing('ann')] }, VIEW_OPTIONS)
    expect(view.players[0]).toMatchObject({ muted: true, cameraOff: true })
  })

  describe('of a member who shares a screen', () => {
    const screen = { ...streamOf('ann'), streamId: 'ann_aux', kind: 'aux' as const, hasAudio: false }
    const room = roomWith(memberOf('ann', { streams: [streamOf('ann'), screen] }), memberOf('bob'))

    it('has a tile of its own, which is nobody who could be muted', () => {
      const slots = [playing('ann'), playing('ann', { streamId: 'ann_aux' })]
      const view = selectRoomView(room, { publisher, slots }, { ...VIEW_OPTIONS, layout: 'float' })
      expect(view.players[1]).toMatchObject({ streamId: 'ann_aux', name: 'name of ann', screen: true })
      expect(view.players[1]).not.toHaveProperty('muted')
      expect(view.players[0]).not.toHaveProperty('screen')
      expect(view.players.map((player) => (player as PlayerView).place.slice(0, 5))).toEqual(['rl-s2', 'rl-s0'])
    })

    it('counts people, not screens, as those who are not shown', () => {
      const view = selectRoomView(room, { publisher, slots: [playing('ann')] }, VIEW_OPTIONS)
      expect(view.more).toBe(1)
    })
  })

  it.each<[TagPhase, number, string]>([
    ['starting', 0, 'loading'],
    ['starting', 2, 'reconnecting'],
    ['running', 0, 'playing'],
    ['stalled', 0, 'stalled'],
    ['retrying', 1, 'reconnecting'],
    ['suspended', 0, 'reconnecting'],
    ['failed', 3, 'failed'],
  ])('draws phase %s at try %d as %s', (phase, attempt, state) => {
    const view = selectRoomView(
      roomWith(memberOf('ann')),
      { publisher, slots: [playing('ann', { phase, attempt })] },
      VIEW_OPTIONS,
    )
    expect(view.players[0]).toMatchObject({ state })
  })

  it('names the reason on the stage when the room is closed by an error, in the chosen language', () => {
    const room: RoomState = { ...IDLE_ROOM, phase: 'closed', error: new RoomError('ROOM_FULL') }
    const none: MediaState = { publisher: null, slots: [] }
    expect(selectRoomView(room, none, VIEW_OPTIONS).notice).toEqual({ code: 'ROOM_FULL', text: '房间已满' })
    expect(selectRoomView(room, none, { ...VIEW_OPTIONS, language: 'en' }).notice?.text).toBe('The room is full')
  })

  it('takes over the stage for a refused camera, not for a lost publisher', () => {
    const failed = (error: RoomError) => ({ publisher: { ...publisher, phase: 'failed' as const, error }, slots: [] })
    expect(selectRoomView(roomWith(), failed(new RoomError('CAMERA_DENIED')), VIEW_OPTIONS).notice?.code).toBe(
      'CAMERA_DENIED',
    )
    expect(selectRoomView(roomWith(), failed(new RoomError('PUSH_FAILED')), VIEW_OPTIONS).notice).toBeNull()
  })

  it('writes state, tries, figures and last codes on tiles, only while debugging', () => {
    const room = roomWith(memberOf('ann'))
    const media: MediaState = {
      publisher,
      slots: [playing('ann', { attempt: 2, figures: '360×640 · 15 fps · 480 kbps', codes: [2004, -2301, 2004] })],
    }
    expect(selectRoomView(room, media, VIEW_OPTIONS).players[0]).not.toHaveProperty('debug')
    expect(selectRoomView(room, media, { ...VIEW_OPTIONS, debug: true }).players[0]).toMatchObject({
      debug: 'running · retry 2 · 360×640 · 15 fps · 480 kbps · 2004 -2301 2004',
    })
    expect(selectRoomView(room, media, { ...VIEW_OPTIONS, debug: true, roundTrip: 42 })).toMatchObject({
      publisher: { debug: expect.stringMatching(/ · rtt 42 ms/) as string },
      players: [{ debug: expect.not.stringContaining('rtt') as string }],
    })
  })
})
