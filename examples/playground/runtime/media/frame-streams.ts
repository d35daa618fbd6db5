/** MediaStreamTrackProcessor is Chromium's and not yet in TypeScript's DOM library. */
interface TrackProcessorConstructor {
  new (init: { track: MediaStreamTrack; maxBufferSize?: number }): { readable: ReadableStream<VideoFrame | AudioData> }
}

declare const MediaStreamTrackProcessor: TrackProcessorConstructor

/** a track that gives nothing any more is not waited for */
const LAST_FRAME_MS = 1000

/**
 * Hands every frame of a track to `onFrame`, valid during the call only. Ends by itself when the track does; the returned
 * function ends it earlier, after which no frame arrives, and stops the track.
 *
 * A frame that is under way when a stream is cancelled is never closed by anybody but the garbage collector. A camera has
 * three of them at a time, so some ends later it would stand still for as long as that takes: the end waits for the frame.
 */
export function readFrames<Frame extends VideoFrame | AudioData>(
  track: MediaStreamTrack,
  maxBufferSize: number,
  onFrame: (frame: Frame) => void,
): () => void {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize }).readable.getReader()
  let stopped = false
  const pump = async (): Promise<void> => {
    while (!stopped) {
      const { value, done } = await reader.read()
      if (done) return
      try {
        if (!stopped) onFrame(value as Frame)
      } finally {
        value.close()
      }
    }
  }
  const release = (): void => {
    reader.cancel().catch(() => {})
    track.stop()
  }
  const ended = pump().catch((error: unknown) => reportError(error))
  return () => {
    if (stopped) return
    stopped = true
    const timer = setTimeout(release, LAST_FRAME_MS)
    void ended.then(() => {
      clearTimeout(timer)
      release()
    })
  }
}
