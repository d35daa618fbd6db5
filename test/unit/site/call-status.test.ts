import type { Phase } from '../../../src/room/phases'
import { callStatus, clockText } from '../../../examples/playground/site/call-status'
import type { PhoneStage } from '../../../examples/playground/site/phone-link'

const phone = (stage: PhoneStage, phase: Phase) => ({ stage, phase })

it('is off while nobody joins', () => {
  expect(callStatus([phone('form', 'idle'), phone('form', 'closed')], 0)).toEqual({
    tone: 'off',
    text: { word: 'idleHint' },
    running: false,
  })
})

it('connects while a phone is on its way', () => {
  expect(callStatus([phone('joining', 'idle'), phone('form', 'idle')], 0)).toMatchObject({
    text: { word: 'connecting' },
    running: true,
  })
})

it('says that nobody is in the room once every phone that tried is out', () => {
  const out = [phone('call', 'closed'), phone('form', 'idle')]
  expect(callStatus(out, 0)).toEqual({ tone: 'off', text: { word: 'notInRoom' }, running: true })
  expect(callStatus([...out, phone('joining', 'closed')], 0)).toMatchObject({ text: { word: 'connecting' } })
})

it('counts the phones in the call and its time', () => {
  expect(callStatus([phone('call', 'joined'), phone('call', 'joined')], 141.9)).toEqual({
    tone: 'on',
    text: { word: 'inCall', args: { n: 2, time: '02:21' } },
    running: true,
  })
})

it('warns while one reconnects', () => {
  expect(callStatus([phone('call', 'joined'), phone('call', 'reconnecting')], 9)).toMatchObject({
    tone: 'warn',
    text: { word: 'someReconnecting', args: { n: 1, m: 1 } },
  })
})

it.each([
  [-3, '00:00'],
  [59.9, '00:59'],
  [3599, '59:59'],
  [3661, '01:01:01'],
])('writes %d s as %s', (seconds, text) => {
  expect(clockText(seconds)).toBe(text)
})
