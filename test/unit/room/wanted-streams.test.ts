import { streamIdOf } from '../../../src/model'
import type { StreamKind } from '../../../src/model'
import { IDLE_ROOM } from '../../../src/room/room-state'
import { wantedStreams } from '../../../src/room/wanted-streams'
import { memberOf, streamOf } from '../../support/fake-provider'

function wantedOf(...kinds: StreamKind[]): string[] {
  const streams = kinds.map((kind) => ({ ...streamOf('ann'), kind, streamId: streamIdOf('ann', kind) }))
  const roster = new Map([['ann', memberOf('ann', { streams })]])
  return wantedStreams({ ...IDLE_ROOM, phase: 'joined', roster }).map(({ streamId }) => streamId)
}

test('a shared screen is played beside the picture of its sender', () => {
  expect(wantedOf('main', 'aux')).toEqual(['ann_main', 'ann_aux'])
})

test('nobody is shown twice: the small picture counts where there is no main one', () => {
  expect(wantedOf('main', 'small')).toEqual(['ann_main'])
  expect(wantedOf('small')).toEqual(['ann_small'])
})

test('in a call the stream of a broadcast is not played', () => {
  expect(wantedOf('live', 'main')).toEqual(['ann_main'])
})
