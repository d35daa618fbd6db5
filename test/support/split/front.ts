import { readFile } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import type { Duplex } from 'node:stream'

const HOST = '127.0.0.1'
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface Routes {
  /** Folder of the built playground. */
  readonly files: string
  /** Path prefix → port: who answers what lies below it. */
  readonly ports: Readonly<Record<string, number>>
}

/** One address for servers in several processes, as a reverse proxy gives it, whose lines can be cut. */
export class Front {
  private readonly server: Server
  private readonly lines = new Set<Duplex>()
  private isCut = false

  constructor(private readonly routes: Routes) {
    this.server = createServer((incoming, response) => this.serve(incoming, response))
    this.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(incoming, socket, head),
    )
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, HOST, resolve))
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}/`
  }

  /** Breaks every WebSocket, and lets none open for as long. */
  async cut(ms: number): Promise<void> {
    this.isCut = true
    for (const line of this.lines) line.destroy()
    await new Promise((resolve) => setTimeout(resolve, ms))
    this.isCut = false
  }

  async close(): Promise<void> {
    for (const line of this.lines) line.destroy()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private portOf(url: string): number | undefined {
    const prefix = Object.keys(this.routes.ports).find((each) => url.startsWith(each))
    return prefix === undefined ? undefined : this.routes.ports[prefix]
  }

  private serve(incoming: IncomingMessage, response: ServerResponse): void {
    const url = incoming.url ?? '/'
    const port = this.portOf(url)
    if (port === undefined) return void this.serveFile(url, response)
    const { method, headers } = incoming
    const outgoing = request({ host: HOST, port, path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.writeHead(502).end())
    incoming.pipe(outgoing)
  }

  private async serveFile(url: string, response: ServerResponse): Promise<void> {
    const [name = '/'] = url.split('?', 1)
    const file = path.join(this.routes.files, path.normalize(name === '/' ? '/index.html' : name))
    try {
      const content = await readFile(file)
      response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(content)
    } catch {
      response.writeHead(404).end()
    }
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const port = this.portOf(incoming.url ?? '')
    socket.on('error', () => undefined)
    if (port === undefined || this.isCut) return void socket.destroy()
    const upstream: Socket = connect({ host: HOST, port })
    upstream.setNoDelay(true)
    for (const line of [socket, upstream]) {
      this.lines.add(line)
      line.on('close', () => {
        this.lines.delete(line)
        socket.destroy()
        upstream.destroy()
      })
    }
    upstream.on('error', () => socket.destroy())
    upstream.on('connect', () => {
      upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headerLines(incoming.rawHeaders)}\r\n`)
      upstream.write(head)
      socket.pipe(upstream).pipe(socket)
    })
  }
}

function headerLines(raw: readonly string[]): string {
  let lines = ''
  for (let index = 0; index < raw.length; index += 2) lines += `${raw[index]}: ${raw[index + 1]}\r\n`
  return lines
}
