import type { SocketHandlers } from './platform'

/**
 * Holds a native socket to what {@link SocketHandlers} promises: onClose exactly once and last, nothing at all after the
 * owner has closed it.
 */
export class SocketGuard implements SocketHandlers {
  private over = false

  constructor(private readonly handlers: SocketHandlers) {}

  get isOver(): boolean {
    return this.over
  }

  /** The owner has closed it. */
  end(): void {
    this.over = true
  }

  onOpen(): void {
    if (!this.over) this.handlers.onOpen()
  }

  onMessage(text: string): void {
    if (!this.over) this.handlers.onMessage(text)
  }

  onClose(code: number, reason: string): void {
    if (this.over) return
    this.over = true
    this.handlers.onClose(code, reason)
  }
}

/** Close code of a connection that broke, or never came about, without a closing handshake. */
export const ABNORMAL_CLOSURE = 1006
