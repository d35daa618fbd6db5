import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'

/** One keep-alive connection with one request on its way at a time, cheap enough to keep a server busy from one core. */
export class HttpClient {
  private text = ''
  private answered: ((body: string) => void) | null = null
  private failed: ((error: Error) => void) | null = null

  private constructor(
    private readonly socket: Socket,
    private readonly port: number,
  ) {
    socket.setNoDelay(true)
    socket.setEncoding('utf8').on('data', (chunk: string) => this.read(chunk))
    socket.on('error', (error) => this.failed?.(error))
    socket.on('close', () => this.failed?.(new Error('the server closed the connection')))
  }

  static async open(port: number): Promise<HttpClient> {
    const socket = connect({ host: '127.0.0.1', port })
    await once(socket, 'connect')
    return new HttpClient(socket, port)
  }

  /** The bytes of a POST, to be made once for a request that is sent many times. */
  request(path: string, body: object): string {
    const json = JSON.stringify(body)
    const length = Buffer.byteLength(json)
    return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\nContent-Type: application/json\r\nContent-Length: ${length}${HEAD_END}${json}`
  }

  /** @returns the body; rejects unless it is a success of the protocol */
  async send(request: string): Promise<string> {
    const answer = new Promise<string>((resolve, reject) => {
      this.answered = resolve
      this.failed = reject
    })
    this.socket.write(request)
    return answer
  }

  close(): void {
    this.failed = null
    this.socket.destroy()
  }

  private read(chunk: string): void {
    this.text += chunk
    const head = this.text.indexOf(HEAD_END)
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.text)?.[1] ?? 0)
    const body = this.text.slice(head + HEAD_END.length)
    // what is asked for here has only characters of one byte
    if (body.length < length) return
    const isSuccess = this.text.startsWith('HTTP/1.1 200') && body.includes('"code":0')
    this.text = ''
    if (isSuccess) this.answered?.(body)
    else this.failed?.(new Error(`the server refused: ${body}`))
  }
}
