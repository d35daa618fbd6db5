import type { DeskCallEvents } from '../../examples/playground/desk/call-events'
import { LinkOffers } from '../../examples/playground/desk/link-offers'
import { wordsOf } from '../../examples/playground/desk/words'
import { RoomError } from '../../src/errors'
import { TypedEmitter } from '../../src/util/emitter'

const ANN = { userID: 'ann', userName: 'Ann', userAvatar: '' }

function opened() {
  const corner = document.createElement('div')
  const done: string[] = []
  const events = new TypedEmitter<DeskCallEvents>((error) => {
    throw error
  })
  const refused = { error: null as RoomError | null }
  const note = async (what: string): Promise<void> => {
    done.push(what)
    if (refused.error) throw refused.error
  }
  const call = {
    events,
    stepLink: () => note('step'),
    answerLink: (action: string, userID: string) => note(`${action} ${userID}`),
    declineInvite: () => note('decline'),
  }
  const complain = ({ code }: RoomError): unknown => done.push(`complained ${code}`)
  const offers = new LinkOffers(call, { corner, say: () => wordsOf('en'), complain })
  const press = async (testid: string): Promise<void> => {
    corner.querySelector<HTMLButtonElement>(`[data-testid=${testid}]`)?.click()
    await Promise.resolve()
  }
  const texts = (): (string | null)[] => [...corner.querySelectorAll('b')].map(({ textContent }) => textContent)
  return { events, offers, done, refused, press, texts }
}

test('a request stands until it is answered, or comes to nothing', async () => {
  const { events, done, press, texts } = opened()
  events.emit('linkRequested', ANN)
  expect(texts()).toEqual(['Ann asks to join in'])
  await press('link-accept')
  expect([done, texts()]).toEqual([['accept ann'], []])
  events.emit('linkRequested', ANN)
  events.emit('linkRequestEnded', ANN)
  expect(texts()).toEqual([])
})

test.each(['invite-accept', 'invite-reject'])('an invitation is answered by %s', async (button) => {
  const { events, done, press, texts } = opened()
  events.emit('linkInvited')
  expect(texts()).toEqual(['The presenter invites you on air'])
  await press(button)
  expect([done, texts()]).toEqual([[button === 'invite-accept' ? 'step' : 'decline'], []])
})

test('an invitation that has run out, or was taken back, stands there no more', () => {
  const { events, texts } = opened()
  events.emit('linkInvited')
  events.emit('linkRefused')
  expect(texts()).toEqual([])
})

test('what could not be done is told, but not that one has thought better of it', async () => {
  const { events, offers, done, refused, press } = opened()
  refused.error = new RoomError('NOT_REQUESTED')
  events.emit('linkInvited')
  await press('invite-reject')
  expect(done).toEqual(['decline', 'complained NOT_REQUESTED'])
  refused.error = new RoomError('CANCELLED')
  offers.step()
  await Promise.resolve()
  expect(done.slice(2)).toEqual(['step'])
})

test('the end of a seat is told to whoever has not ended it', () => {
  const { events, texts } = opened()
  events.emit('linkEnded', 'ended')
  expect(texts()).toEqual([])
  events.emit('linkEnded', 'kicked')
  expect(texts()).toEqual(['You are off air'])
})
