import type { UserInfo } from '../../../src/model'

/** How somebody is called on the page. */
export function nameOf({ userName, userID }: UserInfo): string {
  return userName || userID
}
