/** A room number for this visit: six digits, easy to say aloud. */
export function randomRoomId(source: Pick<Crypto, 'getRandomValues'>): string {
  return String(100000 + (drawn(source) % 900000))
}

/** userID for whoever joins from another window. */
export function randomVisitor(source: Pick<Crypto, 'getRandomValues'>): string {
  return `guest${1000 + (drawn(source) % 9000)}`
}

function drawn(source: Pick<Crypto, 'getRandomValues'>): number {
  const numbers = new Uint32Array(1)
  source.getRandomValues(numbers)
  return numbers[0] ?? 0
}
