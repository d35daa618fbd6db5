import { loginEnded } from './app-login'

export interface LoginInfo {
  readonly sdkAppID: string | number
  readonly accType: string | number
  readonly userID: string
  readonly userSig: string
}

/**
 * Asks the demo server for a userSig of `userID`. Only a server in demo mode hands them out to anyone who asks: an app
 * of one's own gets the userSig from its own backend, after it knows who the user is.
 *
 * The answer comes once no login is about to end, so that whoever logs in with it is not the one that is logged out.
 */
export async function requestLoginInfo(server: string, userID: string): Promise<LoginInfo> {
  await loginEnded()
  return new Promise((resolve, reject) => {
    wx.request<LoginInfo>({
      url: `${server}/weapp/utils/get_login_info?userID=${encodeURIComponent(userID)}`,
      success: ({ statusCode, data }) => {
        if (statusCode === 200 && data.userSig) resolve(data)
        else reject(new Error(`get_login_info answered ${statusCode}`))
      },
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}
