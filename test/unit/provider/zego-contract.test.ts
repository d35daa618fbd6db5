import { zego } from '../../../src/provider/zego/zego'
import { describeProvider } from '../../contracts/provider-contract'
import { createFakePlatform, type FakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'
import { FakeZegoEngine, ZegoCloud } from '../../support/zego-cloud'

describeProvider('zego', () => {
  const clock = new VirtualClock()
  const cloud = new ZegoCloud(clock)
  const devices = new Map<string, { platform: FakePlatform; engine: FakeZegoEngine }>()
  const good = { engine: new FakeZegoEngine(cloud), userID: 'ann', token: 'a token' }
  const engineOf = (userID: string): FakeZegoEngine | undefined => devices.get(userID)?.engine
  return {
    provider: zego,
    clock,
    badConfigs: [
      ['engine', undefined],
      ['engine', { ...good, engine: { on: () => true, off: () => true } }],
      ['userID', { ...good, userID: '' }],
      ['token', { ...good, token: undefined }],
      ['renewToken', { ...good, renewToken: 'another token' }],
      ['streamId', { ...good, streamId: 'my stream' }],
      ['streamId', { ...good, streamId: 7 }],
      ['publishSource', { ...good, publishSource: 'CDN' }],
      ['playSource', { ...good, playSource: 1 }],
    ],
    open: async (userID) => {
      const device = { platform: createFakePlatform({ clock }), engine: new FakeZegoEngine(cloud) }
      devices.set(userID, device)
      return zego.open(device.platform, { ...good, engine: device.engine, userID })
    },
    publishing: (_userID, session) => session.onMedia?.({ target: 'publisher', type: 'statechange', code: 1002 }),
    cut: (userID) => engineOf(userID)?.cut(),
    mend: (userID) => engineOf(userID)?.mend(),
    held: (userID) => {
      const { platform, engine } = devices.get(userID) ?? {}
      return (platform?.armedTimers ?? 0) + (platform?.listeners ?? 0) + (engine?.listenerCount ?? 0)
    },
    close: () => undefined,
  }
})
