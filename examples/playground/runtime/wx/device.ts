import { hub } from '../phone-hub'
import { answer, type CallbackOptions } from './callback-style'

/** Not 'devtools': components tell people there that the simulator has no live-pusher. */
const PLATFORM = 'roomlet-playground'
const BASE_LIBRARY = '3.8.0'
const STATUS_BAR_HEIGHT_PX = 20

type Listener<Value> = (value: Value) => void

/** on/off pairs with WeChat's rule that off without a listener drops all. */
function listenerSet<Value>() {
  const listeners = new Set<Listener<Value>>()
  return {
    on: (listener: Listener<Value>) => void listeners.add(listener),
    off: (listener?: Listener<Value>) => (listener ? void listeners.delete(listener) : listeners.clear()),
    emit: (value: Value) => {
      for (const listener of [...listeners]) listener(value)
    },
  }
}

/** What a program asks the phone about itself, and what the phone tells it by itself. */
export function deviceApi() {
  const network = listenerSet<{ isConnected: boolean; networkType: string }>()
  const appShow = listenerSet<object>()
  const appHide = listenerSet<object>()
  hub.on('onlineChanged', (online) => network.emit(networkState(online)))
  hub.on('foregroundChanged', (foreground) => (foreground ? appShow : appHide).emit({}))
  window.addEventListener('online', () => hub.setOnline(true))
  window.addEventListener('offline', () => hub.setOnline(false))
  return {
    getSystemInfoSync: () => ({ ...windowInfo(), ...deviceInfo(), ...appInfo() }),
    getWindowInfo: windowInfo,
    getDeviceInfo: deviceInfo,
    getAppBaseInfo: appInfo,
    getNetworkType: (options?: CallbackOptions) =>
      answer('getNetworkType', options, () => ({ networkType: networkState(hub.online).networkType })),
    onNetworkStatusChange: network.on,
    offNetworkStatusChange: network.off,
    onAppShow: appShow.on,
    offAppShow: appShow.off,
    onAppHide: appHide.on,
    offAppHide: appHide.off,
    setKeepScreenOn: (options?: CallbackOptions) => answer('setKeepScreenOn', options, () => {}),
    vibrateShort: (options?: CallbackOptions) => answer('vibrateShort', options, () => {}),
  }
}

function networkState(online: boolean): { isConnected: boolean; networkType: string } {
  return { isConnected: online, networkType: online ? 'wifi' : 'none' }
}

function windowInfo() {
  return {
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    pixelRatio: devicePixelRatio,
    statusBarHeight: STATUS_BAR_HEIGHT_PX,
    safeArea: { left: 0, right: innerWidth, top: 0, bottom: innerHeight, width: innerWidth, height: innerHeight },
  }
}

function deviceInfo() {
  return { brand: 'roomlet', model: 'playground', system: navigator.userAgent, platform: PLATFORM }
}

function appInfo() {
  const language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh_CN'
  return { SDKVersion: BASE_LIBRARY, version: '8.0.50', language, theme: 'light', host: { env: 'WeChat' } }
}
