import { byteLength } from '../../util/byte-length'

/** What a member tells of itself beside its stream, as the stream's extra information. */
export interface StreamNote {
  readonly audio: boolean
  readonly video: boolean
  /** URL of a picture, or '' */
  readonly avatar: string
  /** Of a broadcast: the one who presents. */
  readonly presenter: boolean
}

/** ZEGO refuses more. */
const MAX_BYTES = 1024

export function writeStreamNote(note: StreamNote): string {
  const text = JSON.stringify(note)
  return byteLength(text) <= MAX_BYTES ? text : JSON.stringify({ ...note, avatar: '' })
}

/** Apps that write other things there, or nothing, are taken to send both. */
export function readStreamNote(text: string): StreamNote {
  const { audio, video, avatar, presenter } = Object(parse(text)) as Partial<Record<keyof StreamNote, unknown>>
  return {
    audio: audio !== false,
    video: video !== false,
    avatar: typeof avatar === 'string' ? avatar : '',
    presenter: presenter === true,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
