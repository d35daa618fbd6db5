import * as fc from 'fast-check'
import { headerOf, readMessage } from '../../../src/messaging/im-format'
import type { MessageContent } from '../../../src/messaging/messaging'
import { byteLength } from '../../../src/util/byte-length'

const text = (content: string): MessageContent => ({ kind: 'text', content })
const custom = (content: string): MessageContent => ({ kind: 'custom', content, ext: '', desc: '' })
const nobody = { userName: '', userAvatar: '' }

/** As clients of the original components write it. */
const commandHeader = (cmd: string, userName: string, userAvatar: string): string =>
  JSON.stringify({ cmd: 'CustomCmdMsg', data: { userName, userAvatar, cmd } })

test('a text is headed by who says it', () => {
  expect(headerOf({ userID: 'bob', userName: 'Bob', userAvatar: 'b.png' })).toBe(
    '{"cmd":"CustomTextMsg","data":{"nickName":"Bob","headPic":"b.png"}}',
  )
})

describe.each([
  ['as two parts', (header: string, said: string) => [custom(header), text(said)]],
  ['as one text', (header: string, said: string) => [text(header + said)]],
  ['as one custom part', (header: string, said: string) => [custom(header + said)]],
])('a headed message %s', (_how, parts) => {
  test('is read whole, whatever name and text have in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.string(), (name, said, cmd) => {
        const from = { userName: name, userAvatar: name }
        const textHeader = headerOf({ userID: 'u', ...from })
        expect(readMessage(parts(textHeader, said))).toEqual({ message: text(said), ...from })
        expect(readMessage(parts(commandHeader(cmd, name, name), said))).toEqual({
          message: { kind: 'command', content: said, cmd },
          ...from,
        })
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
])('plain text of somebody else is handed on as it is: %p', (plain) => {
  expect(readMessage([text(plain)])).toEqual({ message: text(plain), ...nobody })
})

test('a header without data has nobody in it', () => {
  expect(readMessage([text('{"cmd":"CustomTextMsg","data":null}hi')])).toEqual({ message: text('hi'), ...nobody })
})

test('texts and emoji in several parts are one text', () => {
  expect(readMessage([text('a'), text('[微笑]'), text('b')])).toEqual({ message: text('a[微笑]b'), ...nobody })
})

test('what clients of a broadcast say to each other of link-mic is nothing for a person', () => {
  const signal = '{"cmd":"linkmic","data":{"type":"request","roomID":"101"}}'
  expect(readMessage([text(signal)])).toBeNull()
  expect(readMessage([{ kind: 'custom', content: signal, ext: '', desc: '' }])).toBeNull()
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
