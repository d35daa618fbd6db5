import { addErrors, fatal } from './error-entry'
import type { ErrorEntry } from './error-entry'

/** What link-mic can fail for, whoever carries it. */
export const LINK_ERRORS = {
  NOT_REQUESTED: fatal('没有待处理的连麦', 'There is no link-mic request'),
  LINK_REJECTED: fatal('连麦请求被拒绝', 'The link-mic request was rejected'),
  LINK_TIMEOUT: fatal('连麦请求超时', 'The link-mic request timed out'),
} as const satisfies Record<string, ErrorEntry>

addErrors(LINK_ERRORS)
