/** A recorded file, by the names that Tencent's live service gives its parts: clients of the HTTP protocol know them. */
export interface RecordFile {
  /** Of the file; a file that is told of twice is one. */
  readonly file_id: string
  /** Of the stream that was recorded. */
  readonly stream_id: string
  /** Like `mp4`; '' = it was not said. */
  readonly file_format: string
  /** Bytes; 0 = it was not said. */
  readonly file_size: number
  /** Unix seconds of the first picture and of the last; 0 = it was not said. */
  readonly start_time: number
  readonly end_time: number
  readonly video_url: string
}
