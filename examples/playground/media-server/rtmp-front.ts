import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import {
  admitPublisher,
  admitsPlayer,
  internalName,
  rtmpAddress,
  type MediaGate,
  type StreamAddress,
} from './media-gate'
import { RtmpSession } from './node-media-server'
import { awaitPublisher, cutOff, runSession, takeOver } from './stream-sessions'

/** A client that has said nothing for this long, ms, is gone. */
const IDLE_MS = 60_000

/** RTMP on a port of its own: real encoders and players join a call here. */
export class RtmpFront {
  private readonly sockets = new Set<Socket>()
  private readonly server: Server
  /** The gate is known only after the port is, because URLs contain the port. */
  private gate: MediaGate | null = null

  constructor() {
    this.server = createServer((socket) => this.accept(socket))
  }

  /** @returns the port in use. Rejects as `net.Server.listen` does. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, () => {
        this.server.off('error', reject)
        resolve()
      })
    })
    return (this.server.address() as AddressInfo).port
  }

  /** Lets clients in from now on. */
  open(gate: MediaGate): void {
    this.gate = gate
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  private accept(socket: Socket): void {
    const { gate } = this
    if (!gate) {
      socket.destroy()
      return
    }
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    const session = new RtmpSession(socket)
    runSession(
      session,
      () => socket.writableLength,
      () => {
        session.run()
        askGate(session, gate)
      },
    )
  }
}

/** Puts the gate between the client's wish and the session that would grant it. */
function askGate(session: InstanceType<typeof RtmpSession>, gate: MediaGate): void {
  const { rtmp } = session
  const { onConnectCallback, onPlayCallback, onPushCallback } = rtmp
  let request: Parameters<typeof onConnectCallback>[0] | null = null
  let isAsked = false
  const { socket } = session
  const cut = (): void => cutOff(session, () => socket.destroy())
  /** @param ask whether this client may; from then on until it is let in nothing more is read from it */
  const admit = async (ask: (address: StreamAddress) => Promise<boolean>, begin: () => void): Promise<void> => {
    const asked = request
    const address = asked && rtmpAddress(asked.app, asked.name, asked.query)
    // one connection, one stream: a second wish could change what the first one was let in for
    if (!asked || !address || isAsked) return void socket.destroy()
    isAsked = true
    socket.pause()
    if (!(await ask(address)) || socket.destroyed) return void socket.destroy()
    try {
      onConnectCallback({ ...asked, name: internalName(address.stream) })
      begin()
      socket.resume()
    } catch {
      socket.destroy()
    }
  }
  rtmp.onConnectCallback = (asked) => {
    request ??= asked
  }
  rtmp.onPushCallback = () => {
    void admit(
      async (address) => {
        const ended = await admitPublisher(gate, address, cut)
        if (ended && socket.destroyed) ended()
        else if (ended) socket.once('close', ended)
        return ended !== null
      },
      () => {
        takeOver(session.broadcast)
        onPushCallback()
      },
    )
  }
  rtmp.onPlayCallback = () => {
    void admit(
      (address) => admitsPlayer(gate, address),
      () => {
        onPlayCallback()
        awaitPublisher(session)
      },
    )
  }
}
