/** What the page knows of each member beside the room, by userID: the room hands it to the overlay of that member. */
export type MemberData = Readonly<Record<string, { readonly hand: boolean }>>

const UP = 'raiseHand'
const DOWN = 'lowerHand'

/** The custom message that says so, in the form in which webrtc-room sends custom messages: a desk understands it too. */
export function handMessage(up: boolean): { data: string; ext: string; desc: string } {
  return { data: up ? UP : DOWN, ext: '', desc: '' }
}

/** Whether a custom message raises a hand or lowers it; null for any other. webrtc-room hands out the text in it alone. */
export function handOf(message: unknown): boolean | null {
  const text = typeof message === 'string' ? message : (message as { readonly data?: unknown } | null)?.data
  if (text === UP) return true
  return text === DOWN ? false : null
}

export function withHand(members: MemberData, userID: string, hand: boolean): MemberData {
  return { ...members, [userID]: { hand } }
}
