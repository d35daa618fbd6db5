/** MediaStreamTrackProcessor is Chromium's and not yet in TypeScript's DOM library. */
interface TrackProcessorConstructor {
  new (init: { track: MediaStreamTrack; maxBufferSize?: number }): { readable: ReadableStream<VideoFrame | AudioData> }
}

declare const MediaStreamTrackProcessor: TrackProcessorConstructor

/**
 * Hands every frame of a track to `onFrame`, who closes it. Ends by itself when the track does; the returned function ends it
 * earlier, after which no frame arrives.
 */
export function readFrames<Frame extends VideoFrame | AudioData>(
  track: MediaStreamTrack,
  maxBufferSize: number,
  onFrame: (frame: Frame) => void,
): () => void {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize }).readable.getReader()
  let stopped = false
  const pump = async (): Promise<void> => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      if (stopped) value.close()
      else onFrame(value as Frame)
    }
  }
  pump().catch((error: unknown) => reportError(error))
  return () => {
    stopped = true
    reader.cancel().catch(() => {})
  }
}
