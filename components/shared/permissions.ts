import { RoomError } from '../../src/errors'
import type { ErrorCode } from '../../src/errors'
import { callNative } from '../../src/media/native-call'

/** What `openSetting()` found allowed. */
export interface Allowed {
  readonly camera: boolean
  readonly microphone: boolean
}

const CAMERA = 'scope.camera'
const MICROPHONE = 'scope.record'

/** What WeChat says of a refusal: whatever else keeps it from asking, the tag asks by itself. */
const DENIED = /den(y|ied)|no response/i
const NOT_CONSENTED = /^(?!.*not support)/i

/**
 * Asks the user for what one's own stream needs, before its tag is made: consent to the mini program's privacy policy,
 * the microphone, the camera. Whoever has agreed before is not asked again.
 * @throws RoomError by the promise: PRIVACY_REFUSED, MICROPHONE_DENIED or CAMERA_DENIED
 */
export async function askPermissions(camera: boolean): Promise<void> {
  // requirePrivacyAuthorize is there since base library 2.32.3
  await ask('requirePrivacyAuthorize', NOT_CONSENTED, 'PRIVACY_REFUSED')
  await ask('authorize', DENIED, 'MICROPHONE_DENIED', MICROPHONE)
  if (camera) await ask('authorize', DENIED, 'CAMERA_DENIED', CAMERA)
}

/** Opens the settings, in a tap handler only. */
export async function openSettings(): Promise<Allowed> {
  const opened = await callNative(wx, 'openSetting')
  const { authSetting } = opened as { readonly authSetting: Readonly<Record<string, boolean>> }
  return { camera: !!authSetting[CAMERA], microphone: !!authSetting[MICROPHONE] }
}

async function ask(
  method: 'requirePrivacyAuthorize' | 'authorize',
  refusal: RegExp,
  code: ErrorCode,
  scope?: string,
): Promise<void> {
  if (!wx[method]) return
  await callNative(wx, method, { scope }).catch(({ message }: RoomError) => {
    if (refusal.test(message)) throw new RoomError(code, message)
  })
}
