import type { SettingsReader } from './settings-reader'

/** Media servers of one's own. */
export interface MediaConfig {
  /** '' = no hooks for them. */
  readonly hookSecret: string
  /** Where they are told to cut a stream; '' = they are not. */
  readonly srsApiUrl: string
  readonly nginxRtmpControlUrl: string
}

export function mediaIn(reader: SettingsReader): MediaConfig {
  const hookSecret = reader.secret('HOOK_SECRET')
  // it is a part of the hooks' path
  if (hookSecret !== '' && !/^[\w.~-]{16,256}$/.test(hookSecret)) {
    reader.wrong('HOOK_SECRET', 'is not 16 to 256 letters, digits and _ . ~ -')
  }
  const srsApiUrl = webUrlIn(reader, 'SRS_API_URL')
  return { hookSecret, srsApiUrl, nginxRtmpControlUrl: webUrlIn(reader, 'NGINX_RTMP_CONTROL_URL') }
}

/** May hold a user and a password. */
function webUrlIn(reader: SettingsReader, name: 'SRS_API_URL' | 'NGINX_RTMP_CONTROL_URL'): string {
  const url = reader.secret(name)
  if (url !== '' && !(/^https?:\/\/[^/]/.test(url) && URL.canParse(url))) {
    reader.wrong(name, 'is not an http:// or https:// URL')
  }
  return url
}
