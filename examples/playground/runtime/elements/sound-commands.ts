import type { MusicSpan } from '../media/background-music'
import type { SoundMix } from '../media/sound-mix'
import type { MediaCommands } from './media-commands'

interface SoundOptions extends MusicSpan {
  readonly url?: unknown
  /** 0 to 1; some pages hand it over as text, which is what WeChat's own types ask for */
  readonly volume?: unknown
}

type SoundCommand = (options?: SoundOptions) => void | Promise<void>

/** Methods of LivePusherContext that are about sound. `mixOf` throws while nothing is published. */
export function soundCommands(mixOf: () => SoundMix): MediaCommands {
  const commands: Record<string, SoundCommand> = {
    playBGM: (options = {}) => {
      const { url } = options
      if (typeof url !== 'string' || url === '') throw new Error('url is missing')
      return mixOf().play(url, options)
    },
    pauseBGM: () => mixOf().pause(),
    resumeBGM: () => mixOf().resume(),
    stopBGM: () => mixOf().stop(),
    setBGMVolume: (options) => mixOf().setVolume('music', volumeOf(options)),
    setMICVolume: (options) => mixOf().setVolume('microphone', volumeOf(options)),
  }
  return commands
}

function volumeOf({ volume }: SoundOptions = {}): number {
  const number = typeof volume === 'string' && volume.trim() !== '' ? Number(volume) : volume
  if (typeof number !== 'number' || Number.isNaN(number)) throw new Error('volume is no number')
  return number
}
