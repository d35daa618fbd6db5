import { FlvReader } from '../runtime/media/flv-reader'
import { MediaLink } from './media-link'

/** The sound may join a stream a little after its pictures. */
const SOUND_TIMEOUT_MS = 1200

export interface StreamCodecs {
  readonly audio: 'aac' | 'opus' | null
}

/** Looks at the first tags of a running stream. null when there is none. */
export async function codecsOf(url: string): Promise<StreamCodecs | null> {
  return new Promise((resolve) => {
    let link: MediaLink | null = null
    let pictures = false
    let done = false
    const answer = (codecs: StreamCodecs | null): void => {
      done = true
      clearTimeout(timer)
      link?.close()
      resolve(codecs)
    }
    const timer = setTimeout(() => answer(pictures ? { audio: null } : null), SOUND_TIMEOUT_MS)
    const reader = new FlvReader(({ type }) => {
      if (type.startsWith('aac')) answer({ audio: 'aac' })
      else if (type.startsWith('opus')) answer({ audio: 'opus' })
      else pictures = true
    })
    const onData = (data: Buffer): void => {
      if (!done) reader.push(data)
    }
    MediaLink.play(url, { onData, onClose: () => answer(null) }).then(
      (opened) => {
        link = opened
        if (done) opened.close()
      },
      () => answer(null),
    )
  })
}
