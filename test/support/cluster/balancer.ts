import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

const HOST = '127.0.0.1'

/** One address for several nodes: each connection goes to the next node that takes it. */
export class Balancer {
  private readonly server: Server
  private readonly lines = new Set<Socket>()
  private turn = 0

  constructor(private readonly ports: readonly number[]) {
    this.server = createServer((client) => this.pass(client, this.ports.length))
  }

  /** @returns its port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, HOST, resolve))
    return (this.server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const line of this.lines) line.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private pass(client: Socket, tries: number): void {
    if (tries === 0) return void client.destroy()
    this.turn += 1
    const node = connect({ port: this.ports[this.turn % this.ports.length] ?? 0, host: HOST })
    const tryNext = (): void => this.pass(client, tries - 1)
    node.once('error', tryNext)
    node.once('connect', () => {
      node.off('error', tryNext)
      this.join(client, node)
    })
  }

  private join(client: Socket, node: Socket): void {
    for (const line of [client, node]) {
      this.lines.add(line)
      line.setNoDelay(true)
      line.on('error', () => undefined)
      line.on('close', () => {
        this.lines.delete(line)
        client.destroy()
        node.destroy()
      })
    }
    client.pipe(node).pipe(client)
  }
}
