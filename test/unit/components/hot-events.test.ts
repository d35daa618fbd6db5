import type { RawMediaEvent } from '../../../src/media/raw-event'
import { FullCall } from '../../support/full-call'

const MEMBERS = 64
let call: FullCall

async function callOf(members: number, options: { debug?: boolean } = {}): Promise<FullCall> {
  call = await FullCall.of(members, { keepsCommits: true, ...options })
  return call
}

afterEach(() => call.close())

function netstatus(target: RawMediaEvent['target'], info: Record<string, number>): RawMediaEvent {
  return { target, type: 'netstatus', info: { netQualityLevel: 1, videoFPS: 15, audioBitrate: 32, ...info } }
}

it('network figures that nobody sees cost no look at the call, unknown codes neither', async () => {
  const { lastMember } = await callOf(MEMBERS)
  const targets = [lastMember, 'publisher'] as const
  for (const target of targets) call.handle(netstatus(target, { videoBitrate: 299 }))
  await call.settle()
  const before = call.looks
  call.commits.length = 0
  for (let videoBitrate = 300; videoBitrate < 320; videoBitrate += 1) {
    for (const target of targets) {
      call.handle(netstatus(target, { videoBitrate }))
      call.handle({ target, type: 'statechange', code: 987654 })
    }
    await call.settle()
  }
  expect(call.commits).toEqual([])
  expect(call.looks).toBe(before)
})

it('bars that change cost their own value', async () => {
  const { lastMember } = await callOf(MEMBERS)
  call.handle(netstatus(lastMember, {}))
  await call.settle()
  call.commits.length = 0
  call.handle(netstatus(lastMember, { netQualityLevel: 3 }))
  await call.settle()
  expect(call.commits).toEqual([{ [`view.players[${MEMBERS - 1}].net`]: 3 }])
})

it('while debugging, figures that move cost one debug line', async () => {
  const { lastMember } = await callOf(3, { debug: true })
  call.handle(netstatus(lastMember, { videoBitrate: 480 }))
  await call.settle()
  call.commits.length = 0
  call.handle(netstatus(lastMember, { videoBitrate: 500 }))
  await call.settle()
  expect(call.commits).toEqual([{ 'view.players[2].debug': expect.stringContaining('532 kbps') }])
})

it('a stall of one among many costs the state of that one', async () => {
  const { lastMember } = await callOf(MEMBERS)
  call.handle({ target: lastMember, type: 'statechange', code: 2007 })
  await call.settle()
  expect(call.commits).toEqual([{ [`view.players[${MEMBERS - 1}].state`]: 'stalled' }])
})
