/**
 * Every attribute of the two native tags: WeChat's documentation as of December 2025, and behind the empty line of each
 * list what vendors' published WXML uses beyond it.
 */
export const PUSHER_ATTRIBUTES = `
  url mode autopush enableVideoCustomRender muted enable-camera auto-focus orientation beauty whiteness aspect
  min-bitrate max-bitrate audio-quality waiting-image waiting-image-hash zoom device-position background-mute mirror
  remote-mirror local-mirror audio-reverb-type enable-mic enable-agc enable-ans audio-volume-type video-width
  video-height beauty-style filter picture-in-picture-mode voice-changer-type custom-effect skin-whiteness
  skin-smoothness face-thinness eye-bigness fps

  debug enable-ear-monitor
`

export const PLAYER_ATTRIBUTES = `
  src mode autoplay muted orientation object-fit background-mute min-cache max-cache sound-mode auto-pause-if-navigate
  auto-pause-if-open-native picture-in-picture-mode picture-in-picture-init-position enable-auto-rotation
  referrer-policy enable-casting

  debug mute-audio mute-video enable-recv-message enable-system-pip enable-metadata
`

/** Their names as a tag has them as properties. */
export function camelCased(attributes: string): string[] {
  const names = attributes.trim().split(/\s+/)
  return names.map((name) => name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase()))
}
