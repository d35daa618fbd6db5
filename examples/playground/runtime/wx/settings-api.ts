import { hub } from '../phone-hub'
import { isPretendedRefusal } from '../media/capture'
import type { CaptureKind } from '../media/capture-host'
import { answer, type CallbackOptions } from './callback-style'
import { showModal } from './modal'

const SCOPES: Readonly<Record<string, CaptureKind>> = { 'scope.camera': 'video', 'scope.record': 'audio' }
const PERMISSIONS: Readonly<Record<CaptureKind, string>> = { video: 'camera', audio: 'microphone' }

interface SettingResult {
  /** absent = the person has not been asked yet */
  authSetting: Record<string, boolean>
}

/** What the person allows this program. */
export function settingsApi() {
  return {
    getSetting: (options?: CallbackOptions<SettingResult>) => answer('getSetting', options, currentSetting),
    openSetting: (options?: CallbackOptions<SettingResult>) => answer('openSetting', options, openSetting),
    authorize: (options?: CallbackOptions & { scope?: string }) =>
      answer('authorize', options, async () => {
        const kind = SCOPES[options?.scope ?? '']
        if (kind && (await isAllowed(kind)) === false) throw new Error('auth deny')
      }),
  }
}

async function currentSetting(): Promise<SettingResult> {
  const authSetting: Record<string, boolean> = {}
  for (const [scope, kind] of Object.entries(SCOPES)) {
    const allowed = await isAllowed(kind)
    if (allowed !== null) authSetting[scope] = allowed
  }
  return { authSetting }
}

/** The page of the settings. What the browser itself refuses, only its own address bar can allow again. */
async function openSetting(): Promise<SettingResult> {
  if (hub.has('camera')) await askForCamera()
  const { authSetting } = await currentSetting()
  const result = Object.fromEntries(Object.keys(SCOPES).map((scope) => [scope, authSetting[scope] ?? true]))
  if (Object.values(result).includes(false)) {
    hub.log('info', 'wx.openSetting: allow camera and microphone in the address bar of the browser')
  }
  return { authSetting: result }
}

async function askForCamera(): Promise<void> {
  const chinese = new URLSearchParams(location.search).get('lang') !== 'en'
  const { confirm } = await showModal({
    title: chinese ? '设置' : 'Settings',
    content: chinese ? '摄像头：不允许' : 'Camera: not allowed',
    confirmText: chinese ? '允许' : 'Allow',
  })
  if (confirm) hub.setFault('camera', false)
}

/** null = nobody has been asked yet */
async function isAllowed(kind: CaptureKind): Promise<boolean | null> {
  if (isPretendedRefusal(kind)) return false
  const { state } = await navigator.permissions.query({ name: PERMISSIONS[kind] as PermissionName })
  return state === 'prompt' ? null : state === 'granted'
}
