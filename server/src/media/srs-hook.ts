import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { HookAnswer } from './hook-answer'
import { STREAM_APP } from './stream-app'
import type { StreamGate } from './stream-gate'

/** What SRS says of a client; there is more, which nobody asks about. Old versions have numbers as client ids. */
const hookCheck = TypeCompiler.Compile(
  Type.Object({
    action: Type.String(),
    client_id: Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Integer()]),
    app: Type.Optional(Type.String()),
    stream: Type.Optional(Type.String()),
    param: Type.Optional(Type.String()),
  }),
)

/** Hooks that only tell; whatever is answered changes nothing. */
const TELLING = new Set(['on_connect', 'on_close', 'on_stop', 'on_dvr', 'on_hls', 'on_hls_notify'])

/** The `http_hooks` of SRS: it lets in whom HTTP 200 with code 0 is answered for. */
export async function answerSrs(gate: StreamGate, body: string): Promise<HookAnswer> {
  const hook = parsed(body)
  if (!hookCheck.Check(hook)) return { status: 400, body: { code: 400, message: 'Not a hook of SRS' } }
  const { action, app = '', stream = '', param = '' } = hook
  const publisher = { server: 'srs', client: String(hook.client_id) }
  if (TELLING.has(action)) return YES
  if (action === 'on_unpublish') {
    await gate.endedAt(publisher, stream)
    return YES
  }
  if (app !== STREAM_APP) return no('There is no such app')
  const query = new URLSearchParams(param.replace(/^\?/, ''))
  if (action === 'on_publish') return answerOf(await gate.publishAt(publisher, stream, query))
  if (action === 'on_play') return answerOf(await gate.check('play', stream, query))
  return { status: 400, body: { code: 400, message: 'Unknown action' } }
}

const YES: HookAnswer = { status: 200, body: { code: 0 } }

function no(message: string): HookAnswer {
  return { status: 403, body: { code: 403, message } }
}

function answerOf(answer: { readonly ok: boolean; readonly reason?: string }): HookAnswer {
  return answer.ok ? YES : no(`The URL is ${answer.reason}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
