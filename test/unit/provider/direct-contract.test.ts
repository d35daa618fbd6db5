import { direct } from '../../../src/provider/direct/direct'
import { describeProvider } from '../../contracts/provider-contract'
import { DirectApp } from '../../support/direct-app'
import { createFakePlatform, type FakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'

const member = { userID: 'bob', playUrl: 'rtmp://media.test/live/bob' }
const good = { userID: 'ann', pushUrl: 'rtmp://media.test/live/ann', members: [member] }

describeProvider('direct', () => {
  const clock = new VirtualClock()
  const app = new DirectApp(clock)
  const platforms = new Map<string, FakePlatform>()
  return {
    provider: direct,
    clock,
    badConfigs: [
      ['userID', undefined],
      ['userID', { ...good, userID: 7 }],
      ['pushUrl', { ...good, pushUrl: 'https://media.test/live/ann' }],
      ['members', { ...good, members: undefined }],
      ['members[0].userID', { ...good, members: [{ ...member, userID: '' }] }],
      ['members[1].userID', { ...good, members: [member, member] }],
      ['members[0].playUrl', { ...good, members: [{ ...member, playUrl: 'https://media.test/live/bob.m3u8' }] }],
      ['members[0].liveUrl', { ...good, members: [{ ...member, liveUrl: 'media.test/live/bob.flv' }] }],
      ['playUrl', { ...good, playUrl: 'rtmp://media.test/live/bob' }],
      ['left', { ...good, left: true }],
      ['refreshMs', { ...good, refreshMs: '5000' }],
    ],
    open: async (userID) => {
      const platform = createFakePlatform({ clock })
      platforms.set(userID, platform)
      return direct.open(platform, app.configOf(userID))
    },
    publishing: () => undefined,
    cut: (userID) => void app.offline.add(userID),
    mend: (userID) => void app.offline.delete(userID),
    held: (userID) => heldBy(platforms.get(userID)),
    close: () => undefined,
  }
})

function heldBy(platform: FakePlatform | undefined): number {
  return (platform?.armedTimers ?? 0) + (platform?.listeners ?? 0)
}
