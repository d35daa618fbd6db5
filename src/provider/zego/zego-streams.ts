import { RoomError } from '../../errors'
import { streamIdOf, type Stream } from '../../model'
import { barsOfZego } from './quality'
import type { RawMediaEvent } from '../../media/raw-event'
import type { Platform } from '../../platform/platform'
import { deferred } from '../../util/deferred'
import type { TypedEmitter, Unsubscribe } from '../../util/emitter'
import type { ProviderEvents } from '../provider'
import { listenTo } from './engine-listeners'
import type { ZegoPlayOption, ZegoPublishOption, ZegoStream } from './engine'
import { zegoErrorOf } from './room-codes'
import { checkStreamId } from './stream-id'
import { writeStreamNote, type StreamNote } from './stream-note'
import type { ZegoConfig } from './zego-config'
import type { ZegoRoster } from './zego-roster'

/** How long one who only watches waits for the streams of the room. */
const FIRST_STREAMS_MS = 500

/** The streams of one stay in a room: one's own, and everyone else's with their addresses. */
export class ZegoStreams {
  /** ZEGO's ids of what is being played, and of those whose address is being asked for. */
  private readonly played = new Set<string>()
  private readonly asked = new Map<string, Promise<void>>()
  private ownId: string | null = null
  private readonly firstTold = deferred<void>()
  private cancelWait: Unsubscribe | null = null
  private isOver = false
  private readonly unlisten: Unsubscribe

  constructor(
    private readonly config: ZegoConfig,
    private readonly roomId: string,
    private readonly roster: ZegoRoster,
    private readonly platform: Platform,
    events: Pick<TypedEmitter<ProviderEvents>, 'emit'>,
  ) {
    this.unlisten = listenTo(config.engine, {
      roomStreamUpdate: (id, type, streams) => {
        if (id !== roomId) return
        this.firstTold.resolve()
        for (const stream of streams) {
          if (type === 'ADD') this.added(stream)
          else this.removed(stream.streamID)
        }
      },
      streamExtraInfoUpdate: (id, notes) => id === roomId && notes.forEach((note) => roster.noteChanged(note)),
      publishQualityUpdate: (id, stats) => id === this.ownId && events.emit('qualityMeasured', null, barsOfZego(stats)),
      playQualityUpdate: (id, stats) => {
        for (const { streamId } of roster.streamsOfZego(id)) events.emit('qualityMeasured', streamId, barsOfZego(stats))
      },
    })
  }

  /** @returns the push URL */
  async publish(note: StreamNote): Promise<string> {
    const { engine, streamId, userID, publishSource } = this.config
    const id = checkStreamId(streamId ?? `${this.roomId}_${streamIdOf(userID, 'main')}`)
    const option: ZegoPublishOption = { extraInfo: writeStreamNote(note) }
    if (publishSource) option.sourceType = publishSource === 'cdn' ? 'CDN' : 'BGP'
    if (this.isOver) throw new RoomError('CANCELLED')
    this.ownId = id
    const { url } = await engine.startPublishingStream(id, option).catch(refused('PUSH_URL_FAILED'))
    // left while the engine was at it
    if (this.ownId !== id) engine.stopPublishingStream(id)
    return url
  }

  get isPublishing(): boolean {
    return this.ownId !== null
  }

  unpublish(): void {
    if (this.ownId !== null) this.config.engine.stopPublishingStream(this.ownId)
    this.ownId = null
  }

  /** A stream that broke goes on at its next address; with none left it is begun anew. */
  async publishAgain(note: StreamNote): Promise<string> {
    const { engine } = this.config
    const next = this.ownId === null ? '' : engine.getNextUrl(this.ownId)
    if (next !== '') return next
    if (this.ownId !== null) engine.stopPublishingStream(this.ownId)
    return this.publish(note)
  }

  async tell(note: StreamNote): Promise<void> {
    if (this.ownId === null) return
    const answer = await this.config.engine
      .setStreamExtraInfo(this.ownId, writeStreamNote(note))
      .catch(refused('NETWORK'))
    if (answer.errorCode !== 0) throw zegoErrorOf(answer, 'SERVER_ERROR')
  }

  /** @throws RoomError by the promise: CANCELLED when the stream has left */
  async playAgain(stream: Stream): Promise<string> {
    const known = this.roster.zegoStreamOf(stream)
    if (!known) throw new RoomError('CANCELLED', `zego: stream ${stream.streamId} has left the room`)
    if (stream.kind === 'live' && known.flvUrl !== '') return known.flvUrl
    const { engine } = this.config
    const next = this.played.has(known.zegoId) ? engine.getNextUrl(known.zegoId) : ''
    if (next !== '') return next
    if (this.played.delete(known.zegoId)) engine.stopPlayingStream(known.zegoId)
    return this.play(known.zegoId)
  }

  /** Resolves when ZEGO has told of streams: it does so after the login. In an empty room it tells of none. */
  async told(): Promise<void> {
    this.cancelWait = this.platform.setTimer(FIRST_STREAMS_MS, () => this.firstTold.resolve())
    await this.firstTold.promise
    this.cancelWait()
  }

  /** Resolves when the streams told so far have their addresses. */
  async settled(): Promise<void> {
    await Promise.all(this.asked.values())
  }

  /** ZEGO follows what the tags do by their own events. */
  handBack({ target, type, code, message, info }: RawMediaEvent): void {
    const id = target === 'publisher' ? this.ownId : this.zegoIdOf(target.streamId)
    if (!id) return
    const { engine } = this.config
    if (type === 'netstatus') engine.updatePlayerNetStatus(id, { detail: { info } })
    else if (type === 'statechange') engine.updatePlayerState(id, { detail: { code, message } })
  }

  end(): void {
    this.isOver = true
    this.unlisten()
    this.cancelWait?.()
    const { engine } = this.config
    for (const id of this.played) engine.stopPlayingStream(id)
    this.played.clear()
    this.unpublish()
  }

  private zegoIdOf(streamId: string): string | undefined {
    for (const { streams } of this.roster.members) {
      const stream = streams.find((each) => each.streamId === streamId)
      if (stream) return this.roster.zegoStreamOf(stream)?.zegoId
    }
    return undefined
  }

  private added(stream: ZegoStream): void {
    const { streamID } = stream
    const asking = this.play(streamID)
      // without an address it is there all the same: its player asks again
      .catch((error: RoomError) => {
        this.platform.log('warn', `No play URL yet: ${error.message}`)
        return ''
      })
      .then((url) => {
        if (this.asked.get(streamID) !== asking) return
        this.asked.delete(streamID)
        this.roster.streamCame(stream, url)
      })
    this.asked.set(streamID, asking)
  }

  private removed(streamID: string): void {
    this.asked.delete(streamID)
    if (this.played.delete(streamID)) this.config.engine.stopPlayingStream(streamID)
    this.roster.streamLeft(streamID)
  }

  private async play(zegoId: string): Promise<string> {
    const option: ZegoPlayOption = this.config.playSource === 'bgp' ? { sourceType: 'BGP' } : {}
    this.played.add(zegoId)
    return (await this.config.engine.startPlayingStream(zegoId, option).catch(refused('PLAY_FAILED'))).url
  }
}

function refused(code: 'PUSH_URL_FAILED' | 'PLAY_FAILED' | 'NETWORK') {
  return (thrown: unknown): never => {
    throw zegoErrorOf(thrown, code)
  }
}
