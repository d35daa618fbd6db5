import { fakeNativeContexts } from '../support/fake-native'
import { memberOf } from '../support/fake-provider'
import { RtcRoomStage, textsOf } from '../support/rtc-room-stage'
import type { Node, Rendered } from '../support/simulate'

const ANN = memberOf('ann')
const BOB = memberOf('bob')

function tilesOf(room: Rendered): string[] {
  return room.querySelectorAll('.rl-tile').map((tile: Node) => {
    const name = tile.dom?.querySelector('.rl-tag__name')?.textContent
    return `${name}: ${[...(tile.dom?.classList ?? [])].filter((name) => !['rl-tile', 'tile-class'].includes(name)).join(' ')}`
  })
}

let stage: RtcRoomStage

beforeEach(() => {
  fakeNativeContexts()
  stage = new RtcRoomStage()
})

test.each([
  ['1v1', ['我: rl-s1 rl-tile--sm rl-tile--win', 'name of ann: rl-s0 rl-tile--lg rl-tile--full']],
  ['1v3', ['我: rl-s9 rl-tile--md', 'name of ann: rl-s0 rl-tile--md', 'name of bob: rl-s1 rl-tile--md']],
  ['grid', ['我: rl-s9 rl-tile--md', 'name of ann: rl-s0 rl-tile--md', 'name of bob: rl-s1 rl-tile--md']],
  [
    'float',
    [
      '我: rl-s0 rl-tile--lg rl-tile--full',
      'name of ann: rl-s1 rl-tile--sm rl-tile--win',
      'name of bob: rl-s2 rl-tile--sm rl-tile--win',
    ],
  ],
  [
    'bigsmall',
    [
      '我: rl-s1 rl-tile--sm rl-tile--win',
      'name of ann: rl-s0 rl-tile--lg rl-tile--full',
      'name of bob: rl-s2 rl-tile--sm rl-tile--win',
    ],
  ],
])('%s seats everyone by class', async (template, tiles) => {
  const room = stage.render({ template })
  await stage.joined(room, ANN, BOB)
  expect(tilesOf(room)).toEqual(tiles)
})

test('members that the template does not show are counted on the stage', async () => {
  const room = stage.render({ template: '1v1' })
  await stage.joined(room, ANN, BOB, memberOf('cat'))
  expect(textsOf(room, '.rl-more')).toEqual(['还有 2 人'])
  expect(await room.instance.getMembers()).toHaveLength(3)
})
