import type { TSchema } from '@sinclair/typebox'
import { REQUEST_SCHEMAS } from '../../server/src/hub/request-frame'
import { ErrorAnswer, FRAMES, RESULTS } from './frame-schemas'

const SUMMARIES: Readonly<Record<keyof typeof FRAMES, string>> = {
  notice: 'Something has happened in a room; numbers of one epoch have no gaps',
  closed: 'The room is over for this connection; nothing follows for it',
  link: 'Link-mic of somebody in the audience, to that one and to the presenter',
  audience: 'How many watch, once a second at most; who came and went to the presenter alone',
  away: 'The presenter’s connection is lost or back',
  mute: 'The presenter has switched this guest’s microphone off',
  move: 'The server goes away: reconnect at a moment of chance within this time, and resume',
}

const asRef = (kind: string, name: string): object => ({ $ref: `#/${kind}/${name}` })

/** The frames of the socket as an AsyncAPI document, from the point of view of the server. */
export function asyncApi(version: string): object {
  const ops = Object.keys(REQUEST_SCHEMAS) as (keyof typeof REQUEST_SCHEMAS)[]
  const requests = Object.fromEntries(ops.map((op) => [`${op}Request`, request(op, REQUEST_SCHEMAS[op])]))
  const answers = Object.fromEntries(ops.map((op) => [`${op}Answer`, answer(op, RESULTS[op])]))
  const frames = Object.fromEntries(
    Object.entries(FRAMES).map(([name, payload]) => [
      `${name}Frame`,
      { name, summary: SUMMARIES[name as keyof typeof FRAMES], payload },
    ]),
  )
  const failure = { name: 'error', summary: 'The answer to a request that failed', payload: ErrorAnswer }
  const messages = { ...requests, ...answers, failure, ...frames }
  const inChannel = (name: string): object => asRef('channels/socket/messages', name)
  const calls = ops.map((op) => [
    op,
    {
      action: 'receive',
      channel: asRef('channels', 'socket'),
      messages: [inChannel(`${op}Request`)],
      reply: { channel: asRef('channels', 'socket'), messages: [inChannel(`${op}Answer`), inChannel('failure')] },
    },
  ])
  const news = {
    action: 'send',
    channel: asRef('channels', 'socket'),
    messages: Object.keys(frames).map(inChannel),
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'RoomService over a WebSocket',
      version,
      license: { name: 'MIT' },
      description:
        'Frames are JSON text. A client logs in, then asks; every request has an id of the client’s making, by which it is asked again after a drop and done once. Written by `npm run docs` from the schemas by which the server checks requests, and from schemas that the compiler holds equal to the types of its answers.',
    },
    servers: { local: { host: '127.0.0.1:8080', protocol: 'ws', description: 'Below BASE_PATH, where there is one' } },
    channels: {
      socket: {
        address: '/weapp/ws',
        messages: Object.fromEntries(Object.keys(messages).map((name) => [name, asRef('components/messages', name)])),
      },
    },
    operations: { ...Object.fromEntries(calls), news },
    components: { messages },
  }
}

function request(op: string, params: TSchema): object {
  const properties = { id: { type: 'string', minLength: 1, maxLength: 64 }, op: { const: op }, params }
  return { name: op, payload: { type: 'object', required: ['id', 'op', 'params'], properties } }
}

function answer(op: string, ok: TSchema): object {
  const properties = { re: { type: 'string', description: 'The id of the request' }, ok }
  return { name: `${op} answer`, payload: { type: 'object', required: ['re', 'ok'], properties } }
}
