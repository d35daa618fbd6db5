import { randomBytes } from 'node:crypto'

/** Source of chance: `size` unpredictable bytes. */
export type RandomBytes = (size: number) => Buffer

export const systemRandom: RandomBytes = (size) => randomBytes(size)

/** 72 bits: unique without asking anyone, short enough for every frame. */
export function newId(random: RandomBytes): string {
  return random(9).toString('base64url')
}

/** A room id that a person can read out: eight digits, the first not 0. */
export function newRoomId(random: RandomBytes): string {
  return String(10_000_000 + (random(4).readUInt32BE(0) % 90_000_000))
}
