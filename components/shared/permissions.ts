import { RoomError } from '../../src/errors'
import type { ErrorCode } from '../../src/errors'

/** What `openSetting()` found allowed. */
export interface Allowed {
  readonly camera: boolean
  readonly microphone: boolean
}

type Answer = (resolve: () => void, refuse: (errMsg: string) => void) => void

/**
 * Asks the user for what one's own stream needs, before its tag is made: consent to the mini program's privacy policy,
 * the microphone, the camera. Whoever has agreed before is not asked again.
 * @throws RoomError by the promise: PRIVACY_REFUSED, MICROPHONE_DENIED or CAMERA_DENIED
 */
export async function askPermissions(camera: boolean): Promise<void> {
  // requirePrivacyAuthorize is there since base library 2.32.3
  await asked('PRIVACY_REFUSED', (success, refuse) => {
    if (!wx.requirePrivacyAuthorize) return success()
    wx.requirePrivacyAuthorize({
      success,
      fail: ({ errMsg }) => (/not support/i.test(errMsg) ? success() : refuse(errMsg)),
    })
  })
  await authorized('scope.record', 'MICROPHONE_DENIED')
  if (camera) await authorized('scope.camera', 'CAMERA_DENIED')
}

/** Opens the settings, in a tap handler only. */
export function openSettings(): Promise<Allowed> {
  return new Promise((resolve, reject) => {
    wx.openSetting({
      success: ({ authSetting }) =>
        resolve({ camera: !!authSetting['scope.camera'], microphone: !!authSetting['scope.record'] }),
      fail: (cause) => reject(new RoomError('NOT_SUPPORTED', cause.errMsg, { cause })),
    })
  })
}

function authorized(scope: string, code: ErrorCode): Promise<void> {
  return asked(code, (success, refuse) => {
    if (!wx.authorize) return success()
    wx.authorize({
      scope,
      success,
      // where it cannot be asked for beforehand, the tag asks by itself
      fail: ({ errMsg }) => (/den(y|ied)|no response/i.test(errMsg) ? refuse(errMsg) : success()),
    })
  })
}

function asked(code: ErrorCode, ask: Answer): Promise<void> {
  return new Promise((resolve, reject) => ask(resolve, (errMsg) => reject(new RoomError(code, errMsg))))
}
