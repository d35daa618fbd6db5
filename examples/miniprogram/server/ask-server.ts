const TIMEOUT_MS = 10_000

export interface Question {
  readonly method?: 'GET' | 'POST'
  readonly data?: string | object | ArrayBuffer
  readonly header?: Readonly<Record<string, string>>
  /** ms */
  readonly timeout?: number
}

/** @throws Error by the promise: what the phone says of a request that failed, or the status of an answer that is not 200 */
export function askServer<Answer extends object>(url: string, question: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.request<Answer>({
      timeout: TIMEOUT_MS,
      ...question,
      url,
      success: ({ statusCode, data }) => {
        if (statusCode === 200) resolve(data)
        else reject(new Error(`status ${statusCode}`))
      },
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}
