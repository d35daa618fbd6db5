import type { Stream } from '../../../../src/model'
import type { Transport } from './desk-tags'
import type { TagFactory } from './desk-media-host'
import { createFlvPlayer, createFlvPublisher } from './flv-tags'
import { soundCodecOf, type SoundCodec } from './stream-sound'
import { createWhepPlayer } from './whep-player'
import { createWhipPublisher } from './whip-publisher'

/** A screen has no sound: it says nothing about what one hears, and travels as well by either way. */
const isHeard = ({ kind }: Stream): boolean => kind !== 'aux'

/** Time after which a stream that said nothing about its sound is asked again: its publisher may just have begun. */
const ASK_AGAIN_MS = 2000

export interface TransportPort {
  /** What is played at the moment. */
  streams(): readonly Stream[]
  /** A codec became known. */
  changed(): void
}

/**
 * Which transport is for which stream. AAC travels as FLV, Opus over WebRTC, and nobody here transcodes: so one publishes
 * what those in the room can hear, AAC unless all of them speak Opus.
 */
export class TransportChoice {
  private readonly codecs = new Map<string, SoundCodec>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private closed = false

  constructor(
    private readonly wanted: Transport | 'auto',
    private readonly port: TransportPort,
  ) {}

  factory(preview: HTMLCanvasElement): TagFactory {
    return {
      publisher: (transport, settings, listener) =>
        (transport === 'flv' ? createFlvPublisher : createWhipPublisher)(preview, settings, listener),
      player: (transport, url, userId, listener) =>
        (transport === 'flv' ? createFlvPlayer : createWhepPlayer)(url, userId, listener),
      toPublish: async () => {
        if (this.wanted === 'auto') await Promise.all(this.heard().map(({ streamId, url }) => this.ask(streamId, url)))
        return this.publishing()
      },
      toPlay: async (streamId, url) => {
        if (!this.heard().some((stream) => stream.streamId === streamId))
          return this.wanted === 'auto' ? 'flv' : this.wanted
        if (this.wanted !== 'auto') {
          void this.ask(streamId, url)
          return this.wanted
        }
        await this.ask(streamId, url)
        return this.codecs.get(streamId) === 'opus' ? 'webrtc' : 'flv'
      },
    }
  }

  /** The transport that those who are in the room can hear. */
  publishing(): Transport {
    if (this.wanted !== 'auto') return this.wanted
    const streams = this.heard()
    const opusOnly = streams.length > 0 && streams.every(({ streamId }) => this.codecs.get(streamId) === 'opus')
    return opusOnly ? 'webrtc' : 'flv'
  }

  codecOf(streamId: string): SoundCodec | undefined {
    return this.codecs.get(streamId)
  }

  /** Whoever has left may come back with another codec. */
  streamsChanged(): void {
    const present = new Set(this.heard().map(({ streamId }) => streamId))
    for (const streamId of [...this.codecs.keys()]) if (!present.has(streamId)) this.forget(streamId)
  }

  close(): void {
    this.closed = true
    for (const streamId of [...this.timers.keys()]) this.forget(streamId)
  }

  private heard(): Stream[] {
    return this.port.streams().filter(isHeard)
  }

  private async ask(streamId: string, url: string): Promise<void> {
    const codec = await soundCodecOf(url)
    if (this.closed) return
    if (codec === null || codec === 'none') this.askLater(streamId)
    if (codec === null || codec === this.codecs.get(streamId)) return
    this.codecs.set(streamId, codec)
    this.port.changed()
  }

  private askLater(streamId: string): void {
    clearTimeout(this.timers.get(streamId))
    const timer = setTimeout(() => {
      const stream = this.heard().find((each) => each.streamId === streamId)
      if (stream) void this.ask(streamId, stream.url)
    }, ASK_AGAIN_MS)
    this.timers.set(streamId, timer)
  }

  private forget(streamId: string): void {
    clearTimeout(this.timers.get(streamId))
    this.timers.delete(streamId)
    this.codecs.delete(streamId)
  }
}
