import { hub } from '../phone-hub'
import { rawQuery } from '../raw-query'
import type { PageStack } from '../page-stack'
import { answer, type CallbackOptions } from './callback-style'
import { showModal, type ModalContent, type ModalResult } from './modal'

type NavigateOptions = CallbackOptions & { url: string }
interface ToastOptions extends CallbackOptions {
  title: string
  /** ms */
  duration?: number
}
type ModalOptions = CallbackOptions<ModalResult> & ModalContent

const TOAST_MS = 1500

/** Pages, toasts, dialogs, storage: what demo pages use beside the media. */
export function uiApi(pages: PageStack) {
  return {
    nextTick: (task: () => void) => void Promise.resolve().then(task),
    canIUse: () => true,
    createSelectorQuery: () => (pages.current as { createSelectorQuery(): unknown } | null)?.createSelectorQuery(),
    ...navigation(pages),
    ...dialogs(),
    ...storage(),
    setClipboardData: (options: CallbackOptions & { data: string }) =>
      answer('setClipboardData', options, () => navigator.clipboard.writeText(options.data)),
  }
}

function navigation(pages: PageStack) {
  return {
    navigateTo: (options: NavigateOptions) => answer('navigateTo', options, () => pages.open(...target(options.url))),
    redirectTo: (options: NavigateOptions) =>
      answer('redirectTo', options, () => pages.replace(...target(options.url))),
    reLaunch: (options: NavigateOptions) =>
      answer('reLaunch', options, () => {
        pages.close()
        pages.open(...target(options.url))
      }),
    navigateBack: (options?: CallbackOptions & { delta?: number }) =>
      answer('navigateBack', options, () => pages.back(options?.delta ?? 1)),
    startPullDownRefresh: (options?: CallbackOptions) =>
      answer('startPullDownRefresh', options, () => pages.startPullDown()),
    stopPullDownRefresh: (options?: CallbackOptions) =>
      answer('stopPullDownRefresh', options, () => pages.stopPullDown()),
    pageScrollTo: (options: CallbackOptions & { scrollTop?: number }) =>
      answer('pageScrollTo', options, () => pages.scrollTo(options.scrollTop ?? 0)),
    setNavigationBarTitle: (options: CallbackOptions & { title: string }) =>
      answer('setNavigationBarTitle', options, () => pages.setTitle(options.title)),
  }
}

function target(url: string): [path: string, query: Record<string, string>] {
  const [path = '', search = ''] = url.split('?', 2)
  return [path.replace(/^\/+/, ''), rawQuery(search)]
}

function dialogs() {
  let toast: HTMLElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const hideToast = (): void => {
    clearTimeout(timer)
    toast?.remove()
    toast = undefined
  }
  return {
    showToast: (options: ToastOptions) =>
      answer('showToast', options, () => {
        hideToast()
        toast = document.body.appendChild(document.createElement('div'))
        toast.className = 'phone-toast'
        toast.setAttribute('role', 'status')
        toast.textContent = options.title
        timer = setTimeout(hideToast, options.duration ?? TOAST_MS)
        hub.log('info', options.title)
      }),
    hideToast: (options?: CallbackOptions) => answer('hideToast', options, hideToast),
    showLoading: (options?: CallbackOptions) => answer('showLoading', options, () => {}),
    hideLoading: (options?: CallbackOptions) => answer('hideLoading', options, () => {}),
    showModal: (options: ModalOptions) => answer('showModal', options, () => showModal(options)),
  }
}

function storage() {
  return {
    getStorageSync: (key: string): unknown => {
      const value = localStorage.getItem(key)
      return value === null ? '' : (JSON.parse(value) as unknown)
    },
    setStorageSync: (key: string, value: unknown) => localStorage.setItem(key, JSON.stringify(value)),
    removeStorageSync: (key: string) => localStorage.removeItem(key),
  }
}
