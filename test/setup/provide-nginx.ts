import { installByApt, type Machine } from './provide-browser'

const NGINX_PACKAGES = ['nginx-light', 'libnginx-mod-rtmp']

/** Installs an nginx with RTMP where there is none and that is possible; without it some tests are skipped. */
export function provideNginx(machine: Machine): void {
  if (!machine.hasNginxRtmp() && machine.isRoot && machine.hasApt) installByApt(machine, NGINX_PACKAGES)
  if (machine.hasNginxRtmp()) return
  machine.say(`No nginx with RTMP: its tests are skipped (Debian: ${NGINX_PACKAGES.join(' ')})`)
}
