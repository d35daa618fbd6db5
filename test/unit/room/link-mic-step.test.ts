import fc from 'fast-check'
import { RoomError } from '../../../src/errors'
import type { LinkPhase, LinkState } from '../../../src/model'
import { LINK_OFF, linkMicStep } from '../../../src/room/link-mic-step'
import type { LinkMicEvent, LinkMicState } from '../../../src/room/link-mic-step'

const user = { userID: 'vic', userName: 'Vic', userAvatar: '' }
const word = (phase: LinkPhase, rev: number, more: Partial<LinkState> = {}): LinkMicEvent => [
  'linkChanged',
  { user, phase, rev, ...more },
  phase === 'on' ? `rtmp://push?v=${rev}` : '',
]
const requested: LinkMicEvent = ['requested']
const ended: LinkMicEvent = ['ended']
const published: LinkMicEvent = ['published']
const overdue: LinkMicEvent = ['overdue']

function run(...events: LinkMicEvent[]): { link: LinkMicState; effects: string[] } {
  let link = LINK_OFF
  const effects: string[] = []
  for (const event of events) {
    const [next, more] = linkMicStep(link, event)
    link = next
    effects.push(...more.map((effect) => (effect[0] === 'ask' ? `ask ${effect[1]}` : effect[0])))
  }
  return { link, effects }
}

describe('link-mic', () => {
  it('goes from the request over the granted seat to the accepted stream', () => {
    const { link, effects } = run(requested, word('requesting', 1), word('on', 2), published)
    expect(link.phase).toBe('on')
    expect(effects).toEqual(['ask request', 'publish', 'linkOn'])
  })

  it('asks once, however often one taps', () => {
    expect(run(requested, requested, requested).effects).toEqual(['ask request'])
  })

  it('takes a request that crosses an invitation for its acceptance', () => {
    expect(run(word('invited', 1), requested).effects).toEqual(['linkInvited', 'ask acceptInvite'])
    expect(run(requested, word('on', 3)).link.phase).toBe('linking')
  })

  it('hears of an invitation once, and answers it either way', () => {
    expect(run(word('invited', 1), word('invited', 2)).effects).toEqual(['linkInvited'])
    expect(run(word('invited', 1), requested).effects.slice(-1)).toEqual(['ask acceptInvite'])
    expect(run(word('invited', 1), ended)).toMatchObject({
      link: { phase: 'off', leaving: true },
      effects: ['linkInvited', 'linkRefused', 'ask rejectInvite'],
    })
    expect(run(ended).effects).toEqual([])
  })

  it('drops the server’s older words', () => {
    expect(run(requested, word('on', 5), word('requesting', 4)).link.phase).toBe('linking')
  })

  it('does not come back on when a word from before one’s leaving is late', () => {
    const { link, effects } = run(requested, word('on', 2), published, ended, word('on', 3))
    expect(link).toMatchObject({ phase: 'off', leaving: true })
    expect(effects.slice(-3)).toEqual(['unpublish', 'linkOff', 'ask leave'])
    expect(run(requested, word('on', 2), ended, word('off', 4), word('on', 6)).link.phase).toBe('linking')
  })

  it('stops publishing when the presenter kicks', () => {
    const { link, effects } = run(requested, word('on', 2), published, word('off', 3, { reason: 'kicked' }))
    expect(link.phase).toBe('off')
    expect(effects.slice(-2)).toEqual(['unpublish', 'linkOff'])
  })

  it('gives a request up when no word came in time, and tells the server', () => {
    expect(run(requested, overdue).effects).toEqual(['ask request', 'linkRefused', 'ask cancel'])
    expect(run(requested, word('on', 1), overdue).link.phase).toBe('linking')
  })

  it('is off again when the server refuses the request', () => {
    const { link, effects } = run(requested, ['refused', new RoomError('SEATS_FULL')])
    expect(link.phase).toBe('off')
    expect(effects.slice(-1)).toEqual(['linkRefused'])
  })

  it('ends where the server is, whatever one does meanwhile, and publishes exactly while it is granted', () => {
    const own = fc.constantFrom<LinkMicEvent>(requested, ended, published, overdue)
    const phase = fc.constantFrom<LinkPhase>('off', 'requesting', 'invited', 'on')
    const event = fc.oneof(
      own.map((doing) => ({ doing })),
      fc.record({ phase, rev: fc.integer({ min: 1, max: 30 }) }).map(({ phase, rev }) => ({ doing: word(phase, rev) })),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), phase, (events, last) => {
        const { link, effects } = run(...events.map(({ doing }) => doing), word('off', 99), word(last, 100))
        expect(link.phase === 'linking' ? 'on' : link.phase).toBe(last)
        const starts = effects.filter((effect) => effect === 'publish').length
        const stops = effects.filter((effect) => effect === 'unpublish').length
        expect(starts - stops).toBe(last === 'on' ? 1 : 0)
      }),
    )
  })
})
