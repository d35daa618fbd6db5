import type { FaultName } from './phone-channel'
import { hub } from './phone-hub'
import { SLOW_KBPS, SlowLane } from './slow-link'

/** What travels on a socket: what is said between phone and RoomService, or pictures and sound. */
export type Traffic = 'room' | 'media'

/** Which fault takes which traffic away. */
const CUT_BY: Readonly<Record<Traffic, FaultName>> = { room: 'socket', media: 'media' }

const open = new Map<PatientSocket, Traffic>()
const uplink = new SlowLane(SLOW_KBPS)
const downlink = new SlowLane(SLOW_KBPS)

/** The socket of a phone without a route: fails at once, without a packet and without a word on the browser's console. */
class UnreachableSocket extends EventTarget {
  binaryType: BinaryType = 'blob'
  readonly bufferedAmount = 0
  readonly sendDelayMs = 0
  readyState: WebSocket['readyState'] = WebSocket.CONNECTING

  constructor() {
    super()
    setTimeout(() => {
      this.readyState = WebSocket.CLOSED
      this.dispatchEvent(new Event('error'))
      this.dispatchEvent(new CloseEvent('close', { code: 1006, reason: '', wasClean: false }))
    })
  }

  send(): void {
    throw new DOMException('The phone is offline', 'InvalidStateError')
  }

  /** It closes by itself. */
  close(): void {}
}

/**
 * A WebSocket over the phone's network. Closed while it connects it waits for the connection first: a browser reports the
 * contrary as a failure, URL and all. While the network is slow it sends and receives at that network's pace.
 */
class PatientSocket extends WebSocket {
  private readonly late = new WeakSet<Event>()

  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols)
    // the first listener of all: what it holds back nobody else has seen yet
    this.addEventListener('message', (event) => this.receive(event))
  }

  override get bufferedAmount(): number {
    return super.bufferedAmount + uplink.queuedBytes
  }

  /** ms until what was given to a slow network is sent */
  get sendDelayMs(): number {
    return uplink.delayMs
  }

  override send(data: string | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void {
    if (!hub.has('slow')) return super.send(data)
    uplink.pass(bytesOf(data), () => this.readyState === WebSocket.OPEN && super.send(data))
  }

  override close(code?: number, reason?: string): void {
    if (this.readyState !== WebSocket.CONNECTING) return super.close(code, reason)
    this.addEventListener('open', () => super.close(code, reason), { once: true })
  }

  /** The network under it is gone, which no peer tells: whoever waits for its answer would wait. */
  cut(): void {
    this.close(4000, 'cut')
    this.dispatchEvent(new CloseEvent('close', { code: 1006, reason: 'cut', wasClean: false }))
  }

  private receive(event: MessageEvent<string | ArrayBuffer>): void {
    if (!hub.has('slow') || this.late.has(event)) return
    event.stopImmediatePropagation()
    const { data } = event
    const copy = new MessageEvent('message', { data })
    this.late.add(copy)
    downlink.pass(bytesOf(data), () => this.dispatchEvent(copy))
  }
}

/** What the runtime uses of a WebSocket. */
export type PhoneSocket = Pick<
  PatientSocket,
  'binaryType' | 'bufferedAmount' | 'sendDelayMs' | 'readyState' | 'send' | 'close' | 'addEventListener'
>

/** A WebSocket that the phone's faults reach; where one of them stands in its way, it fails like one without a route. */
export function openSocket(url: string, traffic: Traffic, protocols?: string | string[]): PhoneSocket {
  if (!hub.online || hub.has(CUT_BY[traffic])) return new UnreachableSocket()
  const socket = new PatientSocket(url, protocols)
  open.set(socket, traffic)
  socket.addEventListener('close', () => open.delete(socket))
  return socket
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): number {
  return typeof data === 'string' ? data.length : data.byteLength
}

function cut(isMeant: (traffic: Traffic) => boolean): void {
  for (const [socket, traffic] of open) if (isMeant(traffic)) socket.cut()
}

hub.on('onlineChanged', (online) => {
  if (!online) cut(() => true)
})
hub.on('faultChanged', (fault, on) => {
  if (on) return cut((traffic) => CUT_BY[traffic] === fault)
  if (fault !== 'slow') return
  uplink.flush()
  downlink.flush()
})
