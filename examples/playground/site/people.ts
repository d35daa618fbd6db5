import type { Language } from './language'

export interface Person {
  readonly userId: string
  readonly name: Readonly<Record<Language, string>>
}

/** Who holds the phones of this page, in the order in which phones are added. */
export const PEOPLE: readonly Person[] = [
  { userId: 'linxm', name: { zh: '林小满', en: 'Lin Xiaoman' } },
  { userId: 'zhouya', name: { zh: '周予安', en: 'Zhou Yuan' } },
  { userId: 'heyn', name: { zh: '何以宁', en: 'He Yining' } },
  { userId: 'chenzx', name: { zh: '陈知行', en: 'Chen Zhixing' } },
]

/** Who presents where one does. */
export const PRESENTER: Person = { userId: 'suhe', name: { zh: '苏禾', en: 'Su He' } }

/** One of ours, or somebody who came with an address. */
export function personOf(userId: string, userName: string): Person {
  const known = [PRESENTER, ...PEOPLE].find((person) => person.userId === userId)
  if (known && !userName) return known
  const name = userName || userId
  return { userId, name: { zh: name, en: name } }
}
