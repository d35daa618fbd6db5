import type { NativeLayer } from './native-layer'

/** Who goes through the script. */
export interface ScriptedCall {
  readonly native: NativeLayer
  /** Runs until `ms` after start(). */
  until(ms: number): Promise<void>
  /** One of the others says something. */
  say(text: string): void
  /** The n-th change among the others: a leave and a join by turns. */
  change(n: number): void
}

export const SCRIPT_MS = 60_000

/** The same minute for every component: texts, members coming and going, stalls. */
export async function playScript(call: ScriptedCall): Promise<void> {
  const steps: [number, () => unknown][] = []
  for (let n = 0; n < 20; n += 1) steps.push([6_000 + n * 2_400, () => call.say(`message ${n}`)])
  for (let n = 0; n < 10; n += 1) steps.push([8_000 + n * 3_000, () => call.change(n)])
  for (const at of [25_000, 45_000]) {
    steps.push([at, () => call.native.players.forEach((tag) => tag.report(2007))])
    steps.push([at + 1_000, () => call.native.players.forEach((tag) => tag.report(2004))])
  }
  for (const [at, step] of steps.sort(([a], [b]) => a - b)) {
    await call.until(at)
    step()
  }
  await call.until(SCRIPT_MS)
}
