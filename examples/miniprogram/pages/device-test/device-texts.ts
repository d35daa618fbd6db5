import type { DeviceWord } from './device-words'

type Words = Readonly<Record<DeviceWord, string>>

export function networkTypeText(type: string, t: Words): string {
  if (type === 'none') return t.none
  return type === 'unknown' || type === '' ? t.unknown : type.toUpperCase().replace('WIFI', 'Wi-Fi')
}

/** @param kbps null = the server takes nothing to measure by */
export function uploadText(kbps: number | null, t: Words): string {
  if (kbps === null) return t.noUpload
  return kbps < 1000 ? `${kbps} kbps` : `${(kbps / 1000).toFixed(1)} Mbps`
}
