import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyUserSig } from '../../../server/src/tickets/user-sig'

export interface ImCall {
  /** Of the call: create_group, … */
  readonly name: string
  readonly body: Readonly<Record<string, unknown>>
}

/** How a call goes wrong: a status, a number of IM, words that are no answer, a broken connection, silence. */
export type ImFault =
  { readonly status: number } | { readonly code: number } | { readonly words: string } | 'broken' | 'silent'

export interface ImStandInOptions {
  readonly sdkAppID: number
  readonly secretKey: string
  readonly admin: string
  /** ms since 1970 */
  readonly now: () => number
}

/** The part of Tencent IM's REST API that knows groups, with a memory of its own. */
export class ImStandIn {
  /** Calls that were done, in order. */
  readonly done: ImCall[] = []
  /** All that came, done or not. */
  readonly asked: ImCall[] = []
  readonly groups = new Set<string>()
  /** Once for each call; null = it is done. */
  fault: (call: ImCall) => ImFault | null = () => null
  private readonly server = createServer((request, response) => void this.take(request, response))

  private constructor(private readonly options: ImStandInOptions) {}

  static async start(options: ImStandInOptions): Promise<ImStandIn> {
    const standIn = new ImStandIn(options)
    standIn.server.listen(0, '127.0.0.1')
    await once(standIn.server, 'listening')
    return standIn
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** What the group was told, in order. */
  noticesTo(group: string): unknown[] {
    const notices = this.done.filter(({ name }) => name === 'send_group_system_notification')
    return notices.filter(({ body }) => body.GroupId === group).map(({ body }) => JSON.parse(String(body.Content)))
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeAllConnections()
    await closed
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://im')
    const name = pathname.replace('/v4/group_open_http_svc/', '')
    const call: ImCall = { name, body: JSON.parse(text) as Record<string, unknown> }
    this.asked.push(call)
    const answer = (code: number, info = ''): unknown =>
      response.end(JSON.stringify({ ActionStatus: code === 0 ? 'OK' : 'FAIL', ErrorCode: code, ErrorInfo: info }))
    const fault = this.fault(call)
    if (fault === 'silent') return
    if (fault === 'broken') return void request.socket.destroy()
    if (fault && 'status' in fault) return void response.writeHead(fault.status).end('<html>')
    if (fault && 'words' in fault) return void response.end(fault.words)
    if (fault) return void answer(fault.code, 'as the test wants')
    answer(this.isAdmin(searchParams) ? this.run(call) : 70003)
  }

  private isAdmin(query: URLSearchParams): boolean {
    const { sdkAppID, secretKey, admin: userID, now } = this.options
    const claim = { sdkAppID, secretKey, userID, now: now() }
    const isComplete = /^\d{1,10}$/.test(query.get('random') ?? '') && query.get('contenttype') === 'json'
    const isNamed = query.get('identifier') === userID && query.get('sdkappid') === String(sdkAppID)
    return isComplete && isNamed && verifyUserSig(query.get('usersig') ?? '', claim).ok
  }

  private run(call: ImCall): number {
    const { name, body } = call
    const group = String(body.GroupId)
    const isThere = this.groups.has(group)
    if (name === 'create_group' && (body.Type !== 'AVChatRoom' || typeof body.Name !== 'string')) return 10004
    if (name === 'create_group' && isThere) return 10021
    if (name !== 'create_group' && !isThere) return 10010
    if (name === 'create_group') this.groups.add(group)
    if (name === 'destroy_group') this.groups.delete(group)
    this.done.push(call)
    return 0
  }
}
