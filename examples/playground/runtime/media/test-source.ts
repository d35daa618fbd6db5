import type { CaptureKind } from './capture-host'

const WIDTH = 480
const HEIGHT = 640
const FRAMES_PER_SECOND = 15
const TONE_HZ = 440
const TONE_GAIN = 0.02

/** A moving picture or a quiet tone for machines without camera or microphone. Stopping the track releases everything. */
export function openTestTrack(kind: CaptureKind): MediaStreamTrack {
  return kind === 'video' ? testPicture() : testTone()
}

function testPicture(): MediaStreamTrack {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: WIDTH, height: HEIGHT })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  const hue = Math.floor(Math.random() * 360)
  const draw = (): void => drawScene(context, hue, performance.now() / 1000)
  draw()
  const timer = setInterval(draw, 1000 / FRAMES_PER_SECOND)
  return withRelease(firstTrack(canvas.captureStream(FRAMES_PER_SECOND)), () => clearInterval(timer))
}

function drawScene(context: CanvasRenderingContext2D, hue: number, seconds: number): void {
  const sky = context.createLinearGradient(0, 0, 0, HEIGHT)
  sky.addColorStop(0, `hsl(${hue} 35% 62%)`)
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 45% 28%)`)
  context.fillStyle = sky
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.fillStyle = `hsl(${(hue + 180) % 360} 60% 72%)`
  context.beginPath()
  context.arc(WIDTH / 2 + Math.cos(seconds) * 130, HEIGHT / 2 + Math.sin(seconds * 1.3) * 150, 64, 0, Math.PI * 2)
  context.fill()
}

function testTone(): MediaStreamTrack {
  const audio = new AudioContext()
  const tone = new OscillatorNode(audio, { frequency: TONE_HZ })
  const output = audio.createMediaStreamDestination()
  tone.connect(new GainNode(audio, { gain: TONE_GAIN })).connect(output)
  tone.start()
  return withRelease(firstTrack(output.stream), () => void audio.close())
}

function firstTrack(stream: MediaStream): MediaStreamTrack {
  const track = stream.getTracks()[0]
  if (!track) throw new Error('the test source has no track')
  return track
}

function withRelease(track: MediaStreamTrack, release: () => void): MediaStreamTrack {
  const stop = track.stop.bind(track)
  track.stop = () => {
    stop()
    release()
  }
  return track
}
