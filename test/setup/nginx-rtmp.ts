import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where Debian has the module; elsewhere it is a part of nginx. */
const MODULE = '/usr/lib/nginx/modules/ngx_rtmp_module.so'

/** What an nginx.conf begins with to have RTMP; null where there is no nginx that can. */
export function nginxRtmpModule(): string | null {
  const version = spawnSync('nginx', ['-V'], { encoding: 'utf8' })
  if (version.status !== 0) return null
  if (existsSync(MODULE)) return `load_module ${MODULE};`
  return version.stderr.includes('nginx-rtmp') ? '' : null
}
