import type { Frame, Page } from 'playwright-core'

/** Chromium's own addition to the standard, and the probe that hangs on it. */
interface ProbedVideo extends HTMLVideoElement {
  captureStream?(): MediaStream
  roomletProbe?: AnalyserNode
}

/** Far below the beep of Chromium's fake microphone, far above silence. */
export const AUDIBLE = 0.01

declare global {
  interface Window {
    roomletLoudspeakers?: () => AnalyserNode[]
  }
}

/** From its next load on, everything that the page and its frames send to the loudspeaker can be measured. */
export async function probeSound(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const analysers: AnalyserNode[] = []
    // a context that was closed keeps what it sounded like last
    window.roomletLoudspeakers = () => analysers.filter(({ context }) => context.state === 'running')
    const connect = AudioNode.prototype.connect as (this: AudioNode, ...rest: unknown[]) => AudioNode
    AudioNode.prototype.connect = function (this: AudioNode, ...rest: unknown[]) {
      if (rest[0] instanceof AudioDestinationNode) {
        const analyser = new AnalyserNode(this.context)
        connect.call(this, analyser)
        analysers.push(analyser)
      }
      return connect.apply(this, rest)
    } as typeof AudioNode.prototype.connect
  })
}

/** Peak of what goes to the loudspeaker at this moment, 0 to 1. */
export function loudspeakerLevel(where: Frame | Page): Promise<number> {
  return where.evaluate(() => {
    const samples = new Float32Array(2048)
    return (window.roomletLoudspeakers?.() ?? []).reduce((most, analyser) => {
      analyser.getFloatTimeDomainData(samples)
      return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), most)
    }, 0)
  })
}

/** How loud a pure tone is in what goes to the loudspeaker at this moment, 0 to 1, whatever else is heard beside it. */
export function toneLevel(where: Frame | Page, hz: number): Promise<number> {
  return where.evaluate((frequency) => {
    const samples = new Float32Array(2048)
    // Goertzel's single bin of a Fourier transform, below a Hann window so that other tones stay out of it
    const levelIn = (analyser: AnalyserNode): number => {
      analyser.getFloatTimeDomainData(samples)
      let [real, imaginary] = [0, 0]
      samples.forEach((sample, index) => {
        const window = 1 - Math.cos((2 * Math.PI * index) / samples.length)
        const angle = (2 * Math.PI * frequency * index) / analyser.context.sampleRate
        real += sample * window * Math.cos(angle)
        imaginary += sample * window * Math.sin(angle)
      })
      return (2 * Math.hypot(real, imaginary)) / samples.length
    }
    return Math.max(0, ...(window.roomletLoudspeakers?.() ?? []).map(levelIn))
  }, hz)
}

/** Peak of what a playing `<video>` sounds like at this moment, 0 to 1; such sound never passes the page's own audio graph. */
export function videoLevel(where: Frame | Page, selector: string): Promise<number> {
  return where.evaluate((wanted) => {
    const video = document.querySelector<ProbedVideo>(wanted)
    if (!video?.captureStream || video.muted) return 0
    if (!video.roomletProbe) {
      const stream = video.captureStream()
      if (stream.getAudioTracks().length === 0) return 0
      const context = new AudioContext()
      const analyser = new AnalyserNode(context)
      new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser)
      video.roomletProbe = analyser
    }
    const samples = new Float32Array(2048)
    video.roomletProbe.getFloatTimeDomainData(samples)
    return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
  }, selector)
}
