import type { Platform } from './platform'

/** Time and chance as every JavaScript engine has them. */
export const systemTime: Pick<Platform, 'now' | 'random' | 'setTimer'> = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimer(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}
