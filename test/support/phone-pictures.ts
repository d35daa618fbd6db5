import type { Frame, Page } from 'playwright-core'
import { ageOf, idHash } from '../../examples/playground/runtime/media/clock-code'
import type { PhoneEvent } from '../../examples/playground/runtime/phone-channel'
import { readBurnedClock } from './burned-clock'
import { until } from './until'

/** The frames of the phones on a playground page, in order. */
export async function phonesOn(page: Page, count: number): Promise<Frame[]> {
  return until(`${count} phones`, async () => {
    const frames = page.frames().filter((frame) => frame.url().includes('/phone.html'))
    return frames.length === count && frames
  })
}

export function userOf(frame: Frame): string {
  return new URL(frame.url()).searchParams.get('userId') ?? ''
}

/** Waits until the phone draws this member: the id burned in at capture stands in the drawn picture, its clock runs. */
export async function draws(where: Frame | Page, userId: string): Promise<void> {
  const picture = `[data-remote="1"][data-user-id="${userId}"][data-state="playing"]`
  const read = () => readBurnedClock(where, picture)
  const seen = await until(`the picture of ${userId}`, async () => {
    const reading = await read()
    return reading?.idHash === idHash(userId) && reading
  })
  await until(`the running clock of ${userId}`, async () => {
    const later = await read()
    return later && later.clockMs !== seen.clockMs && ageOf(later, Date.now()) < 10_000
  })
}

/** Waits until the phone draws a picture of this member that was captured after the moment, ms since 1970. */
export async function drawsSince(where: Frame, userId: string, moment: number, withinMs?: number): Promise<void> {
  await until(
    `a new picture of ${userId}`,
    async () => {
      const picture = `[data-remote="1"][data-user-id="${userId}"][data-state="playing"]`
      const reading = await readBurnedClock(where, picture)
      const now = Date.now()
      return reading?.idHash === idHash(userId) && now - ageOf(reading, now) > moment
    },
    withinMs,
  )
}

/** What a phone has told so far. */
export function historyOf(frame: Frame): Promise<PhoneEvent[]> {
  return frame.evaluate(() => [...(window.roomletPhone?.history ?? [])])
}

/** The tags of a room's events that reached its page, in order. */
export async function roomTagsOf(frame: Frame): Promise<string[]> {
  const history = await historyOf(frame)
  return history.flatMap((event) =>
    event.type === 'component' && event.name === 'onRoomEvent' ? [String((event.detail as { tag?: string }).tag)] : [],
  )
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? NaN
}
