/** Who is in a call at the moment: the screen belongs to the app, the calls to its components. */
const holders = new Set<object>()

/** Keeps the screen on as long as any holder is in a call, and never longer. */
export function keepScreenOn(holder: object, isInCall: boolean): void {
  const before = holders.size
  if (isInCall) holders.add(holder)
  else holders.delete(holder)
  if (before === 0 && holders.size > 0) {
    apply()
    wx.onAppShow?.(apply)
  } else if (before > 0 && holders.size === 0) {
    wx.offAppShow?.(apply)
    apply()
  }
}

/** WeChat forgets the setting whenever the user leaves the mini program. */
function apply(): void {
  // a phone that refuses is no reason to disturb a call
  wx.setKeepScreenOn?.({ keepScreenOn: holders.size > 0, fail: () => undefined })
}
