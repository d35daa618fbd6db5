import type { Frame } from 'playwright-core'

declare global {
  interface Window {
    tileStates?: Record<string, string[]>
  }
}

/** Notes every state that the tiles of this phone's room enter from now on, however short. */
export async function noteTileStates(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    interface Tile {
      readonly userID?: string
      readonly state?: string
    }
    const noted: Record<string, string[]> = {}
    window.tileStates = noted
    const note = ({ userID, state }: Tile): void => {
      if (!userID || !state) return
      const states = (noted[userID] ??= [])
      if (states[states.length - 1] !== state) states.push(state)
    }
    const phone = window.roomletPhone
    phone?.on((event) => {
      if (event.type !== 'setData') return
      // told before the data is set
      queueMicrotask(() => {
        const room = phone.page?.selectComponent('#room') as { data: { view: { publisher: Tile; players: Tile[] } } }
        const { publisher, players } = room.data.view
        for (const tile of [publisher, ...players]) note(tile)
      })
    })
  })
}

/** The states of this member's tile, oneself's too, in order. */
export function tileStatesOf(frame: Frame, userId: string): Promise<string[]> {
  return frame.evaluate((id) => window.tileStates?.[id] ?? [], userId)
}
