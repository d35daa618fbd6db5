import type { NmsBroadcast, NmsSession } from './node-media-server'
import { nmsContext } from './node-media-server'

/** How long a player may wait for a publisher, ms: in a call the other side's picture is about to start. */
const WAIT_FOR_PUBLISHER_MS = 10_000
/** A viewer that is this far behind is cut off; it comes back to the present by itself. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024

/** Registers a session that the gate has let in and runs it under the rules that node-media-server lacks. */
export function runSession(session: NmsSession, backlogBytes: () => number, run: () => void): void {
  nmsContext.sessions.set(session.id, session)
  survive(session)
  bound(session, backlogBytes)
  run()
}

/** A frame that is no FLV or RTMP makes its parser throw: that ends this connection and no other. */
function survive(session: NmsSession): void {
  const { onData } = session
  session.onData = (data) => {
    try {
      onData(data)
    } catch {
      session.close()
    }
  }
}

function bound(session: NmsSession, backlogBytes: () => number): void {
  const { sendBuffer } = session
  let cut = false
  session.sendBuffer = (buffer) => {
    if (cut) return
    cut = backlogBytes() > MAX_BACKLOG_BYTES
    if (cut) session.close()
    else sendBuffer(buffer)
  }
}

/**
 * Makes room for a publisher: the gate lets in only the stream's owner, so a publisher that is still there is its own old
 * connection, which may be dead without anyone having noticed.
 */
export function takeOver(broadcast: NmsBroadcast): void {
  broadcast.publishGraceMs = 0
  const old = broadcast.publisher
  if (!old) return
  broadcast._finishPublish()
  // with the last publisher and no viewer it has been unregistered: viewers to come would look at another one of this name
  nmsContext.broadcasts.set(broadcast.streamPath, broadcast)
  old.close()
}

/** Ends a publisher at once, and with it its viewers: a close that asks the client would let it go on until it answers. */
export function cutOff(session: NmsSession, destroy: () => void): void {
  const { broadcast } = session
  if (broadcast.publisher === session) broadcast._finishPublish()
  destroy()
}

/** Ends a player whose stream does not begin. */
export function awaitPublisher(session: NmsSession): void {
  const timer = setTimeout(() => {
    if (!session.broadcast.publisher) session.close()
  }, WAIT_FOR_PUBLISHER_MS)
  timer.unref()
}

/** Viewers of a stream that has ended are told by the end of their connection: nothing else in FLV says it. */
export function endViewersWithPublisher(): () => void {
  const end = (publisher: NmsSession): void => {
    for (const viewer of [...publisher.broadcast.subscribers.values()]) viewer.close()
  }
  nmsContext.config = { auth: {} }
  nmsContext.eventEmitter.on('donePublish', end)
  return () => void nmsContext.eventEmitter.off('donePublish', end)
}

/** Internal names of what is being published in this process. */
export function publishedStreams(): string[] {
  const published = [...nmsContext.broadcasts].filter(([, { publisher }]) => publisher !== null)
  return published.map(([path]) => path.slice(path.lastIndexOf('/') + 1))
}
