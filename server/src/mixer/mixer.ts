/** What a mixing service has answered, as the HTTP protocol hands it on. */
export interface MixResult {
  /** 0 = done; other numbers are the service's own. */
  readonly code: number
  readonly message: string
  /** Unix seconds. */
  readonly timestamp: number
}

export interface MixedRoom {
  readonly roomID: string
  readonly record: boolean
}

/** Puts the streams of a live_room into one picture. Which and how is the presenter's to say. */
export interface Mixer {
  readonly name: string
  /**
   * Never rejects: failures are answers.
   * @param params as the service wants them (Mix_StreamV2)
   * @param room whose streams they are; `record` when whoever made it wants it recorded
   */
  mix(params: Readonly<Record<string, unknown>>, room: MixedRoom): Promise<MixResult>
}

/** Nothing is mixed: whoever watches plays the presenter's own stream, and the guests' beside it. */
export function createNoMixer(clock: { now(): number }): Mixer {
  return {
    name: 'none',
    async mix() {
      return { code: 0, message: 'Nothing mixes here', timestamp: Math.floor(clock.now() / 1000) }
    },
  }
}
