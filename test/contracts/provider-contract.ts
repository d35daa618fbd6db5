import { RoomError } from '../../src/errors'
import { checkCapabilities } from '../../src/provider/capabilities'
import type { Capabilities, JoinRequest, JoinResult, ProviderSession, RoomProvider } from '../../src/provider/provider'
import { createFakePlatform } from '../support/fake-platform'
import { codeOf, hearing, joinRequest } from '../support/room-world'
import type { VirtualClock } from '../support/virtual-clock'

/** A provider to try, with its vendor's side, in virtual time. */
export interface ProviderHarness {
  readonly provider: RoomProvider
  readonly clock: VirtualClock
  /** Configurations that are wrong in one field. */
  readonly badConfigs: readonly (readonly [field: string, config: unknown])[]
  /** A session of this user on a device of its own; nothing is joined yet. */
  open(userID: string): Promise<ProviderSession>
  /** What vendors differ in without lacking it. */
  readonly traits?: ProviderTraits
  /** This user's tag publishes: where the vendor waits for that, the others see the stream now. */
  publishing(userID: string, session: ProviderSession, publishUrl: string): void
  /** This user's tag has been taken off the page, as a component does when it leaves. */
  stopped?(userID: string): void
  cut(userID: string): void
  mend(userID: string): void
  /** Timers and listeners that this user's session holds. */
  held(userID: string): number
  close(): void
}

export interface ProviderTraits {
  /** The room is inside the live-pusher: it has to enter before anyone is known, and `publishing` makes it. */
  readonly isEnteredByTag?: boolean
  /** Nothing is asked over the network to join, and no URL is ever signed anew. */
  readonly needsNoServer?: boolean
  /** Members have no name but their userID. */
  readonly hasNoNames?: boolean
}

const ROOM = '7'
/** What live-pusher and live-player take. */
const MEDIA_URL = /^(rtmp|room):\/\//

/** What not every provider can do, as a page asks for it. */
const SPECIAL_REQUESTS = {
  createRooms: { roomId: '' },
  broadcasts: { kind: 'live' },
  callAudience: { role: 'audience' },
} as const satisfies Partial<Record<keyof Capabilities, Partial<JoinRequest>>>

/** Until what happened in the room has reached everyone, ms. */
const SOON_MS = 6_000
const MENDED_MS = 20_000

/** @param variant of the same provider, for the tests' names */
export function describeProvider(name: string, setUp: () => ProviderHarness, variant = ''): void {
  describe(`${name} as a provider of rooms${variant && `, ${variant}`}`, () => {
    let harness: ProviderHarness
    let clock: VirtualClock
    let traits: ProviderTraits

    beforeEach(() => {
      harness = setUp()
      clock = harness.clock
      traits = harness.traits ?? {}
    })
    afterEach(() => harness.close())

    const settle = <T>(promise: Promise<T>): Promise<T> => clock.settle(promise)

    const enter = async (userID: string) => {
      const session = await harness.open(userID)
      const heard = hearing(session)
      const request = joinRequest({ roomId: ROOM, userName: `${userID}'s name` })
      const result: JoinResult = await settle(session.join(request))
      harness.publishing(userID, session, result.publishUrl)
      await clock.advance(SOON_MS)
      const told = traits.isEnteredByTag ? await settle(session.resume()) : {}
      return { session, heard, result: { ...result, ...told } }
    }
    const leave = async (userID: string, { session }: { session: ProviderSession }) => {
      harness.stopped?.(userID)
      await settle(session.close())
    }
    const streamIds = ({ members }: Pick<JoinResult, 'members'>) =>
      members.map(({ streams }) => streams.map(({ streamId }) => streamId))

    it('goes by its name', () => expect(harness.provider.name).toBe(name))

    describe('open', () => {
      it('names the field that is wrong, and itself', () => {
        const platform = createFakePlatform({ clock })
        for (const [field, config] of harness.badConfigs) {
          const open = (): unknown => harness.provider.open(platform, config)
          expect(open).toThrow(RoomError)
          expect(open).toThrow(expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining(field) }))
          expect(open).toThrow(expect.objectContaining({ message: expect.stringContaining(name) }))
        }
      })
    })

    describe('join', () => {
      it('answers who one is, where to push, and nobody in an empty room', async () => {
        const { result } = await enter('ann')
        expect(result).toMatchObject({ roomId: ROOM, selfId: 'ann', members: [] })
        expect(result.publishUrl).toMatch(MEDIA_URL)
      })

      it('answers everyone who is there in the order of joining, each with a stream to play', async () => {
        for (const userID of ['ann', 'cyd', 'bob']) await enter(userID)
        const { result } = await enter('dan')
        expect(result.members.map(({ userID }) => userID)).toEqual(['ann', 'cyd', 'bob'])
        expect(result.members[0]?.userName).toBe(traits.hasNoNames ? '' : "ann's name")
        expect(streamIds(result)).toEqual([['ann_main'], ['cyd_main'], ['bob_main']])
        for (const { userID, streams } of result.members) {
          expect(streams[0]).toMatchObject({ userID, kind: 'main', hasAudio: true, hasVideo: true })
          expect(streams[0]?.url).toMatch(MEDIA_URL)
        }
      })

      it.each(Object.entries(SPECIAL_REQUESTS))('%s: as its capabilities say', async (feature, request) => {
        const session = await harness.open('ann')
        const asked = joinRequest({ roomId: ROOM, ...request })
        if (!harness.provider.capabilities[feature as keyof typeof SPECIAL_REQUESTS]) {
          const refused = { code: 'NOT_SUPPORTED', message: expect.stringContaining(`Provider ${name} does not`) }
          expect(() => checkCapabilities(harness.provider, asked)).toThrow(expect.objectContaining(refused))
          return
        }
        checkCapabilities(harness.provider, asked)
        const result = await settle(session.join(asked))
        expect(result.roomId).not.toBe('')
        expect(result.live !== undefined).toBe(feature === 'broadcasts')
      })
    })

    describe('in the room', () => {
      it('tells who comes and goes, and nothing of oneself', async () => {
        const ann = await enter('ann')
        const bob = await enter('bob')
        await leave('bob', bob)
        await clock.advance(SOON_MS)
        expect(ann.heard.filter((line) => !line.startsWith('updated'))).toEqual(['joined bob', 'left bob left'])
        expect(bob.heard).toEqual(traits.isEnteredByTag ? ['joined ann'] : [])
      })

      it('gives a fresh publish URL each time', async () => {
        const { session, result } = await enter('ann')
        await clock.advance(2_000)
        const fresh = await settle(session.publishUrl())
        expect(fresh).toMatch(MEDIA_URL)
        expect(fresh !== result.publishUrl).toBe(!traits.needsNoServer)
      })

      it('gives a fresh play URL each time', async () => {
        await enter('ann')
        const { session, result } = await enter('bob')
        const stream = result.members[0]?.streams[0]
        if (!stream) throw new Error('ann has no stream')
        await clock.advance(2_000)
        const fresh = await settle(session.playUrl(stream))
        expect(fresh).toMatch(MEDIA_URL)
        expect(fresh !== stream.url).toBe(!traits.isEnteredByTag)
      })

      it('knows by resume who came and went while the link was down', async () => {
        const ann = await enter('ann')
        const bob = await enter('bob')
        harness.cut('ann')
        await leave('bob', bob)
        await enter('cyd')
        harness.mend('ann')
        await clock.advance(MENDED_MS)
        const snapshot = await settle(ann.session.resume())
        expect(snapshot.roomId).toBe(ROOM)
        expect(streamIds(snapshot)).toEqual([['cyd_main']])
      })

      it('carries messages when it says so, and has no way to send them otherwise', async () => {
        const ann = await enter('ann')
        const bob = await enter('bob')
        expect(typeof bob.session.send === 'function').toBe(harness.provider.capabilities.messages)
        if (!bob.session.send) return
        const payloads: unknown[] = []
        ann.session.events.on('message', ({ kind, data, from }) => payloads.push([kind, data, from.userID]))
        await settle(bob.session.send({ kind: 'text', data: 'hello' }))
        await settle(bob.session.send({ kind: 'custom', data: { like: 2 } }))
        await clock.advance(SOON_MS)
        expect(payloads).toEqual([
          ['text', 'hello', 'bob'],
          ['custom', { like: 2 }, 'bob'],
        ])
        expect(bob.heard.filter((line) => line.startsWith('message'))).toEqual([])
      })

      it('has link-mic exactly when it says so', async () => {
        const { session } = await enter('ann')
        expect(typeof session.linkMic === 'function').toBe(harness.provider.capabilities.linkMic)
      })
    })

    describe('close', () => {
      it('may be called twice, and holds nothing after it', async () => {
        const { session } = await enter('ann')
        await settle(Promise.all([session.close(), session.close()]))
        await settle(session.close())
        expect(harness.held('ann')).toBe(0)
      })

      it('rejects what is pending as CANCELLED, and whatever is asked later', async () => {
        await enter('ann')
        const { session, result } = await enter('bob')
        const stream = result.members[0]?.streams[0]
        if (!stream) throw new Error('ann has no stream')
        const pending = Promise.all([session.publishUrl(), session.playUrl(stream), session.resume()].map(codeOf))
        await settle(session.close())
        expect(await settle(pending)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED'])
        expect(await settle(codeOf(session.publishUrl()))).toBe('CANCELLED')
      })

      it('cancels a join, and leaves nobody behind', async () => {
        const ann = await enter('ann')
        const session = await harness.open('bob')
        const join = codeOf(session.join(joinRequest({ roomId: ROOM })))
        await clock.advance(30)
        void session.close()
        expect(await settle(join)).toBe(traits.needsNoServer ? 'resolved' : 'CANCELLED')
        await clock.advance(SOON_MS)
        expect((await settle(ann.session.resume())).members).toEqual([])
        expect(harness.held('bob')).toBe(0)
      })

      it('says nothing afterwards', async () => {
        const { session, heard } = await enter('ann')
        await settle(session.close())
        await enter('bob')
        expect(heard).toEqual([])
      })
    })

    it('answers NOT_MEMBER before join', async () => {
      const session = await harness.open('ann')
      expect(await settle(codeOf(session.publishUrl()))).toBe('NOT_MEMBER')
      expect(await settle(codeOf(session.resume()))).toBe('NOT_MEMBER')
    })
  })
}
