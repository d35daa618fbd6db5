/** Folder that the playground is served from, without a trailing slash: '' or the BASE_PATH. */
export const SITE_BASE = location.pathname.replace(/\/[^/]*$/, '')

/**
 * The FLV WebSocket that serves a media URL: rtmp:// exists in no browser, so the page's own host stands in, with the same
 * path and query. http(s) URLs keep their host. null when the URL is not one a live-pusher or live-player takes.
 */
export function flvSocketUrl(url: string, page: Location = location): string | null {
  const match = /^(rtmps?|https?|wss?):\/\/([^/?#]+)\/([^?#]+?)(?:\.flv)?(\?[^#]*)?$/.exec(url)
  if (!match) return null
  const [, scheme = '', host = '', path = '', query = ''] = match
  const secure = page.protocol === 'https:' ? 'wss' : 'ws'
  if (!scheme.startsWith('rtmp'))
    return `${scheme === 'https' || scheme === 'wss' ? 'wss' : 'ws'}://${host}/${path}.flv${query}`
  const base = SITE_BASE && !`/${path}`.startsWith(`${SITE_BASE}/`) ? SITE_BASE : ''
  return `${secure}://${page.host}${base}/${path}.flv${query}`
}

/** `{enc(room)}.{enc(user)}_main` → the user; enc writes everything but letters, digits, _ and - as ~XX. '' when it is none. */
export function userIdOf(url: string): string {
  const name = /\/([^/?#]+?)(?:\.flv)?(?:\?|#|$)/.exec(url)?.[1] ?? ''
  const encoded = /\.([A-Za-z0-9_~-]+)_(?:main|aux|small)$/.exec(name)?.[1] ?? name.replace(/_(?:main|aux|small)$/, '')
  const bytes = encoded.replace(/%/g, '%25').replace(/~([0-9A-Fa-f]{2})/g, '%$1')
  try {
    return decodeURIComponent(bytes)
  } catch {
    return encoded
  }
}
