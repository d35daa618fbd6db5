import * as fc from 'fast-check'
import { headerOf, linkMicText, readMessage } from '../../../src/messaging/im-format'
import type { MessagePart } from '../../../src/messaging/im-format'
import { byteLength } from '../../../src/util/byte-length'

const ANN = { userID: 'ann', userName: '安 "Annie" }} {', userAvatar: 'https://pics/ann?a=1&b="2"' }
const text = (value: string): MessagePart => ({ kind: 'text', text: value })
const custom = (data: string): MessagePart => ({ kind: 'custom', data, ext: '', desc: '' })

test('a text is headed by who says it', () => {
  expect(headerOf({ kind: 'text', text: 'hi' }, { userID: 'bob', userName: 'Bob', userAvatar: 'b.png' })).toBe(
    '{"cmd":"CustomTextMsg","data":{"nickName":"Bob","headPic":"b.png"}}',
  )
})

test('a command is headed by who gives it and its name', () => {
  const command = { kind: 'command', cmd: 'gift', text: 'rose' } as const
  expect(headerOf(command, { userID: 'bob', userName: 'Bob', userAvatar: 'b.png' })).toBe(
    '{"cmd":"CustomCmdMsg","data":{"userName":"Bob","userAvatar":"b.png","cmd":"gift"}}',
  )
})

test('a link-mic signal names the room and the user', () => {
  expect(JSON.parse(linkMicText({ type: 'response', result: 'reject', reason: 'full' }, '101', ANN))).toEqual({
    cmd: 'linkmic',
    data: {
      type: 'response',
      result: 'reject',
      reason: 'full',
      roomID: '101',
      userID: 'ann',
      userName: ANN.userName,
      userAvatar: ANN.userAvatar,
    },
  })
})

describe.each([
  ['as two parts', (header: string, said: string) => [custom(header), text(said)]],
  ['as one text', (header: string, said: string) => [text(header + said)]],
  ['as one custom part', (header: string, said: string) => [custom(header + said)]],
])('a headed message %s', (_how, parts) => {
  test('is read whole, whatever name and text have in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.string(), (name, said, cmd) => {
        const self = { userID: 'u', userName: name, userAvatar: name }
        for (const content of [{ kind: 'text', text: said } as const, { kind: 'command', cmd, text: said } as const]) {
          expect(readMessage(parts(headerOf(content, self), said))).toEqual({
            type: 'message',
            content,
            from: { userName: name, userAvatar: name },
          })
        }
      }),
    )
  })
})

test.each([
  'hello',
  '',
  '{',
  '{}',
  '{"cmd":"CustomTextMsg"',
  '{"cmd":"CustomTextMsg}}',
  '{cmd:1}} text',
  '}}',
  'null',
  '{"cmd":"unknown","data":{}} text',
  '{"cmd":"linkmic","data":{"type":"dance"}}',
  '{"cmd":"linkmic","data":{"type":"response","result":"maybe"}}',
])('plain text of somebody else is handed on as it is: %p', (plain) => {
  const nobody = { userName: '', userAvatar: '' }
  expect(readMessage([text(plain)])).toEqual({ type: 'message', content: { kind: 'text', text: plain }, from: nobody })
})

test('a header without data has nobody in it', () => {
  expect(readMessage([text('{"cmd":"CustomTextMsg","data":null}hi')])).toEqual({
    type: 'message',
    content: { kind: 'text', text: 'hi' },
    from: { userName: '', userAvatar: '' },
  })
})

test('texts and emoji in several parts are one text', () => {
  expect(readMessage([text('a'), text('[微笑]'), text('b')])).toMatchObject({ content: { text: 'a[微笑]b' } })
})

test('a message of no parts is nothing', () => {
  expect(readMessage([])).toBeNull()
})

test('bytes are counted as they travel', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(byteLength(value)).toBe(Buffer.byteLength(value))
    }),
  )
})
