import { NoticeText } from '../../server/src/hub/notice-text'
import { RoomFeed } from '../../server/src/hub/room-feed'
import { Wire } from '../../server/src/hub/wire'
import type { NoticeEvent } from '../../server/src/store/store-event'
import { createStreamUrls } from '../../server/src/stream-urls'
import { VirtualClock } from '../support/virtual-clock'
import { keys } from './support/hub-client'

const urls = createStreamUrls({ keys, clock: new VirtualClock() })

function leaving(seq: number, userID: string, kind: NoticeEvent['kind'] = 'multi_room'): NoticeText {
  const notice = { seq, ev: 'memberLeft', userID, reason: 'left' } as const
  return new NoticeText({ type: 'notice', room: 'r1', epoch: 'e', kind, notice })
}

function feedOf(userID: string) {
  const sent: unknown[] = []
  const wire = new Wire(urls, { host: 'rooms.test', secure: false })
  const receiver = { id: 'c', userID, wire, send: (text: string) => void sent.push(JSON.parse(text)) }
  return { feed: new RoomFeed('r1', receiver, () => sent.push('out')), sent }
}

it('holds notices until the answer is out, and passes those that it does not contain', () => {
  const { feed, sent } = feedOf('ann')
  for (const seq of [4, 5, 6]) feed.pass(leaving(seq, 'bob'))
  expect(sent).toEqual([])
  feed.start({ epoch: 'e', seq: 5 })
  expect(sent).toEqual([{ room: 'r1', epoch: 'e', notice: leaving(6, 'bob').event.notice }])
})

it('holds news without a number as well, in order', () => {
  const { feed, sent } = feedOf('ann')
  feed.tell('{"room":"r1","presenterAway":true}')
  feed.start({ epoch: 'e', seq: 5 })
  feed.tell('{"room":"r1","presenterAway":false}')
  expect(sent).toEqual([
    { room: 'r1', presenterAway: true },
    { room: 'r1', presenterAway: false },
  ])
})

it('passes each notice once', () => {
  const { feed, sent } = feedOf('ann')
  feed.start({ epoch: 'e', seq: 1 })
  for (const seq of [2, 2, 1, 3]) feed.pass(leaving(seq, 'bob'))
  expect(sent).toHaveLength(2)
})

it('ends with the notice that its receiver is out, whatever is held behind it', () => {
  const { feed, sent } = feedOf('ann')
  for (const text of [leaving(2, 'ann'), leaving(3, 'bob')]) feed.pass(text)
  feed.start({ epoch: 'e', seq: 1 })
  feed.pass(leaving(4, 'bob'))
  expect(sent).toEqual(['out'])
})

it('goes on when its receiver gives up a seat in a live_room, until it is taken out', () => {
  const { feed, sent } = feedOf('ann')
  feed.start({ epoch: 'e', seq: 1 })
  feed.pass(leaving(2, 'ann', 'live_room'))
  expect(sent).toHaveLength(1)
  feed.takeOut('kicked')
  feed.pass(leaving(3, 'bob', 'live_room'))
  expect(sent.slice(1)).toEqual(['out'])
})

it('tells at the end of a request that its receiver was taken out meanwhile', () => {
  const { feed, sent } = feedOf('ann')
  feed.start({ epoch: 'e', seq: 1 })
  feed.hold()
  feed.takeOut('kicked')
  expect(sent).toEqual([])
  feed.release()
  expect(sent).toEqual(['out'])
})

it('tells after the answer that another connection has taken over meanwhile', () => {
  const { feed, sent } = feedOf('ann')
  feed.takeOut('replaced')
  expect(sent).toEqual([])
  feed.start({ epoch: 'e', seq: 1 })
  expect(sent).toEqual(['out'])
})

it('outlives the end of an earlier room of the same id', () => {
  const { feed, sent } = feedOf('ann')
  feed.takeOut('destroyed', 'earlier')
  feed.start({ epoch: 'e', seq: 1 })
  feed.takeOut('destroyed', 'earlier')
  expect(sent).toEqual([])
  feed.takeOut('destroyed', 'e')
  expect(sent).toEqual(['out'])
})

describe('a notice to many', () => {
  const member = { userID: 'bob', userName: '', userAvatar: '', audio: true, video: true, aux: false, stream: '' }
  const joined = new NoticeText({
    ...{ type: 'notice', room: 'r1', epoch: 'e', kind: 'live_room' },
    notice: { seq: 1, ev: 'memberJoined', member },
  })
  const wireTo = (host: string, secure = false) => ({ userID: 'ann', wire: new Wire(urls, { host, secure }) })

  it('is one text for all who came by the same host', () => {
    expect(joined.for(wireTo('a.test'))).toBe(joined.for(wireTo('a.test')))
    expect(leaving(2, 'bob').for(wireTo('a.test'))).toBe(leaving(2, 'bob').for(wireTo('b.test')))
  })

  it('leads each to the host it came by', () => {
    expect(joined.for(wireTo('a.test'))).toContain('"liveURL":"http://a.test/')
    expect(joined.for(wireTo('b.test'))).toContain('"liveURL":"http://b.test/')
    expect(joined.for(wireTo('b.test', true))).toContain('"liveURL":"https://b.test/')
  })

  it('says what is said to one user to that user alone, and is one text for all the others', () => {
    const from = { userID: 'bob', userName: '', userAvatar: '' }
    const whisper = new NoticeText({
      ...{ type: 'notice', room: 'r1', epoch: 'e', kind: 'multi_room' },
      notice: { seq: 4, ev: 'message', kind: 'text', from, data: 'psst', time: 1, to: 'ann' },
    })
    const textFor = (userID: string): string => whisper.for({ ...wireTo('a.test'), userID })
    expect(JSON.parse(textFor('ann'))).toMatchObject({ notice: { seq: 4, ev: 'message', data: 'psst', to: 'ann' } })
    expect(JSON.parse(textFor('cyd'))).toEqual({ room: 'r1', epoch: 'e', notice: { seq: 4, ev: 'whispered' } })
    expect(textFor('bob')).toBe(textFor('cyd'))
  })
})
