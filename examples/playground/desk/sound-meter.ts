interface Probe {
  readonly trackId: string
  readonly source: MediaStreamAudioSourceNode
  readonly analyser: AnalyserNode
}

const WINDOW_SAMPLES = 2048

/** Measures how loud streams are. */
export class SoundMeter {
  private readonly context = new AudioContext()
  private readonly probes = new Map<string, Probe>()
  private readonly samples = new Float32Array(WINDOW_SAMPLES)
  private readonly gesture = new AbortController()

  constructor() {
    // a browser runs no sound before the first tap
    const resume = (): void => void this.context.resume()
    document.addEventListener('pointerdown', resume, { signal: this.gesture.signal })
  }

  /** The browser plays no sound yet: it wants a tap first. */
  get isSilenced(): boolean {
    return this.context.state === 'suspended'
  }

  /** Root mean square of the last moment, 0 to 1. `key` names the measured one over changes of its stream. */
  levelOf(key: string, stream: MediaStream | null): number {
    const track = stream?.getAudioTracks()[0]
    if (!stream || !track) {
      this.forget(key)
      return 0
    }
    const probe = this.probeOf(key, stream, track.id)
    probe.analyser.getFloatTimeDomainData(this.samples)
    return Math.sqrt(this.samples.reduce((sum, sample) => sum + sample * sample, 0) / WINDOW_SAMPLES)
  }

  forget(key: string): void {
    this.probes.get(key)?.source.disconnect()
    this.probes.delete(key)
  }

  close(): void {
    this.gesture.abort()
    this.context.close().catch(() => undefined)
  }

  private probeOf(key: string, stream: MediaStream, trackId: string): Probe {
    const present = this.probes.get(key)
    if (present?.trackId === trackId) return present
    this.forget(key)
    const source = new MediaStreamAudioSourceNode(this.context, { mediaStream: stream })
    const analyser = new AnalyserNode(this.context, { fftSize: WINDOW_SAMPLES })
    source.connect(analyser)
    const probe = { trackId, source, analyser }
    this.probes.set(key, probe)
    return probe
  }
}
