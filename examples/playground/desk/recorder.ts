import { BlobSource, BufferTarget, Conversion, Input, Output, WEBM, WebMOutputFormat } from 'mediabunny'
import { sizeOf } from './tile'
import type { TileModel } from './tile-model'

const WIDTH = 1280
const HEIGHT = 720
const FRAMES_PER_SECOND = 15
const GAP = 8
const BITRATE = 2_500_000
const PIECE_MS = 1000
const COLUMNS = [1, 1, 2, 2, 2, 3, 3, 3, 3, 3]

/** What is recorded, asked for each picture anew: people come and go. */
export interface RecordedScene {
  pictures(): readonly { readonly model: TileModel; readonly picture: HTMLCanvasElement | HTMLVideoElement | null }[]
  /** Everyone's sound that is to be heard, by a name that stays. */
  sounds(): ReadonlyMap<string, MediaStream>
}

/** Records a call to a file: all pictures in one, all voices mixed. One recording; another one is a new recorder. */
export class CallRecorder {
  readonly startedAt = performance.now()
  private readonly canvas = document.createElement('canvas')
  private readonly context: CanvasRenderingContext2D
  private readonly audio = new AudioContext()
  private readonly mix = this.audio.createMediaStreamDestination()
  private readonly sources = new Map<string, { trackId: string; node: MediaStreamAudioSourceNode }>()
  private readonly recorder: MediaRecorder
  private readonly pieces: Blob[] = []
  private readonly timer: ReturnType<typeof setInterval>

  constructor(private readonly scene: RecordedScene) {
    Object.assign(this.canvas, { width: WIDTH, height: HEIGHT })
    const context = this.canvas.getContext('2d')
    if (!context) throw new Error('no 2d context')
    this.context = context
    this.draw()
    const stream = this.canvas.captureStream(FRAMES_PER_SECOND)
    for (const track of this.mix.stream.getAudioTracks()) stream.addTrack(track)
    this.recorder = new MediaRecorder(stream, {
      mimeType: 'video/webm;codecs=vp8,opus',
      videoBitsPerSecond: BITRATE,
    })
    this.recorder.addEventListener('dataavailable', ({ data }) => this.pieces.push(data))
    this.recorder.start(PIECE_MS)
    this.timer = setInterval(() => this.draw(), 1000 / FRAMES_PER_SECOND)
  }

  /** Ends the recording. @returns the finished file */
  async stop(): Promise<Blob> {
    if (this.recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => this.recorder.addEventListener('stop', resolve, { once: true }))
      this.recorder.stop()
      await stopped
    }
    clearInterval(this.timer)
    for (const track of this.recorder.stream.getTracks()) track.stop()
    await this.audio.close()
    return withDuration(new Blob(this.pieces, { type: 'video/webm' }))
  }

  private draw(): void {
    this.mixSounds()
    const { context } = this
    context.fillStyle = '#0b1112'
    context.fillRect(0, 0, WIDTH, HEIGHT)
    const tiles = this.scene.pictures()
    const columns = COLUMNS[tiles.length] ?? 3
    const rows = Math.max(1, Math.ceil(tiles.length / columns))
    const [width, height] = [(WIDTH - GAP * (columns + 1)) / columns, (HEIGHT - GAP * (rows + 1)) / rows]
    tiles.forEach(({ model, picture }, index) => {
      const x = GAP + (index % columns) * (width + GAP)
      const y = GAP + Math.floor(index / columns) * (height + GAP)
      context.fillStyle = '#182122'
      context.fillRect(x, y, width, height)
      if (picture && !model.cameraOff) this.drawPicture(picture, x, y, width, height)
      this.drawName(model.name, x, y + height)
    })
  }

  /** Whole, whatever its shape: a recording crops nobody. */
  private drawPicture(
    picture: HTMLCanvasElement | HTMLVideoElement,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void {
    const size = sizeOf(picture)
    if (!size.width || !size.height) return
    const scale = Math.min(width / size.width, height / size.height)
    const [w, h] = [size.width * scale, size.height * scale]
    this.context.drawImage(picture, x + (width - w) / 2, y + (height - h) / 2, w, h)
  }

  private drawName(name: string, x: number, bottom: number): void {
    const { context } = this
    context.font = '600 18px system-ui, sans-serif'
    context.textBaseline = 'middle'
    const width = context.measureText(name).width + 24
    context.fillStyle = 'rgba(8,13,14,.7)'
    context.beginPath()
    context.roundRect(x + 10, bottom - 42, width, 32, 16)
    context.fill()
    context.fillStyle = '#ffffff'
    context.fillText(name, x + 22, bottom - 26)
  }

  /** Connects who has come, and lets go of who has left. */
  private mixSounds(): void {
    const sounds = this.scene.sounds()
    for (const [key, { node }] of this.sources) {
      if (sounds.has(key)) continue
      node.disconnect()
      this.sources.delete(key)
    }
    for (const [key, mediaStream] of sounds) {
      const trackId = mediaStream.getAudioTracks()[0]?.id
      const present = this.sources.get(key)
      if (!trackId || present?.trackId === trackId) continue
      present?.node.disconnect()
      const node = new MediaStreamAudioSourceNode(this.audio, { mediaStream })
      node.connect(this.mix)
      this.sources.set(key, { trackId, node })
    }
  }
}

/** MediaRecorder writes as if the recording never ended: players would show no length and could not seek. */
async function withDuration(recorded: Blob): Promise<Blob> {
  const input = new Input({ formats: [WEBM], source: new BlobSource(recorded) })
  const target = new BufferTarget()
  const conversion = await Conversion.init({ input, output: new Output({ format: new WebMOutputFormat(), target }) })
  await conversion.execute()
  return target.buffer ? new Blob([target.buffer], { type: 'video/webm' }) : recorded
}
