/** The app of all streams, as in `rtmp://host/live/name`. */
export const STREAM_APP = 'live'
