import type { MediaElementName, PhoneMediaEvent } from '../phone-channel'
import { hub } from '../phone-hub'
import type { NativeElement } from './native-element'

interface MediaDetail {
  code?: number
  message?: string
  errCode?: number
  errMsg?: string
  info?: Record<string, number | string>
}

/** Fires an event of a media element and tells the page around the phone about it. */
export function reportMedia(
  native: NativeElement,
  element: MediaElementName,
  userId: string,
  event: PhoneMediaEvent['event'],
  detail: MediaDetail,
): void {
  const code = detail.code ?? detail.errCode
  const message = detail.message ?? detail.errMsg
  hub.report({
    type: 'media',
    element,
    id: native._$.id,
    userId,
    event,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(detail.info && { info: detail.info }),
  })
  native.triggerEvent(event, detail)
}
