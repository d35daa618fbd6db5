import { installByApt, type Machine } from './provide-browser'

const REDIS_PACKAGE = 'redis-server'

export const REDIS_HINT = `The tests need redis-server, and it was not found and could not be installed.
  as root on Debian:  apt-get install ${REDIS_PACKAGE}
  elsewhere:          put a redis-server of version 6.2 or later on PATH`

/** Sees to it that there is a redis-server, installing it where that is possible. Throws with {@link REDIS_HINT}. */
export function provideRedis(machine: Machine): void {
  if (!machine.hasRedis() && machine.isRoot && machine.hasApt) installByApt(machine, [REDIS_PACKAGE])
  if (!machine.hasRedis()) throw new Error(REDIS_HINT)
}
