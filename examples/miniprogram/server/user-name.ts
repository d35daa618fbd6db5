const KEY = 'roomlet.userName'

/** The name that was entered last; '' before the first. */
export function lastUserName(): string {
  const stored: unknown = wx.getStorageSync(KEY)
  return typeof stored === 'string' ? stored : ''
}

export function rememberUserName(name: string): void {
  wx.setStorageSync(KEY, name)
}
