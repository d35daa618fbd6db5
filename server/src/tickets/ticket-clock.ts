import { systemClock } from '../clock'

/** Unix time in whole seconds, the unit of every ticket. */
export function nowSeconds(): number {
  return Math.floor(systemClock.now() / 1000)
}
