/**
 * One camera for all phones of a window.
 *
 * From the third MediaStreamTrackProcessor source in one renderer process on, Chromium starves captures. So iframes of one
 * page share a single getUserMedia, held by the page around them; each phone works on clones of its tracks.
 */
export type CaptureKind = 'video' | 'audio'

export interface CaptureHost {
  /**
   * A track of its own for the caller, who stops it when done; the device is released with the last one.
   * Rejects as getUserMedia does (NotAllowedError, NotFoundError …).
   */
  acquire(kind: CaptureKind): Promise<MediaStreamTrack>
}

declare global {
  interface Window {
    roomletCaptureHost?: CaptureHost
  }
}

const CAPTURE: Record<CaptureKind, MediaStreamConstraints> = {
  video: { video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15 } } },
  audio: { audio: { echoCancellation: true, noiseSuppression: true } },
}

interface Source {
  readonly opening: Promise<MediaStreamTrack>
  users: number
}

class SharedCapture implements CaptureHost {
  private readonly sources = new Map<CaptureKind, Source>()

  constructor(private readonly devices: MediaDevices) {}

  async acquire(kind: CaptureKind): Promise<MediaStreamTrack> {
    const source = this.sources.get(kind) ?? this.open(kind)
    source.users += 1
    try {
      const original = await source.opening
      return this.lend(kind, source, original)
    } catch (error) {
      this.sources.delete(kind)
      throw error
    }
  }

  private open(kind: CaptureKind): Source {
    const opening = this.devices.getUserMedia(CAPTURE[kind]).then((stream) => {
      const track = stream.getTracks()[0]
      if (!track) throw new DOMException(`no ${kind} track`, 'NotFoundError')
      track.addEventListener('ended', () => this.sources.delete(kind))
      return track
    })
    const source = { opening, users: 0 }
    this.sources.set(kind, source)
    return source
  }

  /** A clone whose stop() also counts down the users of the device: tracks tell nobody when they are stopped by script. */
  private lend(kind: CaptureKind, source: Source, original: MediaStreamTrack): MediaStreamTrack {
    const clone = original.clone()
    let returned = false
    const stop = clone.stop.bind(clone)
    clone.stop = () => {
      stop()
      if (returned) return
      returned = true
      source.users -= 1
      if (source.users > 0) return
      original.stop()
      if (this.sources.get(kind) === source) this.sources.delete(kind)
    }
    return clone
  }
}

/** Makes this window the one that holds the camera for the phones inside it. Safe to call twice. */
export function installCaptureHost(owner: Window = window): CaptureHost {
  owner.roomletCaptureHost ??= new SharedCapture(owner.navigator.mediaDevices)
  return owner.roomletCaptureHost
}

/** The host of the surrounding page where there is one of the same origin, else this window's own. */
export function findCaptureHost(): CaptureHost {
  try {
    const outer = window.parent.roomletCaptureHost
    if (outer) return outer
  } catch {
    // the parent is of another origin: this phone has a process, and so a camera, of its own
  }
  return installCaptureHost()
}
