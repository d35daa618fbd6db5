/** Somebody in the broadcast, as the lists of the page show them. */
export interface Person {
  readonly userID: string
  readonly userName: string
  readonly initial: string
  /** number of the avatar's colour */
  readonly colour: number
  /** when they asked, came on air or entered, ms since 1970 */
  readonly since: number
  /** time since then, as text */
  readonly waited: string
  readonly muted: boolean
  readonly invited: boolean
}

export interface User {
  readonly userID: string
  readonly userName: string
}

const AVATAR_COLOURS = 6

export function personOf({ userID, userName }: User, since: number): Person {
  const name = userName || userID
  return {
    userID,
    userName: name,
    initial: [...name][0]?.toUpperCase() ?? '',
    colour: colourOf(userID),
    since,
    waited: '',
    muted: false,
    invited: false,
  }
}

/** The same colour as on the tiles of the room. */
export function colourOf(userID: string): number {
  let sum = 0
  for (let index = 0; index < userID.length; index++) sum = (sum * 31 + userID.charCodeAt(index)) % 9973
  return sum % AVATAR_COLOURS
}

export function without(people: readonly Person[], userID: string): Person[] {
  return people.filter((person) => person.userID !== userID)
}

export function withPerson(people: readonly Person[], person: Person): Person[] {
  return [...without(people, person.userID), person]
}

export function changed(people: readonly Person[], userID: string, change: Partial<Person>): Person[] {
  return people.map((person) => (person.userID === userID ? { ...person, ...change } : person))
}

/** Minutes and seconds, `02:21`; hours only when there are some. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60]
  const hours = Math.floor(seconds / 3600)
  return (hours > 0 ? [hours, ...parts] : parts).map((part) => String(part).padStart(2, '0')).join(':')
}

/** `12,345`, whatever the phone's locale. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
