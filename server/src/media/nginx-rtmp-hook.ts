import type { HookAnswer } from './hook-answer'
import { STREAM_APP } from './stream-app'
import type { StreamGate } from './stream-gate'

/** What the module says itself. The client's own parameters follow, and must not say it again. */
const OWN = ['call', 'app', 'name', 'clientid', 'addr']

/** Calls that only tell, beside those that end a stream. */
const TELLING = new Set(['connect', 'disconnect', 'play_done', 'record_done', 'update_play'])

/**
 * The `on_publish`, `on_play`, `on_publish_done` and `on_update` of nginx-rtmp: it lets in whom a 2xx is answered for, and cuts whom an
 * `on_update` answers anything else for.
 */
export async function answerNginxRtmp(gate: StreamGate, body: string): Promise<HookAnswer> {
  const form = new URLSearchParams(body)
  if (OWN.some((name) => form.getAll(name).length > 1)) return no('A parameter of the URL is not its own')
  const [call, app, stream, client] = ['call', 'app', 'name', 'clientid'].map((name) => form.get(name) ?? '') as [
    string,
    string,
    string,
    string,
  ]
  const publisher = { server: 'nginx-rtmp', client }
  if (TELLING.has(call)) return YES
  if (call === 'publish_done' || call === 'done') {
    await gate.endedAt(publisher, stream)
    return YES
  }
  if (app !== STREAM_APP) return no('There is no such app')
  if (call === 'publish') return answerOf(await gate.publishAt(publisher, stream, form))
  if (call === 'play') return answerOf(await gate.check('play', stream, form))
  if (call === 'update_publish')
    return (await gate.mayGoOn(stream, form)) ? YES : no('The URL is worth nothing any more')
  return { status: 400, body: 'Unknown call' }
}

const YES: HookAnswer = { status: 200, body: '' }

function no(body: string): HookAnswer {
  return { status: 403, body }
}

function answerOf(answer: { readonly ok: boolean; readonly reason?: string }): HookAnswer {
  return answer.ok ? YES : no(`The URL is ${answer.reason}`)
}
