import type { TrtcConfig } from '../../../src/provider/trtc/config'
import { trtc } from '../../../src/provider/trtc/trtc'
import { describeProvider, type ProviderHarness, type ProviderTraits } from '../../contracts/provider-contract'
import { createFakePlatform, type FakePlatform } from '../../support/fake-platform'
import { TrtcCloud, TrtcTag } from '../../support/trtc-cloud'
import { VirtualClock } from '../../support/virtual-clock'

const ROUND_TRIP_MS = 100

function harnessOf(traits: ProviderTraits, configOf: (clock: VirtualClock) => Partial<TrtcConfig>): ProviderHarness {
  const clock = new VirtualClock()
  const cloud = new TrtcCloud(clock)
  const platforms = new Map<string, FakePlatform>()
  const tags = new Map<string, TrtcTag>()
  const good = { sdkAppID: 1400000001, userID: 'ann', userSig: 'sig', ...configOf(clock) }
  return {
    provider: trtc,
    clock,
    traits: { isEnteredByTag: true, hasNoNames: true, ...traits },
    badConfigs: [
      ['sdkAppID', undefined],
      ['sdkAppID', { ...good, sdkAppID: 'my app' }],
      ['userID', { ...good, userID: '' }],
      ['userSig', { ...good, userSig: undefined }],
      ['privateMapKey', { ...good, privateMapKey: 'a&b' }],
      ['scene', { ...good, scene: 'theatre' }],
      ['pureAudioMode', { ...good, pureAudioMode: 3 }],
      ['recvMode', { ...good, recvMode: 0 }],
      ['stringRoom', { ...good, stringRoom: 'yes' }],
      ['legacy.request', { ...good, legacy: {} }],
    ],
    open: async (userID) => {
      const platform = createFakePlatform({ clock })
      platforms.set(userID, platform)
      return trtc.open(platform, { ...good, userID })
    },
    publishing: (userID, session, publishUrl) => {
      const tag = new TrtcTag(cloud, (event) => session.onMedia?.(event))
      tags.set(userID, tag)
      tag.start(publishUrl)
    },
    stopped: (userID) => tags.get(userID)?.stop(),
    cut: (userID) => tags.get(userID)?.cut(),
    mend: (userID) => tags.get(userID)?.mend(),
    held: (userID) => (platforms.get(userID)?.armedTimers ?? 0) + (platforms.get(userID)?.listeners ?? 0),
    close: () => undefined,
  }
}

describeProvider('trtc', () => harnessOf({ needsNoServer: true }, () => ({})))

describeProvider(
  'trtc',
  () =>
    harnessOf({}, (clock) => {
      let signatures = 0
      const request = (): Promise<unknown> =>
        new Promise((resolve) => {
          const answer = { RspHead: { ErrorCode: 0 }, RspBody: { sig: (signatures += 1) } }
          clock.setTimer(ROUND_TRIP_MS, () => resolve(answer))
        })
      return { legacy: { request } }
    }),
  'rooms of the first generation',
)
