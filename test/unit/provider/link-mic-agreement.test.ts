import fc from 'fast-check'
import type { LinkAction, LinkState } from '../../../src/model'
import { codeOf, RoomWorld, type Participant } from '../../support/room-world'
import type { Direction } from '../../support/hub-link'

const ROOM = 'show'
const NAMES = ['pat', 'ann', 'bob'] as const
type Name = (typeof NAMES)[number]
const OF_THE_PRESENTER: readonly LinkAction[] = ['accept', 'reject', 'invite', 'kick', 'mute']
const OF_A_VIEWER: readonly LinkAction[] = ['request', 'cancel', 'acceptInvite', 'rejectInvite', 'leave']
/** Long enough for every request to have been repeated or given up, and for what was asked to have run out. */
const CALM_MS = 120_000

type Happening =
  | { readonly type: 'act'; readonly who: Name; readonly action: LinkAction; readonly on: Name }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'lose' | 'repeat'; readonly who: Name; readonly direction: Direction }
  | { readonly type: 'delay'; readonly who: Name; readonly direction: Direction; readonly ms: number }
  | { readonly type: 'cut'; readonly who: Name; readonly ms: number }

const name = fc.constantFrom(...NAMES)
const viewer = fc.constantFrom<Name>('ann', 'bob')
const direction = fc.constantFrom<Direction>('up', 'down')
const act = fc.oneof(
  fc.record({
    type: fc.constant('act' as const),
    who: fc.constant<Name>('pat'),
    action: fc.constantFrom(...OF_THE_PRESENTER),
    on: viewer,
  }),
  viewer.chain((who) =>
    fc.record({
      type: fc.constant('act' as const),
      who: fc.constant(who),
      action: fc.constantFrom(...OF_A_VIEWER),
      on: fc.constant(who),
    }),
  ),
)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: act },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 31_000 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constantFrom('lose' as const, 'repeat' as const), who: name, direction }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('delay' as const),
      who: name,
      direction,
      ms: fc.integer({ min: 1, max: 5_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('cut' as const), who: name, ms: fc.integer({ min: 0, max: 25_000 }) }),
  },
)

/** A presenter and two viewers on networks that do what a test wants, with the last word each has heard of everyone. */
class Stage {
  readonly world = new RoomWorld()
  private readonly people = new Map<Name, Participant>()
  private readonly heard = new Map<Name, Map<string, LinkState>>()
  private readonly closed = new Set<Name>()
  /** What was told although something newer had been. */
  private readonly stale: LinkState[] = []

  async open(): Promise<void> {
    for (const who of NAMES) {
      const role = who === 'pat' ? 'anchor' : 'audience'
      const person = await this.world.device(who).enter(ROOM, { kind: 'live', role })
      const links = new Map<string, LinkState>()
      const { events } = person.session
      events.on('linkChanged', (link) => {
        const before = links.get(link.user.userID)
        if (before && before.rev >= link.rev) this.stale.push(link)
        links.set(link.user.userID, link)
      })
      events.on('closed', () => this.closed.add(who))
      events.on('connectionRestored', () => void person.session.resume().catch(() => undefined))
      this.people.set(who, person)
      this.heard.set(who, links)
    }
  }

  async happens(each: Happening): Promise<void> {
    if (each.type === 'wait') return this.world.clock.advance(each.ms)
    const { session, device } = this.person(each.who)
    const { link } = device
    switch (each.type) {
      case 'act': {
        const target = each.who === 'pat' ? { userID: each.on } : {}
        void session.linkMic?.({ action: each.action, ...target }).catch(() => undefined)
        return
      }
      case 'lose':
        return link.loseNext(each.direction)
      case 'repeat':
        return link.repeatNext(each.direction)
      case 'delay':
        return link.delayNext(each.direction, each.ms)
      case 'cut':
        link.refusing = true
        link.cut()
        this.world.clock.setTimer(each.ms, () => (link.refusing = false))
    }
  }

  /** Nothing more goes wrong, and everyone asks how it is: whoever has not heard of the end of the room does so now. */
  async calm(): Promise<void> {
    await this.world.clock.advance(CALM_MS)
    for (const who of NAMES) {
      const code = await this.world.clock.settle(codeOf(this.person(who).session.resume()), CALM_MS)
      if (code === 'ROOM_NOT_FOUND') this.closed.add(who)
    }
    await this.world.clock.advance(1_000)
  }

  async expectAgreement(): Promise<void> {
    expect(this.stale).toEqual([])
    const room = await this.world.hub.context.store.get(ROOM)
    if (!room?.live) {
      expect([...this.closed].sort()).toEqual([...NAMES].sort())
      return
    }
    expect([...this.closed]).toEqual([])
    for (const who of NAMES) {
      const truth = room.live.links.filter(({ user }) => who === 'pat' || user.userID === who).map(wordOf)
      const { live } = await this.world.clock.settle(this.person(who).session.resume())
      const told = [...(this.heard.get(who)?.values() ?? [])].filter(({ phase }) => phase !== 'off')
      expect({ who, links: live?.links.map(wordOf).sort() }).toEqual({ who, links: truth.sort() })
      expect({ who, told: told.map(wordOf).sort() }).toEqual({ who, told: truth.sort() })
      expect(live?.audienceCount).toBe(room.live.audienceCount)
    }
  }

  private person(who: Name): Participant {
    const person = this.people.get(who)
    if (!person) throw new Error(`${who} is not on the stage`)
    return person
  }
}

function wordOf({ user, phase }: LinkState): string {
  return `${user.userID} ${phase}`
}

test('whatever is done, lost, repeated, delayed and cut, everyone ends up agreed with the server', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 25 }), async (happenings) => {
      const stage = new Stage()
      try {
        await stage.open()
        for (const each of happenings) await stage.happens(each)
        await stage.calm()
        await stage.expectAgreement()
      } finally {
        stage.world.close()
      }
    }),
    { numRuns: 200 },
  )
}, 60_000)
